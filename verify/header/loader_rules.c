#include "verify/header/loader_rules.h"

#include "base/array.h"
#include "base/checked.h"
#include "reader/header.h"
#include "reader/layout.h"
#include "verify/core/findings.h"
#include "verify/header/cut.h"
#include "verify/header/derived_reader.h"
#include "json/locate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_TEXT = 32 };

/* The reader's faults, kept until the pointers of all of them can be found in one walk. Of each id only as many are
 * kept as the findings keep; the rest are counted. */
struct collection {
    struct reader_fault *faults;
    size_t count;
    size_t capacity;
    uint64_t count_of[DIAG_COUNT];               /* found, kept or not */
    uint64_t rest[DIAG_COUNT][DIAG_CLASS_C + 1]; /* not kept, by class */
    bool out_of_memory;
};

static bool collect(void *context, const struct reader_fault *fault)
{
    struct collection *collection = context;
    if (++collection->count_of[fault->diagnostic] > BASE_FINDINGS_KEPT) {
        collection->rest[fault->diagnostic][fault->class_]++;
        return true;
    }
    struct reader_fault *faults =
        base_array_grow(collection->faults, collection->count, &collection->capacity, sizeof *faults);
    if (faults == NULL) {
        collection->out_of_memory = true;
        return false;
    }
    collection->faults = faults;
    collection->faults[collection->count++] = *fault;
    return true;
}

/* Faults whose pointer does not follow from entry, preload and member. */
static bool needs_walk(const struct reader_fault *fault)
{
    return fault->diagnostic == DIAG_JSON_DUPLICATE_KEY || fault->diagnostic == DIAG_METADATA_RANGE;
}

static int compare_positions(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    return (a > b) - (a < b);
}

/* Pointers by position, sorted by it. */
struct found_pointers {
    size_t *positions;
    char **pointers;
    size_t count;
};

static void found_free(struct found_pointers *found)
{
    for (size_t i = 0; i < found->count && found->pointers != NULL; i++) {
        free(found->pointers[i]);
    }
    free(found->pointers);
    free(found->positions);
}

/* Finds the pointers of all faults that need a walk. Without memory there are none, and the list says so. */
static struct found_pointers find_pointers(const struct verify_subject *subject, struct base_bytes header,
                                           const struct collection *collection, struct verify_sink *sink)
{
    struct found_pointers found = {.count = 0};
    if (collection->count_of[DIAG_JSON_DUPLICATE_KEY] + collection->count_of[DIAG_METADATA_RANGE] == 0) {
        return found;
    }
    found.positions = calloc(collection->count, sizeof *found.positions);
    found.pointers = calloc(collection->count, sizeof *found.pointers);
    if (found.positions == NULL || found.pointers == NULL) {
        sink->findings.out_of_memory = true;
        return found;
    }
    for (size_t i = 0; i < collection->count; i++) {
        if (needs_walk(&collection->faults[i])) {
            found.positions[found.count++] = collection->faults[i].at;
        }
    }
    qsort(found.positions, found.count, sizeof *found.positions, compare_positions);
    if (!json_pointers_find(header, subject->options->task, found.positions, found.pointers, found.count)) {
        sink->findings.out_of_memory = true;
    }
    return found;
}

static const char *pointer_at(const struct found_pointers *found, size_t position)
{
    if (found->count == 0) {
        return NULL;
    }
    const size_t *at = bsearch(&position, found->positions, found->count, sizeof *found->positions, compare_positions);
    return at != NULL ? found->pointers[at - found->positions] : NULL;
}

/* Whether there is only white space before a position: there the root begins. */
static bool is_root(struct base_bytes header, struct base_task *task, size_t at)
{
    struct json_tokenizer json;
    json_begin(&json, header);
    json.task = task;
    return json_token_start(json_next(&json)) == at;
}

/* A missing member has no place of its own: the pointer is that of the object. */
static bool is_missing(struct base_bytes header, struct base_task *task, const struct reader_fault *fault)
{
    return fault->diagnostic == DIAG_ENTRY_MISSING_MEMBER ||
           (fault->diagnostic == DIAG_HEADER_SHAPE && is_root(header, task, fault->at));
}

static void write_pointer(struct base_bytes header, struct base_task *task, const struct reader_fault *fault,
                          struct base_text *pointer)
{
    if (fault->entry >= 0) {
        json_pointer_add_name(pointer, "asset_table");
        json_pointer_add_index(pointer, (uint64_t)fault->entry);
    } else if (fault->preload >= 0) {
        json_pointer_add_name(pointer, "preload");
        json_pointer_add_index(pointer, (uint64_t)fault->preload);
    }
    if (fault->member != NULL && !is_missing(header, task, fault)) {
        json_pointer_add_name(pointer, fault->member);
    }
}

static bool is_json_fault(enum diag diagnostic)
{
    return diagnostic == DIAG_JSON_SYNTAX || diagnostic == DIAG_JSON_ENCODING || diagnostic == DIAG_JSON_DEPTH;
}

/* Where a fault is: `pointer` is what write_pointer has written. */
static struct base_place place_of(const struct verify_subject *subject, struct base_bytes header,
                                  const struct reader_fault *fault, const struct found_pointers *found,
                                  const char *pointer)
{
    struct base_place place = {
        .file = subject->path,
        BASE_AT_BYTE(READER_PRELUDE_SIZE + fault->at,
                     is_missing(header, subject->options->task, fault) ? 0 : fault->actual.size),
        .has_asset_id = fault->has_asset_id,
        .asset_id = fault->asset_id,
    };
    if (needs_walk(fault)) {
        place.json_pointer = pointer_at(found, fault->at);
    } else if (!is_json_fault(fault->diagnostic)) {
        place.json_pointer = pointer;
    }
    return place;
}

