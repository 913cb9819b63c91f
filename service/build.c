#include "base/report.h"
#include "service/examination/examine.h"
#include "service/incremental/explain.h"
#include "service/incremental/incremental.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/output_check.h"
#include "service/transaction/publish.h"
#include "service/transaction/reader.h"
#include "service/transaction/settle.h"
#include "service/transaction/swap.h"
#include "writer/writer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One build. */
struct build {
    struct base_task *task;
    const struct service_build_request *request;
    struct service_lock_wish wish;
    struct service_build_result *result;
    struct base_findings *findings;
    struct workspace workspace;
    struct service_site site; /* holds the workspace lock */
    enum service_moved moved; /* of the sets of earlier builds */
    struct service_output output;
    struct service_incremental *incremental;
    struct writer_summary summary;
};

/* Whether the files in a directory are what the contract promises; the verdicts are in result->report, which speaks
 * of what is published, not of where it was staged. Without verdicts when the task was cancelled. */
static bool verify_files(struct build *build, const char *directory)
{
    const struct service_examination_options options = {
        .sources = build->workspace.project,
        .assets = build->request->assets,
        .max_decoded = build->request->max_decoded,
        .jobs = build->request->jobs,
    };
    struct service_report *report = &build->result->report;
    const struct service_examination examination = {
        .examined = SERVICE_EXAMINED_BUILD,
        .path = directory,
        .shown = build->output.path,
    };
    if (!service_examine(build->task, &examination, &options, report)) {
        service_report_free(report);
        build->findings->out_of_memory = true;
        return false;
    }
    if (base_task_cancelled(build->task)) {
        service_report_free(report);
        return false;
    }
    build->result->verified = true;
    return service_status_of_report(report) == SERVICE_STATUS_WELL;
}

/* From now on nothing is kept, for this reason. */
static void keep_nothing(struct build *build, enum service_build_reason reason)
{
    service_incremental_forget(build->incremental);
    service_explained_pack_all(&build->result->explained, reason);
}

/* ---- Nothing has changed ---- */

/* All assets are kept. Returns whether the build is finished; else everything is packed from its sources. */
static bool finish_unchanged(struct build *build)
{
    const struct service_path where = service_output_where(&build->output);
    int fd;
    bool entered = service_directory_open(&where, &fd) == 0 &&
                   service_reader_lock(&fd, build->output.path, &build->wish) == 0 && fd >= 0;
    const struct service_left_over left = service_reader_look(entered ? fd : -1);
    bool current = entered && left.commit == SERVICE_LEFT_NOTHING && left.staging == SERVICE_LEFT_NOTHING &&
                   service_incremental_published(build->incremental, fd);
    build->result->in_place = current;
    if (current && build->request->verify && !verify_files(build, build->output.path)) {
        service_report_free(&build->result->report);
        build->result->verified = false;
        keep_nothing(build, SERVICE_REASON_NOT_CONFORMING);
        current = false;
    }
    service_reader_leave(fd);
    if (current) {
        build->result->published = SERVICE_PUBLISHED;
        build->result->unchanged = true;
        build->summary = service_incremental_summary(build->incremental);
        service_incremental_renew(build->incremental, build->findings);
    }
    return current;
}

/* ---- Packing ---- */

static bool write_artifacts(struct build *build, const struct service_publication *publication,
                            const struct writer_provider *provider)
{
    const struct writer_options options = {
        .task = build->task,
        .jobs = build->request->jobs,
        .max_decoded = build->request->max_decoded,
        .provider = provider,
        .packed = service_incremental_note,
        .packed_context = build->incremental,
    };
    service_incremental_note_begin(build->incremental);
    struct base_findings step;
    base_findings_init(&step);
    bool written = writer_write_artifacts(&build->workspace, publication->staging_fd, publication->staging, &options,
                                          &build->summary, &step);
    return service_step_end(build->task, build->findings, &step) && written;
}

/* Packs everything from its sources, in place of what was staged with payloads of the last build. */
static bool write_anew(struct build *build, const struct service_publication *publication,
                       enum service_build_reason reason)
{
    keep_nothing(build, reason);
    int problem = service_staging_empty(publication->staging_fd);
    if (problem != 0) {
        const struct base_place place = {.file = publication->staging};
        base_report_write_failure(build->findings, &place, "clear the staging directory", problem);
        return false;
    }
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = workspace_load(&build->workspace, &step);
    return service_step_end(build->task, build->findings, &step) && loaded && write_artifacts(build, publication, NULL);
}

/* Packs from the sources what the last build does not have; everything when its payloads cannot be used. */
static bool write_all(struct build *build, const struct service_publication *publication)
{
    struct writer_provider provider;
    if (!service_incremental_keeps(build->incremental)) {
        return write_artifacts(build, publication, NULL);
    }
    if (service_incremental_provide(build->incremental, publication->directory_fd, &provider)) {
        bool written = write_artifacts(build, publication, &provider);
        if (written || !build->summary.stale) {
            return written;
        }
    }
    return write_anew(build, publication, SERVICE_REASON_LAST_PACK);
}

static enum service_published published_of(enum service_publication_end end)
{
    switch (end) {
    case SERVICE_PUBLICATION_COMMITTED:
        return SERVICE_COMMITTED;
    case SERVICE_PUBLICATION_COMPLETE:
        return SERVICE_PUBLISHED;
    case SERVICE_PUBLICATION_ABANDONED:
        break;
    }
    return SERVICE_PUBLISHED_NOT;
}

/* Checks the staged set. What the last build is said to have packed may be at fault: then everything is packed from its
 * sources. False when the set must not be published. */
