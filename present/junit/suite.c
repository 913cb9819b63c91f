#include "present/junit/suite.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/* ---- Findings by case ---- */

/* 0 for what is about no asset. */
static size_t place_of(const struct present_subject *subject)
{
    return subject != NULL ? subject->row + 1 : 0;
}

static int compare_sizes(size_t left, size_t right)
{
    return left < right ? -1 : left > right;
}

static int compare_place(const struct present_placed *placed, enum present_check check, size_t place)
{
    int order = compare_sizes(placed->check, check);
    return order != 0 ? order : compare_sizes(place_of(placed->subject), place);
}

static int compare(const void *left, const void *right)
{
    const struct present_placed *a = left;
    const struct present_placed *b = right;
    int order = compare_place(a, b->check, place_of(b->subject));
    return order != 0 ? order : compare_sizes(a->number, b->number);
}

/* The entry that the finding points at, in the table of a pack. NULL: it points at none. */
static const struct present_subject *entry_of(const struct present_suite *suite, const struct base_place *place)
{
    static const char table[] = "/asset_table/";
    const char *pointer = place->json_pointer;
    size_t row = 0;
    if (pointer == NULL || strncmp(pointer, table, sizeof table - 1) != 0 || !present_is_examination(suite->answer)) {
        return NULL;
    }
    for (pointer += sizeof table - 1; *pointer >= '0' && *pointer <= '9' && row < suite->subjects->count; pointer++) {
        row = row * 10 + (size_t)(*pointer - '0');
    }
    return row < suite->subjects->count ? &suite->subjects->items[row] : NULL;
}

/* Entries that share an id are told apart by where the finding points. */
static const struct present_subject *subject_of(const struct present_suite *suite, const struct base_place *place)
{
    const struct present_subject *entry = entry_of(suite, place);
    if (entry != NULL) {
        return entry;
    }
    return place->has_asset_id ? present_subject_of(suite->subjects, place->asset_id) : NULL;
}

static struct present_placed place_finding(const struct present_suite *suite, const struct base_finding *finding,
                                           size_t number)
{
    enum present_check check = present_check_of(suite->answer->operation, finding->diagnostic, finding->class_);
    return (struct present_placed){
        .finding = finding,
        .check = check,
        .subject = present_check_is_of_assets(check) ? subject_of(suite, &finding->place) : NULL,
        .number = number,
    };
}

static void note_group(struct present_suite *suite, const struct present_placed *placed)
{
    struct present_group *group = &suite->groups[placed->check];
    if (placed->finding->severity == BASE_ERROR) {
        group->failed = true;
        group->stops = group->stops || placed->finding->class_ == DIAG_CLASS_L;
        group->whole = group->whole || placed->subject == NULL;
    }
}

static size_t count_shown(const struct service_answer *answer)
{
    size_t count = 0;
    while (service_finding_shown(answer, count) != NULL) {
        count++;
    }
    return count;
}

/* What is counted and not listed is an error of its group all the same. */
static void note_counted(struct present_suite *suite, const struct base_tally_count *counted, uint64_t listed[])
{
    const struct base_tally_kind *kind = &counted->kind;
    if (kind->ignored || kind->severity != BASE_ERROR) {
        return;
    }
    uint64_t found = listed[kind->diagnostic] < counted->count ? listed[kind->diagnostic] : counted->count;
    listed[kind->diagnostic] -= found;
    if (found < counted->count) {
        struct present_group *group =
            &suite->groups[present_check_of(suite->answer->operation, kind->diagnostic, kind->class_)];
        group->failed = true;
        group->unlisted = true;
        group->stops = group->stops || kind->class_ == DIAG_CLASS_L;
    }
}

static void note_unlisted(struct present_suite *suite)
{
    const struct base_tally *tally = &suite->answer->findings.tally;
    uint64_t listed[DIAG_COUNT] = {0};
    for (size_t i = 0; i < suite->count; i++) {
        if (suite->placed[i].finding->severity == BASE_ERROR) {
            listed[suite->placed[i].finding->diagnostic]++;
        }
    }
    for (size_t file = 0; file < tally->count; file++) {
        for (size_t i = 0; i < tally->files[file].count; i++) {
            note_counted(suite, &tally->files[file].counts[i], listed);
        }
    }
}

static bool is_all_read(const struct present_subjects *subjects)
{
    bool read = true;
    for (size_t i = 0; i < subjects->count; i++) {
        read = read && subjects->items[i].was_read;
    }
    return read;
}

bool present_suite_make(struct present_suite *suite, const struct service_answer *answer,
                        const struct present_subjects *subjects)
{
    size_t count = count_shown(answer);
    *suite = (struct present_suite){.answer = answer, .subjects = subjects, .all_read = is_all_read(subjects)};
    suite->placed = calloc(count > 0 ? count : 1, sizeof *suite->placed);
    if (suite->placed == NULL) {
        return false;
    }
    for (; suite->count < count; suite->count++) {
        suite->placed[suite->count] = place_finding(suite, service_finding_shown(answer, suite->count), suite->count);
        note_group(suite, &suite->placed[suite->count]);
    }
    (void)base_sort(suite->placed, suite->count, sizeof *suite->placed, compare, NULL);
    note_unlisted(suite);
    return true;
}

void present_suite_free(struct present_suite *suite)
{
    free(suite->placed);
    *suite = (struct present_suite){.answer = NULL};
}

/* ---- Of one case ---- */

struct present_run present_suite_find(const struct present_suite *suite, enum present_check check,
                                      const struct present_subject *subject)
{
    size_t place = place_of(subject);
    size_t low = 0;
    size_t high = suite->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_place(&suite->placed[middle], check, place) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct present_run run = {.placed = suite->placed + low};
    while (low + run.count < suite->count && compare_place(&run.placed[run.count], check, place) == 0) {
        run.failed = run.failed || run.placed[run.count].finding->severity == BASE_ERROR;
        run.count++;
    }
    return run;
}
