#include "verify/header/names.h"

#include "verify/core/findings.h"

#include <stdlib.h>

struct holder {
    struct base_bytes name;
    size_t entry;
};

/* By value, equal ones in table order. */
static int compare_holders(const void *left, const void *right)
{
    const struct holder *a = left;
    const struct holder *b = right;
    int order = json_compare(a->name, b->name);
    return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static void report_repeated(const struct verify_subject *subject, const struct verify_facts *facts,
                            struct verify_sink *sink, const struct holder *later, const struct holder *first)
{
    const struct verify_entry *known = &facts->entries[later->entry];
    struct verify_spot spot = {
        .at = known->name_at - 1,
        .array = "asset_table",
        .index = later->entry,
        .member = "asset_name",
        .entry = known,
    };
    verify_report_in_header(subject, sink, DIAG_NAME_DUPLICATE, &spot, NULL,
                            base_bytes_make(facts->header.data + known->name_at - 1, (size_t)known->name_size + 2),
                            "entry %zu has this name already", first->entry);
}

static size_t collect_names(const struct verify_facts *facts, struct holder *holders)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->entry_count; i++) {
        const struct verify_entry *known = &facts->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_NAME) != 0) {
            holders[count++] = (struct holder){
                .name = base_bytes_make(facts->header.data + known->name_at, known->name_size), .entry = i};
        }
    }
    return count;
}

/* 4.2.6: the second and every later holder of a name. */
static void check_holders(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink, const struct holder *holders, size_t count)
{
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (json_compare(holders[first].name, holders[i].name) == 0) {
            report_repeated(subject, facts, sink, &holders[i], &holders[first]);
        } else {
            first = i;
        }
    }
}

void verify_check_names(const struct verify_subject *subject, const struct verify_facts *facts,
                        struct verify_sink *sink)
{
    if (facts->entry_count < 2) {
        return;
    }
    struct holder *holders = calloc(facts->entry_count, sizeof *holders);
    if (holders == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    size_t count = collect_names(facts, holders);
    qsort(holders, count, sizeof *holders, compare_holders);
    check_holders(subject, facts, sink, holders, count);
    free(holders);
}
