#include "verify/header/names.h"

#include "base/checked.h"
#include "base/fast_hash.h"
#include "base/sort.h"
#include "verify/core/findings.h"

#include <stdlib.h>
#include <string.h>

static struct base_bytes name_of(const struct verify_facts *facts, const struct verify_entry *known)
{
    return base_bytes_make(facts->header.data + known->name_at, known->name_size);
}

/* ---- The fast way: is there anything to report? ---- */

/* A set of names, as 64 bits of their hashes, in a table that is at most half full. */
struct marks {
    uint64_t *places; /* 0: free */
    size_t capacity;  /* a power of 2 */
};

/* The names of one step. Where their marks belong is fetched for all of them before the first one is needed: memory is
 * slower than everything else here. */
enum { STEP = 32 };

struct step {
    uint64_t marks[STEP];
    size_t count;
};

static size_t place_of(const struct marks *marks, uint64_t mark)
{
    return (size_t)(mark >> 1) & (marks->capacity - 1);
}

/* False: the set has an equal hash, or places are crowded. */
static bool add_mark(struct marks *marks, uint64_t mark)
{
    enum { FARTHEST = 64 };
    size_t at = place_of(marks, mark);
    unsigned steps = 0;
    while (marks->places[at] != 0 && marks->places[at] != mark && steps < FARTHEST) {
        at = (at + 1) & (marks->capacity - 1);
        steps++;
    }
    bool added = marks->places[at] == 0;
    marks->places[at] = mark;
    return added;
}

static bool add_step(struct marks *marks, struct step *step)
{
    bool added = true;
    for (size_t i = 0; i < step->count; i++) {
        added = add_mark(marks, step->marks[i]) && added;
    }
    step->count = 0;
    return added;
}

static void begin_name(const struct marks *marks, struct step *step, struct base_bytes name)
{
    struct base_hash hash = base_fast_hash_of(name);
    uint64_t mark;
    memcpy(&mark, hash.bytes, sizeof mark);
    step->marks[step->count++] = mark | 1;
    __builtin_prefetch(&marks->places[place_of(marks, mark)], 1);
}

static bool add_names(struct marks *marks, const struct verify_facts *facts, struct base_task *task)
{
    struct step step = {.count = 0};
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(task, i); i++) {
        const struct verify_entry *known = &facts->entries[i];
        struct base_bytes name = name_of(facts, known);
        if ((known->flags & VERIFY_ENTRY_HAS_NAME) == 0) {
            continue;
        }
        if (memchr(name.data, '\\', name.size) != NULL || (step.count == STEP && !add_step(marks, &step))) {
            return false;
        }
        begin_name(marks, &step, name);
    }
    return add_step(marks, &step);
}

/* Whether no two names are equal. False when in doubt: a name is escaped, two hashes are equal, places are crowded, or
 * memory runs out. */
static bool names_differ(const struct verify_facts *facts, struct base_task *task)
{
    enum { FIRST = 16 };
    struct marks marks = {.capacity = FIRST};
    while (marks.capacity / 2 < facts->entry_count) {
        if (!base_mul_size(marks.capacity, 2, &marks.capacity)) {
            return false;
        }
    }
    marks.places = calloc(marks.capacity, sizeof *marks.places);
    bool differ = marks.places != NULL && add_names(&marks, facts, task);
    free(marks.places);
    return differ;
}

/* ---- The general way: names by value ---- */

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

static size_t collect_names(const struct verify_facts *facts, struct holder *holders, struct base_task *task)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(task, i); i++) {
        const struct verify_entry *known = &facts->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_NAME) != 0) {
            holders[count++] = (struct holder){.name = name_of(facts, known), .entry = i};
        }
    }
    return count;
}

/* 4.2.6: the second and every later holder of a name. */
static void check_holders(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink, const struct holder *holders, size_t count)
{
    size_t first = 0;
    for (size_t i = 1; i < count && !base_task_cancelled_in(subject->options->task, i); i++) {
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
    struct base_task *task = subject->options->task;
    if (facts->entry_count < 2 || names_differ(facts, task)) {
        return;
    }
    struct holder *holders = calloc(facts->entry_count, sizeof *holders);
    if (holders == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    size_t count = collect_names(facts, holders, task);
    (void)base_sort(holders, count, sizeof *holders, compare_holders, task);
    check_holders(subject, facts, sink, holders, count);
    free(holders);
}
