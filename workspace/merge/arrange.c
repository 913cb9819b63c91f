/* The ids of a merge.
 *
 * Each record has a home: its id, the greater one if the sides have two. A record of base whose id neither side has
 * changed stays there; of several with one id, as after a merge that joined lines, the one with the smallest uuid. The
 * others take the first place from their home on that is not taken by one of those or by a record with
 * a smaller uuid. Such an arrangement is the same in whatever order records are put into it, so branches can be merged
 * in any order, in pairs: a record that was moved in one of the pairs goes on from there, and would have come by there
 * anyway.
 *
 * Places are the homes, and every id that no side has given out. An id that a side has given out since base, and does
 * not have any more, is not a place: it was that of an asset that has been removed. */
#include "workspace/merge/arrange.h"

#include "base/sort.h"

#include <stdlib.h>

/* Invariants: places[0 … place_count) rise; the place number n >= place_count is the id free_from + (n - place_count).
 * next[n] leads to the first place from n on that is not taken, by one step or several. */
struct arranging {
    const struct workspace_merge_input *input;
    int64_t *given[WORKSPACE_MERGE_SIDES]; /* the ids of a side, rising */
    int64_t *places;
    size_t place_count;
    int64_t free_from;
    size_t *next;
};

static int64_t home_of(const struct workspace_merge_row *row)
{
    int64_t home = 0;
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        if (row->sides[side] != NULL && row->sides[side]->asset_id > home) {
            home = row->sides[side]->asset_id;
        }
    }
    return home;
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

static bool has_number(const int64_t *numbers, size_t count, int64_t number)
{
    return bsearch(&number, numbers, count, sizeof *numbers, by_number) != NULL;
}

/* Whether a side has given the id out since base, and does not have it any more. */
static bool is_spent(const struct arranging *arranging, int64_t id)
{
    bool spent = false;
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        const struct workspace_registry *registry = arranging->input->sides[side];
        spent = spent || (id >= arranging->input->base->next_asset_id && id < registry->next_asset_id &&
                          !has_number(arranging->given[side], registry->count, id));
    }
    return spent;
}

static bool is_fixed(const struct workspace_merge_row *row)
{
    const struct workspace_record *ours = row->sides[WORKSPACE_MERGE_OURS];
    const struct workspace_record *theirs = row->sides[WORKSPACE_MERGE_THEIRS];
    return row->base != NULL && (ours == NULL || ours->asset_id == row->base->asset_id) &&
           (theirs == NULL || theirs->asset_id == row->base->asset_id);
}

static bool list_given(struct arranging *arranging, int side, struct base_task *task)
{
    const struct workspace_registry *registry = arranging->input->sides[side];
    int64_t *given = calloc(registry->count + 1, sizeof *given);
    arranging->given[side] = given;
    for (size_t i = 0; given != NULL && i < registry->count; i++) {
        given[i] = registry->records[i].asset_id;
    }
    return given != NULL && base_sort(given, registry->count, sizeof *given, by_number, task);
}

static bool list_places(struct arranging *arranging, const struct workspace_merge *merge, struct base_task *task)
{
    int64_t *places = calloc(merge->count + 1, sizeof *places);
    size_t count = 0;
    arranging->places = places;
    for (size_t i = 0; places != NULL && i < merge->count; i++) {
        int64_t home = home_of(&merge->rows[i]);
        if (merge->rows[i].kept && (is_fixed(&merge->rows[i]) || !is_spent(arranging, home))) {
            places[count++] = home;
        }
    }
    if (places == NULL || !base_sort(places, count, sizeof *places, by_number, task)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (arranging->place_count == 0 || places[arranging->place_count - 1] != places[i]) {
            places[arranging->place_count++] = places[i];
        }
    }
    return true;
}

/* Above all that has been given out. */
static int64_t find_free(const struct workspace_merge_input *input, const struct arranging *arranging)
{
    int64_t from = input->base->next_asset_id;
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        from = input->sides[side]->next_asset_id > from ? input->sides[side]->next_asset_id : from;
    }
    size_t count = arranging->place_count;
    int64_t highest = count > 0 ? arranging->places[count - 1] : 0;
    return highest >= from ? highest + 1 : from;
}