static bool check_staged(struct build *build, const struct service_publication *publication)
{
    if (verify_files(build, publication->staging)) {
        return true;
    }
    if (!build->result->verified || build->summary.kept == 0) {
        return false;
    }
    service_report_free(&build->result->report);
    build->result->verified = false;
    return write_anew(build, publication, SERVICE_REASON_NOT_CONFORMING) && verify_files(build, publication->staging);
}

/* Writes and checks the set in the staging directory. False when it must not be published. This is the last place where
 * a task that is cancelled ends the build. */
static bool stage(struct build *build, const struct service_publication *publication)
{
    if (!write_all(build, publication) || (build->request->verify && !check_staged(build, publication))) {
        return false;
    }
    service_incremental_note_staged(build->incremental, publication->staging_fd, &build->summary);
    return !base_task_cancelled(build->task);
}

static void stage_and_publish(struct build *build)
{
    const struct service_path where = service_output_where(&build->output);
    struct service_publication publication;
    if (!service_publication_begin(&publication, &build->site, &build->output, &build->wish, &build->moved,
                                   build->findings)) {
        return;
    }
    if (!stage(build, &publication)) {
        service_publication_abandon(&publication);
        return;
    }
    build->result->published = published_of(service_publication_commit(&publication, build->findings));
    if (build->result->published == SERVICE_PUBLISHED) {
        service_incremental_save(build->incremental, &where);
    }
}

static bool load(struct build *build)
{
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = service_incremental_load(build->incremental, &step);
    return service_step_end(build->task, build->findings, &step) && loaded;
}

/* False when memory ran out. */
static bool explain(struct build *build)
{
    if (build->request->explain && !service_incremental_explain(build->incremental, &build->result->explained)) {
        build->findings->out_of_memory = true;
    }
    return !build->findings->out_of_memory;
}

static void build_opened(struct build *build)
{
    const struct service_incremental_request request = {
        .workspace = &build->workspace,
        .registry_fd = build->site.registry_fd,
        .output = build->output.inside != NULL ? build->output.inside : build->output.path,
        .begun = base_task_date(build->task),
        .jobs = build->request->jobs,
        .ignore = build->request->no_cache,
    };
    build->incremental = service_incremental_begin(&request, build->findings);
    if (build->incremental != NULL && explain(build)) {
        bool finished = service_incremental_unchanged(build->incremental) && finish_unchanged(build);
        if (!finished && load(build)) {
            stage_and_publish(build);
        }
    }
    service_incremental_end(build->incremental);
}

static bool open_workspace(struct build *build)
{
    struct base_findings step;
    base_findings_init(&step);
    bool opened = workspace_open(&build->workspace, &build->site.place, build->task, &step) &&
                  service_output_check(&build->output, &build->site, &build->workspace.registry, &step);
    return service_step_end(build->task, build->findings, &step) && opened;
}

static struct service_pack_summary summary_of(const struct writer_summary *summary)
{
    return (struct service_pack_summary){
        .assets = summary->assets,
        .kept = summary->kept,
        .preloads = summary->preloads,
        .pack_size = summary->pack_size,
        .input_bytes = summary->input_bytes,
    };
}

static enum service_completed completed_of(enum service_moved moved)
{
    switch (moved) {
    case SERVICE_MOVED_ALL:
        return SERVICE_COMPLETED_ALL;
    case SERVICE_MOVED_SOME:
        return SERVICE_COMPLETED_PART;
    case SERVICE_MOVED_NOTHING:
        break;
    }
    return SERVICE_COMPLETED_NONE;
}

/* What a build that was cancelled says. */
static const char *const cancelled_after[] = {
    [SERVICE_COMPLETED_NONE] = "nothing was published; what was there before is untouched",
    [SERVICE_COMPLETED_ALL] =
        "nothing was published; the set of an earlier build, which was killed, was moved into place",
    [SERVICE_COMPLETED_PART] =
        "nothing was published; a part of the set of an earlier build, which was killed, was moved into place",
};

/* With the workspace lock. */
static void build_locked(struct build *build)
{
    struct service_build_result *result = build->result;
    if (!service_output_find(&build->output, &build->site, build->request->output)) {
        build->findings->out_of_memory = true;
    } else if (open_workspace(build)) {
        build_opened(build);
    }
    workspace_close(&build->workspace);
    result->outside = build->output.path != NULL ? service_output_real(&build->output) : NULL;
    result->output = build->output.path;
    build->output.path = NULL;
    service_output_free(&build->output);
    result->summary = summary_of(&build->summary);
}

enum service_status service_build(struct base_task *task, const char *workspace,
                                  const struct service_build_request *request, struct service_build_result *result,
                                  struct base_findings *findings)
{
    *result = (struct service_build_result){
        .published = SERVICE_PUBLISHED_NOT, .explain = request->explain, .report = SERVICE_REPORT_EMPTY};
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    struct build build = {
        .task = task,
        .request = request,
        .wish = {.task = task, .wait = request->wait},
        .result = result,
        .findings = findings,
        .moved = SERVICE_MOVED_NOTHING,
        .workspace = WORKSPACE_EMPTY,
    };
    if (service_lock_workspace(&build.site, &place, &build.wish, &build.moved, findings)) {
        build_locked(&build);
        service_site_close(&build.site);
    }
    result->completed = completed_of(build.moved);
    if (result->published == SERVICE_PUBLISHED_NOT) {
        service_report_cancelled(task, findings, cancelled_after[result->completed]);
    }
    enum service_status status = service_status_of_findings(findings);
    return result->verified ? service_status_worse(status, service_status_of_report(&result->report)) : status;
}

void service_build_result_free(struct service_build_result *result)
{
    free(result->output);
    free(result->outside);
    service_explained_free(&result->explained);
    service_report_free(&result->report);
    *result = (struct service_build_result){.published = SERVICE_PUBLISHED_NOT, .report = SERVICE_REPORT_EMPTY};
}
