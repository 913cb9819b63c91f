#include "base/checked.h"
#include "reader/header/table.h"
#include "reader/layout.h"
#include "json/scan.h"

/* One parse of the fast way. Every function begins at `at` and returns where it ends, or NULL to give up. */
struct canonical {
    struct base_task *task;
    const uint8_t *begin;
    const uint8_t *end;
    uint64_t region; /* bytes from payload_offset to the end of the file */
    uint32_t max_entries;
    int64_t last_id; /* below every id before the first entry */
    struct reader_table_builder builder;
    struct json_scan_nest nest; /* of the metadata at hand */
    bool out_of_memory;
};

static uint32_t position(const struct canonical *parse, const uint8_t *at)
{
    return (uint32_t)(at - parse->begin);
}

/* ---- Entries ---- */

/* From the bank's name up to the value of decoded_size. */
static inline const uint8_t *scan_bank(const uint8_t *at, const uint8_t *end, struct reader_row *row)
{
    const uint8_t *next = JSON_SCAN_LITERAL(at, end, "GLYPH\",\"codec\":\"NONE\",\"decoded_size\":");
    row->bank = PP_BANK_GLYPH;
    if (next == NULL) {
        next = JSON_SCAN_LITERAL(at, end, "SOUNDS\",\"codec\":\"NONE\",\"decoded_size\":");
        row->bank = PP_BANK_SOUNDS;
    }
    if (next == NULL) {
        next = JSON_SCAN_LITERAL(at, end, "SCENE\",\"codec\":\"NONE\",\"decoded_size\":");
        row->bank = PP_BANK_SCENE;
    }
    return next;
}

/* asset_id and asset_name, up to the bank's name. */
static inline const uint8_t *scan_identity(struct canonical *parse, const uint8_t *at, struct reader_row *row)
{
    const uint8_t *end = parse->end;
    uint64_t asset_id = 0;
    at = JSON_SCAN_LITERAL(at, end, "{\"asset_id\":");
    at = at != NULL ? json_scan_integer(at, end, &asset_id) : NULL;
    /* Ids that ascend strictly are unique, and a table of them needs no order. */
    if (at == NULL || asset_id > INT32_MAX || (int64_t)asset_id <= parse->last_id) {
        return NULL;
    }
    parse->last_id = (int64_t)asset_id;
    row->asset_id = (int32_t)asset_id;
    at = JSON_SCAN_LITERAL(at, end, ",\"asset_name\":\"");
    if (at == NULL) {
        return NULL;
    }
    row->name_at = position(parse, at);
    at = json_scan_string(at, end, parse->task);
    if (at == NULL) {
        return NULL;
    }
    row->name_size = position(parse, at) - row->name_at;
    return JSON_SCAN_LITERAL(at, end, "\",\"bank_type\":\"");
}

static inline const uint8_t *scan_metadata(struct canonical *parse, const uint8_t *at, struct reader_row *row)
{
    at = JSON_SCAN_LITERAL(at, parse->end, ",\"metadata\":{");
    if (at == NULL) {
        return NULL;
    }
    row->metadata_at = position(parse, at) - 1;
    at = json_scan_object(&parse->nest, at, parse->end);
    if (at != NULL) {
        row->metadata_size = position(parse, at) - row->metadata_at;
    }
    return at;
}

static inline const uint8_t *scan_slice(struct canonical *parse, const uint8_t *at, struct reader_row *row)
{
    const uint8_t *end = parse->end;
    at = JSON_SCAN_LITERAL(at, end, ",\"offset\":");
    at = at != NULL ? json_scan_integer(at, end, &row->offset) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, end, ",\"size\":") : NULL;
    at = at != NULL ? json_scan_integer(at, end, &row->size) : NULL;
    return at != NULL && base_range_inside(row->offset, row->size, parse->region) ? at : NULL;
}

static const uint8_t *scan_entry(struct canonical *parse, const uint8_t *at)
{
    if (parse->max_entries != 0 && parse->builder.table.count == parse->max_entries) {
        return NULL;
    }
    struct reader_row *row = reader_table_next_row(&parse->builder);
    if (row == NULL) {
        parse->out_of_memory = true;
        return NULL;
    }
    at = scan_identity(parse, at, row);
    at = at != NULL ? scan_bank(at, parse->end, row) : NULL;
    at = at != NULL ? json_scan_integer(at, parse->end, &row->decoded_size) : NULL;
    at = at != NULL ? scan_metadata(parse, at, row) : NULL;
    at = at != NULL ? scan_slice(parse, at, row) : NULL;
    if (at == NULL || at == parse->end || *at != '}') {
        return NULL;
    }
    row->valid = READER_MEMBERS_ALL;
    row->slice_inside = 1;
    row->reserved = 0;
    parse->builder.table.count++;
    return at + 1;
}

