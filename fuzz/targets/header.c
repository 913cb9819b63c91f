/* The header's two ways against each other, and the general way against the contract read a second time. The tail of
 * the input says where the header belongs to. */
#include "reader/header.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/oracle/header.h"
#include "json/check.h"

#include <string.h>

enum { TAIL = 4, BEGINNINGS = 600 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

/* ---- What the general way reports ---- */

struct heard {
    struct oracle *oracle; /* what it must say */
    struct base_bytes header;
    size_t count;
    size_t stop_after; /* 0: never */
};

static bool inside(struct base_bytes header, struct base_bytes part)
{
    return part.size == 0 || (part.data >= header.data && part.size <= header.size &&
                              (size_t)(part.data - header.data) <= header.size - part.size);
}

static bool hear(void *context, const struct reader_fault *fault)
{
    struct heard *heard = context;
    heard->count++;
    FUZZ_CHECK(fault->at <= heard->header.size);
    FUZZ_CHECK(inside(heard->header, fault->actual));
    FUZZ_CHECK(fault->text != NULL && fault->text[0] != '\0');
    FUZZ_CHECK(fault->entry >= -1 && fault->preload >= -1);
    FUZZ_CHECK(oracle_strike(heard->oracle, fault->diagnostic, fault->class_, fault->at));
    return heard->count != heard->stop_after;
}

/* ---- Tables ---- */

static void check_span(struct base_bytes header, struct base_bytes span, char open, char close)
{
    FUZZ_CHECK(inside(header, span));
    FUZZ_CHECK(span.size >= 2 && span.data[0] == (uint8_t)open && span.data[span.size - 1] == (uint8_t)close);
}

static void check_row(struct base_bytes header, const struct reader_row *row)
{
    if ((row->valid & READER_MEMBER_ASSET_NAME) != 0) {
        FUZZ_CHECK(row->name_at > 0 && row->name_at <= header.size && row->name_size < header.size - row->name_at);
        FUZZ_CHECK(header.data[row->name_at - 1] == '"' && header.data[row->name_at + row->name_size] == '"');
    }
    if ((row->valid & READER_MEMBER_METADATA) != 0) {
        FUZZ_CHECK(row->metadata_at <= header.size);
        check_span(header, base_bytes_make(header.data + row->metadata_at, row->metadata_size), '{', '}');
    }
    FUZZ_CHECK(row->bank < PP_BANK_COUNT || (row->valid & READER_MEMBER_BANK_TYPE) == 0);
}

/* Looking an id up gives the first row that has it. */
static void check_find(const struct reader_table *table, int32_t asset_id)
{
    size_t first = PP_NO_ENTRY;
    for (size_t i = 0; i < table->count && first == PP_NO_ENTRY; i++) {
        if (table->rows[i].asset_id == asset_id && (table->rows[i].valid & READER_MEMBER_ASSET_ID) != 0) {
            first = i;
        }
    }
    FUZZ_CHECK_U64(reader_table_find_id(table, asset_id), first);
}

static void check_table(struct base_bytes header, const struct reader_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        check_row(header, &table->rows[i]);
        FUZZ_CHECK(table->row_at == NULL || table->row_at[i] < header.size);
        if (table->count <= 64) {
            check_find(table, table->rows[i].asset_id);
        }
    }
    check_find(table, 0);
    check_find(table, INT32_MIN);
    check_find(table, INT32_MAX);
    for (size_t i = 0; i < table->preload_count; i++) {
        const struct reader_preload_row *row = &table->preload[i];
        FUZZ_CHECK(row->entry == UINT32_MAX || row->entry < table->count);
        FUZZ_CHECK(row->slot < 16);
    }
}

