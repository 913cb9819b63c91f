#include "workspace/merge/print.h"

#include "workspace/registry/registry.h"

#include <string.h>

/* A list of JSON has commas, so what a record looks like depends on whether one comes after it on that side.
 * `last` has the index of each side's last record; SIZE_MAX: it has none. */
struct printing {
    const struct workspace_merge *merge;
    struct base_text *text;
    size_t last[WORKSPACE_MERGE_SIDES];
    size_t lines; /* of the text, up to `counted` */
    size_t counted;
};

static bool has_version(const struct workspace_merge_row *row, enum workspace_merge_side side)
{
    struct workspace_record version;
    return workspace_merge_version(row, side, &version);
}

static void find_last(struct printing *printing, enum workspace_merge_side side)
{
    printing->last[side] = SIZE_MAX;
    for (size_t i = 0; i < printing->merge->kept_count; i++) {
        if (has_version(printing->merge->kept[i], side)) {
            printing->last[side] = i;
        }
    }
}

static void print_version(const struct printing *printing, size_t index, enum workspace_merge_side side)
{
    struct workspace_record version;
    if (workspace_merge_version(printing->merge->kept[index], side, &version)) {
        workspace_registry_print_record(&version, printing->text);
        base_text_add_string(printing->text, index == printing->last[side] ? "\n" : ",\n");
    }
}

/* Whether the sides show it in different ways: by the comma alone, it may be. */
static bool is_split(const struct printing *printing, size_t index)
{
    return printing->merge->kept[index]->apart ||
           (index == printing->last[WORKSPACE_MERGE_OURS]) != (index == printing->last[WORKSPACE_MERGE_THEIRS]);
}

/* Whether a side has removed one of the records from begin to end. mend.c reads that. */
static bool has_removed(const struct printing *printing, size_t begin, size_t end, enum workspace_merge_side side)
{
    bool removed = false;
    for (size_t i = begin; i < end; i++) {
        const struct workspace_merge_row *row = printing->merge->kept[i];
        removed = removed || (row->conflict == WORKSPACE_MERGE_REMOVED && row->sides[side] == NULL);
    }
    return removed;
}

static void print_marker(const struct printing *printing, const char *marker, size_t begin, size_t end,
                         enum workspace_merge_side side)
{
    base_text_add_string(printing->text, marker);
    base_text_add_string(printing->text, has_removed(printing, begin, end, side) ? " (removed)\n" : "\n");
}

/* The number of the line that comes next, from 1 on. */
static size_t next_line(struct printing *printing)
{
    const struct base_bytes text = base_text_bytes(printing->text);
    for (; printing->counted < text.size; printing->counted++) {
        printing->lines += text.data[printing->counted] == '\n';
    }
    return printing->lines + 1;
}

static void print_conflict(struct printing *printing, size_t begin, size_t end)
{
    size_t first = next_line(printing);
    print_marker(printing, "<<<<<<< ours", begin, end, WORKSPACE_MERGE_OURS);
    for (size_t i = begin; i < end; i++) {
        print_version(printing, i, WORKSPACE_MERGE_OURS);
    }
    base_text_add_string(printing->text, "=======\n");
    for (size_t i = begin; i < end; i++) {
        print_version(printing, i, WORKSPACE_MERGE_THEIRS);
    }
    print_marker(printing, ">>>>>>> theirs", begin, end, WORKSPACE_MERGE_THEIRS);
    for (size_t i = begin; i < end; i++) {
        printing->merge->kept[i]->first_line = first;
        printing->merge->kept[i]->last_line = next_line(printing) - 1;
    }
}

void workspace_merge_print(const struct workspace_merge *merge, struct base_text *text)
{
    struct printing printing = {.merge = merge, .text = text};
    find_last(&printing, WORKSPACE_MERGE_OURS);
    find_last(&printing, WORKSPACE_MERGE_THEIRS);
    workspace_registry_print_head(merge->schema, merge->next_asset_id, text);
    base_text_add_string(text, merge->kept_count == 0 ? "" : "\n");
    for (size_t i = 0; i < merge->kept_count;) {
        size_t end = i;
        while (end < merge->kept_count && is_split(&printing, end)) {
            end++;
        }
        if (end > i) {
            print_conflict(&printing, i, end);
            i = end;
        } else {
            print_version(&printing, i++, WORKSPACE_MERGE_OURS);
        }
    }
    workspace_registry_print_end(merge->kept_count == 0, text);
}