/* ---- Preload ---- */

static const uint8_t *scan_preload(struct canonical *parse, const uint8_t *at,
                                   bool taken[PP_BANK_COUNT][READER_SLOT_COUNT])
{
    struct reader_table *table = &parse->builder.table;
    struct reader_preload_row row = {.valid = READER_PRELOAD_ALL};
    uint64_t asset_id = 0;
    uint64_t slot = 0;
    at = JSON_SCAN_LITERAL(at, parse->end, "{\"asset_id\":");
    at = at != NULL ? json_scan_integer(at, parse->end, &asset_id) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, parse->end, ",\"slot\":") : NULL;
    at = at != NULL ? json_scan_integer(at, parse->end, &slot) : NULL;
    if (at == NULL || at == parse->end || *at != '}' || asset_id > INT32_MAX || slot >= READER_SLOT_COUNT) {
        return NULL;
    }
    size_t entry = table->rows != NULL ? reader_table_find_id(table, (int32_t)asset_id) : PP_NO_ENTRY;
    if (entry == PP_NO_ENTRY || taken[table->rows[entry].bank][slot]) {
        return NULL;
    }
    taken[table->rows[entry].bank][slot] = true;
    row.asset_id = (int32_t)asset_id;
    row.slot = (uint8_t)slot;
    row.entry = (uint32_t)entry;
    if (!reader_table_add_preload(&parse->builder, &row)) {
        parse->out_of_memory = true;
        return NULL;
    }
    return at + 1;
}

/* ---- Arrays ---- */

/* What follows an element: true at a comma, which is stepped over; false at the array's end, or with *at NULL. */
static inline bool goes_on(const struct canonical *parse, const uint8_t **at)
{
    if (*at == NULL || *at == parse->end || (**at != ',' && **at != ']')) {
        *at = NULL;
        return false;
    }
    return *(*at)++ == ',';
}

/* `at` is after '['. Returns the place after ']'. */
static const uint8_t *scan_asset_table(struct canonical *parse, const uint8_t *at)
{
    if (at < parse->end && *at == ']') {
        return at + 1;
    }
    do {
        at = base_task_cancelled_in(parse->task, parse->builder.table.count) ? NULL : scan_entry(parse, at);
    } while (goes_on(parse, &at));
    return at;
}

static const uint8_t *scan_preload_array(struct canonical *parse, const uint8_t *at)
{
    bool taken[PP_BANK_COUNT][READER_SLOT_COUNT] = {{false}};
    if (at < parse->end && *at == ']') {
        return at + 1;
    }
    do {
        at = scan_preload(parse, at, taken);
    } while (goes_on(parse, &at));
    return at;
}

static const uint8_t *scan_header(struct canonical *parse)
{
    const uint8_t *array = JSON_SCAN_LITERAL(parse->begin, parse->end, "{\"asset_table\":[");
    const uint8_t *at = array != NULL ? scan_asset_table(parse, array) : NULL;
    if (at == NULL) {
        return NULL;
    }
    parse->builder.table.ids_ascend = true;
    array = JSON_SCAN_LITERAL(at, parse->end, ",\"preload\":[");
    if (array != NULL) {
        at = scan_preload_array(parse, array);
        if (at == NULL) {
            return NULL;
        }
    }
    return JSON_SCAN_LITERAL(at, parse->end, "}");
}

bool reader_header_parse_canonical(struct base_bytes header, const struct reader_header_frame *frame,
                                   struct reader_table *table, bool *out_of_memory)
{
    *table = (struct reader_table){.rows = NULL};
    *out_of_memory = false;
    if (header.size == 0 || frame->payload_offset > frame->file_size) {
        return false;
    }
    struct canonical parse = {
        .task = frame->task,
        .begin = header.data,
        .end = header.data + header.size,
        .region = frame->file_size - frame->payload_offset,
        .max_entries = frame->max_entries,
        .last_id = INT64_MIN,
        .nest = {.task = frame->task},
    };
    const uint8_t *at = scan_header(&parse);
    if (at != parse.end) {
        *out_of_memory = parse.out_of_memory;
        reader_table_free(&parse.builder.table);
        return false;
    }
    reader_table_finish(&parse.builder, table);
    return true;
}