static bool same_row(const struct reader_row *a, const struct reader_row *b)
{
    return a->offset == b->offset && a->size == b->size && a->decoded_size == b->decoded_size &&
           a->asset_id == b->asset_id && a->name_at == b->name_at && a->name_size == b->name_size &&
           a->metadata_at == b->metadata_at && a->metadata_size == b->metadata_size && a->bank == b->bank &&
           a->valid == b->valid && a->slice_inside == b->slice_inside && a->reserved == b->reserved;
}

static bool same_preload(const struct reader_preload_row *a, const struct reader_preload_row *b)
{
    return a->asset_id == b->asset_id && a->entry == b->entry && a->slot == b->slot && a->valid == b->valid;
}

static void check_same_tables(const struct reader_table *fast, const struct reader_table *general)
{
    FUZZ_CHECK_U64(fast->count, general->count);
    FUZZ_CHECK_U64(fast->preload_count, general->preload_count);
    for (size_t i = 0; i < fast->count; i++) {
        FUZZ_CHECK(same_row(&fast->rows[i], &general->rows[i]));
    }
    for (size_t i = 0; i < fast->preload_count; i++) {
        FUZZ_CHECK(same_preload(&fast->preload[i], &general->preload[i]));
    }
    FUZZ_CHECK(fast->ids_ascend && general->ids_ascend);
    FUZZ_CHECK(fast->order == NULL && general->order == NULL);
}

/* ---- The two ways ---- */

/* Returns the number of faults. */
static size_t check_general(struct base_bytes header, const struct reader_header_frame *frame,
                            struct reader_table *table)
{
    struct oracle oracle;
    oracle_check_header(&oracle, header, frame->payload_offset, frame->file_size);
    struct heard heard = {.oracle = &oracle, .header = header};
    enum reader_header_result result = reader_header_parse(header, frame, hear, &heard, table);
    FUZZ_CHECK(result == READER_HEADER_PARSED || result == READER_HEADER_UNUSABLE || result == READER_HEADER_TOO_MANY);
    if (result == READER_HEADER_TOO_MANY) {
        FUZZ_CHECK(frame->max_entries != 0);
    } else {
        oracle_check_empty(&oracle);
    }
    if (result == READER_HEADER_UNUSABLE) {
        FUZZ_CHECK(heard.count > 0);
    }
    FUZZ_CHECK((table->rows == NULL && table->count == 0) || result == READER_HEADER_PARSED);
    if (result == READER_HEADER_PARSED) {
        check_table(header, table);
    }
    oracle_free(&oracle);
    return result == READER_HEADER_TOO_MANY ? SIZE_MAX : heard.count;
}

static void check_fast(struct base_bytes header, const struct reader_header_frame *frame,
                       const struct reader_table *general, size_t faults)
{
    struct reader_table fast;
    bool out_of_memory = true;
    if (reader_header_parse_canonical(header, frame, &fast, &out_of_memory)) {
        FUZZ_CHECK_U64(faults, 0);
        FUZZ_CHECK_U64(json_first_difference(header, NULL), header.size);
        check_same_tables(&fast, general);
    } else {
        FUZZ_CHECK(fast.rows == NULL && fast.count == 0 && fast.preload == NULL);
    }
    FUZZ_CHECK(!out_of_memory);
    reader_table_free(&fast);
}

/* Stopped after some fault, or without memory at some place, nothing is left behind. */
static void check_cut_short(struct base_bytes header, const struct reader_header_frame *frame, size_t faults,
                            uint8_t cut)
{
    struct oracle oracle;
    oracle_check_header(&oracle, header, frame->payload_offset, frame->file_size);
    struct heard heard = {.oracle = &oracle, .header = header, .stop_after = 1U + cut % 4U};
    struct reader_table table;
    bool stops = faults != SIZE_MAX && heard.stop_after <= faults;
    enum reader_header_result result = reader_header_parse(header, frame, hear, &heard, &table);
    FUZZ_CHECK(faults == SIZE_MAX || (result == READER_HEADER_STOPPED) == stops);
    reader_table_free(&table);
    oracle_free(&oracle);

    oracle_check_header(&oracle, header, frame->payload_offset, frame->file_size);
    heard = (struct heard){.oracle = &oracle, .header = header};
    fuzz_memory_fail(1U + cut / 4U % 8U);
    result = reader_header_parse(header, frame, hear, &heard, &table);
    FUZZ_CHECK(fuzz_memory_failed() ? result == READER_HEADER_NO_MEMORY || result == READER_HEADER_PARSED
                                    : result != READER_HEADER_NO_MEMORY);
    reader_table_free(&table);
    fuzz_memory_fail(1U + cut / 4U % 8U);
    bool out_of_memory = false;
    bool fast = reader_header_parse_canonical(header, frame, &table, &out_of_memory);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(!out_of_memory || (!fast && failed));
    reader_table_free(&table);
    oracle_free(&oracle);
}

