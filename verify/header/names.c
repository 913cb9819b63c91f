#include "verify/core/examination.h"

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

static void tell(struct verify_examination *examination, const struct holder *later, const struct holder *first)
{
    const struct verify_entry *known = &examination->entries[later->entry];
    struct verify_spot spot = {
        .at = known->name_at - 1,
        .array = "asset_table",
        .index = later->entry,
        .member = "asset_name",
        .entry = known,
    };
    verify_report_in_header(
        examination, DIAG_NAME_DUPLICATE, &spot, NULL,
        base_bytes_make(examination->header.data + known->name_at - 1, (size_t)known->name_size + 2),
        "asset_name: entry %zu has this name already", first->entry);
}

static size_t collect_names(const struct verify_examination *examination, struct holder *holders)
{
    size_t count = 0;
    for (size_t i = 0; i < examination->entry_count; i++) {
        const struct verify_entry *known = &examination->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_NAME) != 0) {
            holders[count++] = (struct holder){
                .name = base_bytes_make(examination->header.data + known->name_at, known->name_size), .entry = i};
        }
    }
    return count;
}

/* 4.2.6: the second and every later holder of a name. */
static void tell_repeated(struct verify_examination *examination, const struct holder *holders, size_t count)
{
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (json_compare(holders[first].name, holders[i].name) == 0) {
            tell(examination, &holders[i], &holders[first]);
        } else {
            first = i;
        }
    }
}

void verify_check_names(struct verify_examination *examination)
{
    if (examination->entry_count < 2) {
        return;
    }
    struct holder *holders = calloc(examination->entry_count, sizeof *holders);
    if (holders == NULL) {
        base_report_out_of_memory(&examination->findings, examination->path);
        return;
    }
    size_t count = collect_names(examination, holders);
    qsort(holders, count, sizeof *holders, compare_holders);
    tell_repeated(examination, holders, count);
    free(holders);
}
