#include "service/doctor/found.h"

#include "base/index.h"
#include "service/planned.h"
#include "service/selected.h"
#include "workspace/moved.h"
#include "workspace/presence.h"

#include <stdlib.h>
#include <string.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct workspace_place *place;
    const struct service_doctor_request *request;
    struct service_doctor_result *result;
    struct base_findings *findings;
    struct base_names paths; /* of all chains, one after the other; none twice */
    size_t *ends;            /* of each chain: the number of paths that end with it */
    size_t chains;
    struct base_index known; /* the paths */
};

/* ---- Which directories ---- */

/* Takes the paths of a chain over, unless they are known: a chain may be a part of another one. False when memory ran
 * out. */
static bool take_chain(struct work *work, const struct base_names *chain)
{
    bool fine = true;
    for (size_t i = 0; fine && i < chain->count; i++) {
        int64_t number;
        struct base_bytes path = base_bytes_of_string(chain->items[i]);
        if (!base_index_find(&work->known, path, &number)) {
            fine = base_index_add(&work->known, path, 0) && base_names_take(&work->paths, strdup(chain->items[i]));
        }
    }
    if (fine && work->paths.count > (work->chains > 0 ? work->ends[work->chains - 1] : 0)) {
        work->ends[work->chains++] = work->paths.count;
    }
    return fine;
}

/* False when memory ran out. */
static bool follow(struct work *work, const struct workspace_moved *moved, const struct workspace_record *record)
{
    size_t count = 0;
    const struct workspace_record *stuck;
    bool out_of_memory = false;
    const struct workspace_sighting *places = workspace_whereabouts_of(&moved->whereabouts, record->asset_uuid, &count);
    if (count != 1 || workspace_present_around(moved->workspace, &moved->roots, places->root, &out_of_memory) != NULL) {
        return !out_of_memory;
    }
    struct base_names chain = BASE_NAMES_EMPTY;
    bool complete =
        workspace_moved_chain(moved, record, places->root, &chain, &stuck, &out_of_memory) == WORKSPACE_CHAIN_COMPLETE;
    bool fine = !out_of_memory && (!complete || take_chain(work, &chain));
    base_names_free(&chain);
    return fine;
}

/* Of the records that are marked. */
static bool follow_all(struct work *work, const struct workspace *workspace, const bool *lost)
{
    struct workspace_moved moved;
    bool fine = workspace_moved_make(&moved, workspace);
    for (size_t i = 0; fine && i < workspace->registry.count && !base_task_cancelled_in(work->task, i); i++) {
        fine = !lost[i] || follow(work, &moved, &workspace->registry.records[i]);
    }
    workspace_moved_free(&moved);
    return fine;
}

static void find(struct work *work, const struct workspace *workspace)
{
    size_t count = workspace->registry.count;
    bool *lost = calloc(count + 1, sizeof *lost);
    work->ends = calloc(count + 1, sizeof *work->ends);
    bool fine = lost != NULL && work->ends != NULL;
    bool any = false;
    for (size_t i = 0; fine && i < count && !base_task_cancelled_in(work->task, i); i++) {
        lost[i] = workspace_presence_of(workspace, &workspace->registry.records[i], NULL) == WORKSPACE_LOST;
        any = any || lost[i];
    }
    if (fine && any && !follow_all(work, workspace, lost)) {
        work->chains = 0; /* memory ran out, the task was cancelled, or the examination says what could not be read */
    }
    work->findings->out_of_memory = work->findings->out_of_memory || !fine;
    free(lost);
}

/* ---- Adopting them ---- */

static bool is_failure(const struct base_finding *finding)
{
    return finding->class_ == DIAG_CLASS_E;
}

/* Adopts the paths from `begin` to `end`, all or none. */
static bool adopt(const struct work *work, size_t begin, size_t end)
{
    const struct service_adopt_request request = {
        .assets = work->request->assets,
        .roots = {(const char *const *)work->paths.items + begin, end - begin},
        .max_decoded = work->request->max_decoded,
        .dry_run = work->request->dry_run,
        .jobs = work->request->jobs,
    };
    struct service_change_result adopted;
    struct base_findings found;
    base_findings_init(&found);
    (void)service_adopt(work->task, work->place->project, &request, &adopted, &found);
    bool done = adopted.done;
    if (done && !service_planned_append(&work->result->plan, &adopted.plan)) {
        work->findings->out_of_memory = true;
    }
    service_select_findings(work->findings, &found, is_failure);
    service_change_result_free(&adopted);
    base_findings_free(&found);
    return done;
}

static void adopt_all(const struct work *work)
{
    if (work->chains == 0 || adopt(work, 0, work->paths.count) || work->chains == 1) {
        return;
    }
    for (size_t i = 0; i < work->chains && !base_task_cancelled(work->task); i++) {
        (void)adopt(work, i > 0 ? work->ends[i - 1] : 0, work->ends[i]);
    }
}

void service_doctor_adopt_found(struct base_task *task, const struct workspace_place *place,
                                const struct service_doctor_request *request, struct service_doctor_result *result,
                                struct base_findings *findings)
{
    struct work work = {
        .task = task,
        .place = place,
        .request = request,
        .result = result,
        .findings = findings,
        .paths = BASE_NAMES_EMPTY,
        .known = BASE_INDEX_EMPTY,
    };
    struct workspace workspace;
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    if (workspace_open(&workspace, place, task, &unsaid)) {
        find(&work, &workspace);
    }
    workspace_close(&workspace);
    base_findings_free(&unsaid);
    adopt_all(&work);
    base_index_free(&work.known);
    base_names_free(&work.paths);
    free(work.ends);
}
