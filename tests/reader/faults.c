#include "tests/reader/faults.h"

#include "reader/pack.h"
#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

#include <stdio.h>
#include <stdlib.h>

static bool collect(void *context, const struct reader_fault *fault)
{
    struct faults *faults = context;
    if (faults->count < FAULTS_MAX) {
        faults->items[faults->count] = *fault;
    }
    faults->count++;
    return true;
}

struct faults faults_of(struct base_bytes header, const struct reader_header_frame *frame, struct reader_table *table)
{
    struct faults faults = {.count = 0};
    struct reader_table own;
    faults.result = reader_header_parse(header, frame, collect, &faults, table != NULL ? table : &own);
    if (table == NULL) {
        reader_table_free(&own);
    }
    return faults;
}

struct reader_header_frame frame_after(struct base_bytes header, uint64_t payload)
{
    uint64_t payload_offset = PRELUDE_BYTES + (uint64_t)header.size;
    return (struct reader_header_frame){.payload_offset = payload_offset, .file_size = payload_offset + payload};
}

/* ---- Checks that name the caller's line ---- */

static const char *id_of(enum diag diagnostic)
{
    return diagnostic == DIAG_NONE ? "fine" : diag_facts(diagnostic)->id;
}

static void check_fault(const char *file, unsigned line, const char *what, enum diag actual, uint64_t actual_at,
                        enum diag expected, uint64_t expected_at)
{
    char text[256];
    (void)snprintf(text, sizeof text, "%s: %s at %llu, expected %s at %llu", what, id_of(actual),
                   (unsigned long long)actual_at, id_of(expected), (unsigned long long)expected_at);
    (void)CU_assertImplementation(actual == expected && actual_at == expected_at ? CU_TRUE : CU_FALSE, line, text, file,
                                  "", CU_FALSE);
}

static void check_true(const char *file, unsigned line, const char *what, bool holds)
{
    (void)CU_assertImplementation(holds ? CU_TRUE : CU_FALSE, line, what, file, "", CU_FALSE);
}

static int by_position(const void *left, const void *right)
{
    const struct reader_fault *a = left;
    const struct reader_fault *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

static void check_fast_refuses(const char *file, unsigned line, struct base_bytes header,
                               const struct reader_header_frame *frame)
{
    struct reader_table table;
    bool out_of_memory = true;
    check_true(file, line, "the fast way refuses",
               !reader_header_parse_canonical(header, frame, &table, &out_of_memory));
    check_true(file, line, "for another reason than memory", !out_of_memory);
    check_true(file, line, "and leaves no table", table.rows == NULL && table.count == 0 && table.preload == NULL);
}

void check_faults(const char *file, unsigned line, const char *pattern, const enum diag *expected, size_t count)
{
    struct marked header = marked_make(pattern);
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct faults faults = faults_of(marked_bytes(&header), &frame, NULL);
    check_fast_refuses(file, line, marked_bytes(&header), &frame);
    check_true(file, line, "a mark for each fault", header.mark_count == count);
    check_true(file, line, "as many faults as expected", faults.count == count);
    struct reader_fault first = faults.items[0];
    size_t reported = faults.count < FAULTS_MAX ? faults.count : FAULTS_MAX;
    qsort(faults.items, reported, sizeof faults.items[0], by_position);
    for (size_t i = 0; i < reported; i++) {
        bool known = i < count && i < header.mark_count;
        check_fault(file, line, "general way", faults.items[i].diagnostic, faults.items[i].at,
                    known ? expected[i] : DIAG_NONE, known ? header.marks[i] : 0);
        check_true(file, line, "class L, with a text",
                   faults.items[i].class_ == DIAG_CLASS_L && faults.items[i].text != NULL);
    }
    struct pack pack = pack_build_pattern(pattern);
    struct pp_error error;
    struct pp_pack *opened = pp_pack_open_bytes(pack_bytes(&pack), NULL, &error);
    check_true(file, line, "does not open", opened == NULL);
    check_fault(file, line, "open", error.diagnostic, error.byte_offset, first.diagnostic, PRELUDE_BYTES + first.at);
    check_true(file, line, "open names the element", error.entry == first.entry && error.preload == first.preload);
    pp_pack_close(opened);
    pack_free(&pack);
    marked_free(&header);
}

void check_loads(const char *file, unsigned line, const char *pattern, bool canonical)
{
    struct marked header = marked_make(pattern);
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table general;
    struct reader_table fast;
    bool out_of_memory = true;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &general);
    check_true(file, line, "a table", faults.result == READER_HEADER_PARSED);
    for (size_t i = 0; i < faults.count && i < FAULTS_MAX; i++) {
        check_true(file, line, "no fault of class L", faults.items[i].class_ == DIAG_CLASS_C);
    }
    bool accepted = reader_header_parse_canonical(marked_bytes(&header), &frame, &fast, &out_of_memory);
    check_true(file, line, "the fast way decides as expected", accepted == canonical && !out_of_memory);
    check_true(file, line, "both tables are equal", !accepted || tables_equal(&general, &fast));
    struct pack pack = pack_build_pattern(pattern);
    struct pp_error error;
    struct pp_pack *opened = pp_pack_open_bytes(pack_bytes(&pack), NULL, &error);
    check_true(file, line, "opens", opened != NULL && error.diagnostic == DIAG_NONE);
    pp_pack_close(opened);
    pack_free(&pack);
    reader_table_free(&general);
    reader_table_free(&fast);
    marked_free(&header);
}

/* ---- Tables ---- */

static bool rows_equal(const struct reader_row *a, const struct reader_row *b)
{
    return a->offset == b->offset && a->size == b->size && a->decoded_size == b->decoded_size &&
           a->asset_id == b->asset_id && a->name_at == b->name_at && a->name_size == b->name_size &&
           a->metadata_at == b->metadata_at && a->metadata_size == b->metadata_size && a->bank == b->bank &&
           a->valid == b->valid && a->slice_inside == b->slice_inside && a->reserved == b->reserved;
}

static bool preload_equal(const struct reader_preload_row *a, const struct reader_preload_row *b)
{
    return a->asset_id == b->asset_id && a->entry == b->entry && a->slot == b->slot && a->valid == b->valid;
}

bool tables_equal(const struct reader_table *a, const struct reader_table *b)
{
    bool equal = a->count == b->count && a->preload_count == b->preload_count && a->ids_ascend == b->ids_ascend &&
                 a->order_count == b->order_count && (a->order == NULL) == (b->order == NULL);
    for (size_t i = 0; equal && i < a->count; i++) {
        equal = rows_equal(&a->rows[i], &b->rows[i]);
    }
    for (size_t i = 0; equal && i < a->preload_count; i++) {
        equal = preload_equal(&a->preload[i], &b->preload[i]);
    }
    return equal;
}