/* Every beginning of the header, each before an inaccessible page: none of them is a whole header. */
static void check_beginnings(struct base_bytes header, const struct reader_header_frame *frame)
{
    for (size_t size = 0; size < header.size && size < BEGINNINGS; size++) {
        struct reader_table table;
        bool out_of_memory = false;
        struct base_bytes cut = fuzz_guard(1, base_bytes_make(header.data, size));
        FUZZ_CHECK(!reader_header_parse_canonical(cut, frame, &table, &out_of_memory));
        FUZZ_CHECK(!out_of_memory && table.rows == NULL);
    }
}

static bool ignore(void *context, const struct reader_fault *fault)
{
    (void)context;
    return fault->at <= UINT32_MAX;
}

/* A header that changes while it is read: nothing is promised of the result, but that there is one. */
static void check_disturbed(struct base_bytes header, const struct reader_header_frame *frame, uint8_t nth,
                            uint16_t where)
{
    struct fuzz_text changing = {.data = NULL};
    struct reader_table table;
    bool out_of_memory = false;
    if (header.size == 0) {
        return;
    }
    fuzz_text_add(&changing, header.data, header.size);
    fuzz_memory_disturb(1U + nth % 32U, changing.data + where % header.size, (uint8_t)(nth & 0xF0));
    enum reader_header_result result = reader_header_parse(fuzz_text_bytes(&changing), frame, ignore, NULL, &table);
    FUZZ_CHECK(result <= READER_HEADER_NO_MEMORY && result != READER_HEADER_STOPPED);
    FUZZ_CHECK(result == READER_HEADER_PARSED || table.rows == NULL);
    reader_table_free(&table);
    fuzz_memory_disturb(1U + nth % 4U, changing.data + where % header.size, '"');
    (void)reader_header_parse_canonical(fuzz_text_bytes(&changing), frame, &table, &out_of_memory);
    reader_table_free(&table);
    fuzz_memory_disturb(0, NULL, 0);
    fuzz_text_free(&changing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t cut = fuzz_take_u8(&input);
    uint8_t limit = fuzz_take_u8(&input);
    uint16_t region = fuzz_take_u16(&input);
    struct base_bytes header = fuzz_guard(0, input);
    /* A few values of `limit` bound the entries, one makes the file endless. */
    struct reader_header_frame frame = {.payload_offset = 32 + header.size,
                                        .file_size = 32 + header.size + region,
                                        .max_entries = limit >= 1 && limit < 8 ? limit : 0};
    if (limit == 8) {
        frame.file_size = UINT64_MAX;
    }
    fuzz_memory_begin();
    struct reader_table table;
    size_t faults = check_general(header, &frame, &table);
    check_fast(header, &frame, &table, faults);
    reader_table_free(&table);
    if (cut < 32) {
        check_cut_short(header, &frame, faults, cut);
    } else if (cut < 128) {
        check_disturbed(header, &frame, cut, region);
    } else if (cut == 128 && reader_header_parse_canonical(header, &frame, &table, &(bool){false})) {
        reader_table_free(&table);
        check_beginnings(header, &frame);
    }
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
