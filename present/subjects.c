#include "present/subjects.h"

#include "base/sort.h"

#include <stdlib.h>

bool present_is_examination(const struct service_answer *answer)
{
    return answer->ran &&
           (answer->operation->id == SERVICE_OPERATION_VERIFY || answer->operation->id == SERVICE_OPERATION_INSPECT);
}

static void take_report(struct present_subjects *subjects, const struct service_report *report)
{
    for (size_t i = 0; i < report->asset_count; i++) {
        const struct service_report_asset asset = service_report_asset(report, i);
        subjects->items[i] = (struct present_subject){
            .has_asset_id = asset.has_asset_id,
            .asset_id = asset.asset_id,
            .row = i,
            .uuid = asset.uuid,
            .root = asset.root,
            .name = asset.name,
            .included = true,
            .was_read = asset.has_hash,
        };
    }
}

static void take_registered(struct present_subjects *subjects, const struct service_registered_assets *registered)
{
    for (size_t i = 0; i < registered->count; i++) {
        const struct service_registered_asset *asset = &registered->items[i];
        subjects->items[i] = (struct present_subject){
            .has_asset_id = true,
            .asset_id = asset->asset_id,
            .row = i,
            .uuid = asset->asset_uuid,
            .root = asset->root,
            .included = asset->included,
        };
    }
}

static int compare(const void *left, const void *right)
{
    const struct present_subject_id *a = left;
    const struct present_subject_id *b = right;
    if (a->asset_id != b->asset_id) {
        return a->asset_id < b->asset_id ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static void sort(struct present_subjects *subjects)
{
    for (size_t i = 0; i < subjects->count; i++) {
        if (subjects->items[i].has_asset_id) {
            subjects->by_id[subjects->id_count++] =
                (struct present_subject_id){.asset_id = subjects->items[i].asset_id, .row = i};
        }
    }
    (void)base_sort(subjects->by_id, subjects->id_count, sizeof *subjects->by_id, compare, NULL);
}

/* The assets of a workspace; NULL when the answer is of another operation. */
static const struct service_registered_assets *registered_of(const struct service_answer *answer)
{
    if (answer->operation->id == SERVICE_OPERATION_BUILD) {
        return &answer->result.build.registered;
    }
    return answer->operation->id == SERVICE_OPERATION_DOCTOR ? &answer->result.doctor.registered : NULL;
}

bool present_subjects_make(struct present_subjects *subjects, const struct service_answer *answer)
{
    *subjects = (struct present_subjects){.items = NULL};
    if (!answer->ran) {
        return true;
    }
    bool examines = present_is_examination(answer);
    const struct service_registered_assets *registered = registered_of(answer);
    size_t count = examines ? answer->result.report.asset_count : registered != NULL ? registered->count : 0;
    if (count == 0) {
        return true;
    }
    subjects->items = calloc(count, sizeof *subjects->items);
    subjects->by_id = calloc(count, sizeof *subjects->by_id);
    if (subjects->items == NULL || subjects->by_id == NULL) {
        present_subjects_free(subjects);
        return false;
    }
    subjects->count = count;
    if (examines) {
        take_report(subjects, &answer->result.report);
    } else {
        take_registered(subjects, registered);
    }
    sort(subjects);
    return true;
}

void present_subjects_free(struct present_subjects *subjects)
{
    free(subjects->items);
    free(subjects->by_id);
    *subjects = (struct present_subjects){.items = NULL};
}

const struct present_subject *present_subject_of(const struct present_subjects *subjects, int64_t asset_id)
{
    size_t low = 0;
    size_t high = subjects->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (subjects->by_id[middle].asset_id < asset_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < subjects->id_count && subjects->by_id[low].asset_id == asset_id;
    return found ? &subjects->items[subjects->by_id[low].row] : NULL;
}