/* The number of the first place whose id is at least `id`. */
static size_t find_place(const struct arranging *arranging, int64_t id)
{
    size_t low = 0;
    size_t high = arranging->place_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (arranging->places[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first place from n on that is not taken. Paths are halved on the way. */
static size_t find_untaken(struct arranging *arranging, size_t n)
{
    size_t *next = arranging->next;
    while (next[n] != n) {
        next[n] = next[next[n]];
        n = next[n];
    }
    return n;
}

static int64_t id_of_place(const struct arranging *arranging, size_t n)
{
    size_t count = arranging->place_count;
    return n < count ? arranging->places[n] : arranging->free_from + (int64_t)(n - count);
}

enum { NOT_PLACED = 0 };

/* Places the rows that keep their ids. Rows are in rising uuid, so of several with one id the first one gets it. The
 * home of each is a place. */
static void place_fixed(struct arranging *arranging, struct workspace_merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        struct workspace_merge_row *row = &merge->rows[i];
        row->merged.asset_id = NOT_PLACED;
        if (!row->kept || !is_fixed(row)) {
            continue;
        }
        size_t n = find_place(arranging, home_of(row));
        if (arranging->next[n] == n) {
            arranging->next[n] = n + 1;
            row->merged.asset_id = (int32_t)home_of(row);
        }
    }
}

/* Places the others. Rows are in rising uuid, so each one meets those with a smaller uuid alone. False: there is no id
 * left. */
static bool place_others(struct arranging *arranging, struct workspace_merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        struct workspace_merge_row *row = &merge->rows[i];
        if (!row->kept || row->merged.asset_id != NOT_PLACED) {
            continue;
        }
        size_t n = find_untaken(arranging, find_place(arranging, home_of(row)));
        int64_t id = id_of_place(arranging, n);
        if (id > INT32_MAX) {
            return false;
        }
        arranging->next[n] = n + 1;
        row->merged.asset_id = (int32_t)id;
    }
    return true;
}

static int by_id(const void *left, const void *right)
{
    const struct workspace_merge_row *const *a = left;
    const struct workspace_merge_row *const *b = right;
    return ((*a)->merged.asset_id > (*b)->merged.asset_id) - ((*a)->merged.asset_id < (*b)->merged.asset_id);
}

static bool list_kept(struct workspace_merge *merge, int64_t free_from, struct base_task *task)
{
    merge->kept = calloc(merge->count + 1, sizeof(struct workspace_merge_row *));
    for (size_t i = 0; merge->kept != NULL && i < merge->count; i++) {
        if (merge->rows[i].kept) {
            merge->kept[merge->kept_count++] = &merge->rows[i];
        }
    }
    if (merge->kept == NULL ||
        !base_sort(merge->kept, merge->kept_count, sizeof(struct workspace_merge_row *), by_id, task)) {
        return false;
    }
    int64_t last = merge->kept_count > 0 ? merge->kept[merge->kept_count - 1]->merged.asset_id : 0;
    merge->next_asset_id = last >= free_from ? last + 1 : free_from;
    return true;
}

static bool prepare(struct arranging *arranging, const struct workspace_merge *merge, struct base_task *task)
{
    if (!list_given(arranging, WORKSPACE_MERGE_OURS, task) || !list_given(arranging, WORKSPACE_MERGE_THEIRS, task) ||
        !list_places(arranging, merge, task)) {
        return false;
    }
    arranging->free_from = find_free(arranging->input, arranging);
    /* All could be beyond the last place, and one more ends the search. */
    size_t count = arranging->place_count + merge->count + 1;
    arranging->next = calloc(count, sizeof *arranging->next);
    for (size_t n = 0; arranging->next != NULL && n < count; n++) {
        arranging->next[n] = n;
    }
    return arranging->next != NULL;
}

enum workspace_merge_arrangement workspace_merge_arrange(const struct workspace_merge_input *input,
                                                         struct base_task *task, struct workspace_merge *merge)
{
    struct arranging arranging = {.input = input};
    enum workspace_merge_arrangement end = WORKSPACE_MERGE_NOT_ARRANGED;
    if (prepare(&arranging, merge, task)) {
        place_fixed(&arranging, merge);
        end = !place_others(&arranging, merge)
                  ? WORKSPACE_MERGE_NO_IDS
                  : (list_kept(merge, arranging.free_from, task) ? WORKSPACE_MERGE_ARRANGED
                                                                 : WORKSPACE_MERGE_NOT_ARRANGED);
    }
    free(arranging.given[WORKSPACE_MERGE_OURS]);
    free(arranging.given[WORKSPACE_MERGE_THEIRS]);
    free(arranging.places);
    free(arranging.next);
    return end;
}