static void report_fault(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink,
                         const struct reader_fault *fault, const struct found_pointers *found,
                         struct verify_derived *derived)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    char most[NUMBER_TEXT];
    (void)snprintf(most, sizeof most, "at most %" PRIu64, fault->most);
    write_pointer(header, subject->options->task, fault, &pointer);
    base_report(&sink->findings, fault->diagnostic,
                &(struct base_details){
                    .place = place_of(subject, header, fault, found, base_text_string(&pointer)),
                    .expected = fault->diagnostic == DIAG_SLICE_RANGE ? most : fault->expected,
                    .actual_bytes = fault->actual,
                    .has_class = true,
                    .class_ = fault->class_,
                },
                "%s%s", fault->text, verify_derived_may_accept(derived, fault) ? "; the console may accept this" : "");
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

/* Counts the faults that were not kept. */
static void count_rest(const struct verify_subject *subject, const struct collection *collection,
                       struct verify_sink *sink)
{
    for (unsigned id = 0; id < DIAG_COUNT; id++) {
        for (unsigned class_ = DIAG_CLASS_L; class_ <= DIAG_CLASS_C; class_++) {
            for (uint64_t i = 0; i < collection->rest[id][class_]; i++) {
                base_report(&sink->findings, (enum diag)id,
                            &(struct base_details){
                                .place.file = subject->path, .has_class = true, .class_ = (enum diag_class)class_},
                            "one more");
            }
        }
    }
}

/* 4.2.17: all slice-range of a cut are one finding, at the first of them. */
static void report_cut(const struct verify_subject *subject, const struct verify_facts *facts, struct verify_sink *sink,
                       const struct reader_fault *fault, const struct verify_cut *cut)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct found_pointers none = {.count = 0};
    uint64_t missing = facts->prelude.payload_offset + cut->end - subject->input.size;
    char most[NUMBER_TEXT];
    (void)snprintf(most, sizeof most, "at most %" PRIu64, fault->most);
    write_pointer(facts->header, subject->options->task, fault, &pointer);
    base_report(&sink->findings, DIAG_SLICE_RANGE,
                &(struct base_details){
                    .place = place_of(subject, facts->header, fault, &none, base_text_string(&pointer)),
                    .expected = most,
                    .actual_bytes = fault->actual,
                },
                "the file is cut: %" PRIu64 " %s missing at its end, and %" PRIu64 " %s not complete; here %s", missing,
                missing == 1 ? "byte is" : "bytes are", cut->assets, cut->assets == 1 ? "asset is" : "assets are",
                fault->text);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

/* Whether the packer can have written the file before it was cut. */
static bool is_cut(const struct verify_subject *subject, const struct verify_facts *facts,
                   const struct reader_table *table, struct verify_cut *cut)
{
    uint64_t whole;
    return facts->prelude.payload_offset == READER_PRELUDE_SIZE + (uint64_t)facts->prelude.header_len &&
           verify_find_cut(table, subject->input.size - facts->prelude.payload_offset, cut) &&
           base_add_u64(facts->prelude.payload_offset, cut->end, &whole) && whole <= (uint64_t)JSON_EXACT_MAX;
}

/* All that was collected, in its order. */
static void report_faults(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct collection *collection, const struct verify_cut *cut, struct verify_sink *sink)
{
    struct found_pointers found = find_pointers(subject, facts->header, collection, sink);
    struct verify_derived derived;
    bool cut_is_reported = false;
    verify_derived_begin(&derived, facts->header, subject->options->task);
    for (size_t i = 0; i < collection->count; i++) {
        const struct reader_fault *fault = &collection->faults[i];
        if (cut == NULL || fault->diagnostic != DIAG_SLICE_RANGE) {
            report_fault(subject, facts->header, sink, fault, &found, &derived);
        } else if (!cut_is_reported) {
            report_cut(subject, facts, sink, fault, cut);
            cut_is_reported = true;
        }
    }
    if (cut != NULL) {
        collection->rest[DIAG_SLICE_RANGE][DIAG_CLASS_L] = 0;
    }
    count_rest(subject, collection, sink);
    found_free(&found);
}

struct verify_loading verify_check_loading(const struct verify_subject *subject, const struct verify_facts *facts,
                                           struct verify_sink *sink)
{
    struct verify_cut cut;
    struct verify_loading loading = {.is_checked = false};
    struct collection collection = {.faults = NULL};
    struct reader_header_frame frame = {.task = subject->options->task,
                                        .payload_offset = facts->prelude.payload_offset,
                                        .file_size = subject->input.size};
    enum reader_header_result result = reader_header_parse(facts->header, &frame, collect, &collection, &loading.table);
    loading.has_table = result == READER_HEADER_PARSED;
    bool has_cut = loading.has_table && is_cut(subject, facts, &loading.table, &cut);
    report_faults(subject, facts, &collection, has_cut ? &cut : NULL, sink);
    loading.size_without_cut = has_cut ? facts->prelude.payload_offset + cut.end : 0;
    if (result == READER_HEADER_NO_MEMORY || collection.out_of_memory) {
        base_report_out_of_memory(&sink->findings, subject->path);
    } else {
        loading.is_checked = result != READER_HEADER_CANCELLED; /* the task was cancelled */
    }
    loading.keys_repeat = collection.count_of[DIAG_JSON_DUPLICATE_KEY] > 0;
    loading.is_json = collection.count_of[DIAG_JSON_SYNTAX] + collection.count_of[DIAG_JSON_ENCODING] +
                          collection.count_of[DIAG_JSON_DEPTH] ==
                      0;
    free(collection.faults);
    return loading;
}
