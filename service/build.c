#include "service/building/check.h"
#include "service/building/stage.h"
#include "service/incremental/explain.h"
#include "service/reached.h"
#include "service/registered.h"
#include "service/step.h"
#include "service/transaction/output_check.h"
#include "service/transaction/publish.h"
#include "service/transaction/reader.h"
#include "service/transaction/settle.h"
#include "workspace/leads.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Nothing has changed ---- */

/* All assets are kept. Returns whether the build is finished; else everything is packed from its sources. */
static bool finish_unchanged(struct service_building *build)
{
    const struct service_path where = service_output_where(&build->output);
    int fd;
    bool entered = service_directory_open(&where, &fd) == 0 &&
                   service_reader_lock(&fd, build->output.path, &build->wish) == 0 && fd >= 0;
    const struct service_left_over left = service_reader_look(entered ? fd : -1);
    bool current = entered && left.commit == SERVICE_LEFT_NOTHING && left.staging == SERVICE_LEFT_NOTHING &&
                   service_incremental_published(build->incremental, fd);
    build->result->in_place = current;
    if (current && build->request->verify && !service_building_verify(build, build->output.path)) {
        service_building_keep_nothing(build, SERVICE_REASON_NOT_CONFORMING);
        current = false;
    }
    service_reader_leave(fd);
    if (current) {
        service_reach(&build->result->reached, SERVICE_REACHED_SOURCES, build->task, build->findings);
        build->summary = service_incremental_summary(build->incremental);
        service_incremental_warn(build->incremental, build->findings);
        build->result->unchanged = service_building_permits(build);
    }
    if (build->result->unchanged && !build->request->check) {
        build->result->published = SERVICE_PUBLISHED;
        service_incremental_renew(build->incremental, build->findings);
    }
    return current;
}

/* ---- Packing ---- */

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

/* Makes and checks the set in the staging directory. False when it must not be published. This is the last place where
 * a task that is cancelled ends the build. */
static bool stage(struct service_building *build, const struct service_publication *publication)
{
    const struct service_stage stage = {
        .fd = publication->staging_fd,
        .path = publication->staging,
        .directory_fd = publication->directory_fd,
    };
    if (!service_stage_make(build, &stage) || !service_building_permits(build)) {
        return false;
    }
    service_incremental_note_staged(build->incremental, publication->staging_fd, &build->summary);
    return !base_task_cancelled(build->task);
}

static void stage_and_publish(struct service_building *build)
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

static bool load(struct service_building *build)
{
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = service_incremental_load(build->incremental, &step);
    bool ended = service_step_end(build->task, build->findings, &step);
    service_reach(&build->result->reached, SERVICE_REACHED_DECLARATIONS, build->task, build->findings);
    return ended && loaded;
}

/* False when memory ran out. */
static bool explain(struct service_building *build)
{
    if (build->request->explain && !service_incremental_explain(build->incremental, &build->result->explained)) {
        build->findings->out_of_memory = true;
    }
    return !build->findings->out_of_memory;
}

/* Of a workspace that is loaded. */
static void end_changed(struct service_building *build)
{
    if (build->request->check) {
        service_check_set(build);
    } else {
        stage_and_publish(build);
    }
}

static void build_opened(struct service_building *build)
{
    const struct service_incremental_request request = {
        .workspace = &build->workspace,
        .registry_fd = build->site.registry_fd,
        .output = build->output.inside != NULL ? build->output.inside : build->output.path,
        .begun = base_task_date(build->task),
        .jobs = build->request->jobs,
        .ignore = build->request->no_cache,
        .show_pixels = build->pictures.wanted,
    };
    build->incremental = service_incremental_begin(&request, build->findings);
    if (build->incremental != NULL && explain(build) &&
        service_depfile_collect(&build->depfile, &build->workspace, build->incremental, build->findings)) {
        service_depfile_warn(&build->depfile, build->findings);
        bool finished = service_incremental_unchanged(build->incremental) && finish_unchanged(build);
        if (!finished && load(build)) {
            end_changed(build);
        }
    }
    service_incremental_end(build->incremental);
}

/* False when memory ran out. */
static bool keep_registered(struct service_building *build)
{
    bool kept = service_registered_copy(&build->result->registered, &build->workspace.registry);
    build->findings->out_of_memory = build->findings->out_of_memory || !kept;
    service_reach(&build->result->reached, SERVICE_REACHED_REGISTRY, build->task, build->findings);
    return kept;
}

static bool open_workspace(struct service_building *build)
{
    struct base_findings step;
    base_findings_init(&step);
    bool opened = workspace_open(&build->workspace, &build->site.place, build->task, &step) && keep_registered(build) &&
                  service_output_check(&build->output, &build->site, &build->workspace.registry, &step);
    return service_step_end(build->task, build->findings, &step) && opened &&
           (!build->request->check || service_check_output(build));
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

/* Opens the site: with the workspace lock, unless the build only checks. */
static bool open_site(struct service_building *build, const struct workspace_place *place)
{
    return build->request->check
               ? service_look_at_workspace(&build->site, place, &build->wish, build->findings)
               : service_lock_workspace(&build->site, place, &build->wish, &build->moved, build->findings);
}

/* When all declarations were read, right or wrong, or the registry is at fault: then the build cannot come to more
 * before the registry has changed. What could not be read must not take the place of dependencies that an earlier build
 * knew. */
static void write_depfile(struct service_building *build)
{
    bool faulty = build->workspace.assets_fd < 0 && service_status_of_findings(build->findings) == SERVICE_STATUS_WRONG;
    bool known = build->depfile.collected || faulty;
    if (known && !build->findings->out_of_memory && !base_task_cancelled(build->task)) {
        service_depfile_write(&build->depfile, &build->result->depfile, build->findings);
    }
}

/* With an open site. */
static void build_here(struct service_building *build)
{
    struct service_build_result *result = build->result;
    if (!service_output_find(&build->output, &build->site, build->request->output)) {
        build->findings->out_of_memory = true;
    } else if (service_depfile_begin(&build->depfile, &build->site, &build->output, build->request, build->findings) &&
               service_pictures_begin(&build->pictures, &build->site, build->request, build->findings)) {
        if (open_workspace(build)) {
            build_opened(build);
            workspace_lead_on(&build->workspace, build->findings);
        }
        write_depfile(build);
        service_pictures_finish(&build->pictures, result, build->findings);
    }
    service_depfile_end(&build->depfile);
    service_pictures_end(&build->pictures);
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
        .check = request->check,
        .published = SERVICE_PUBLISHED_NOT,
        .explain = request->explain,
        .report = SERVICE_REPORT_EMPTY,
    };
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    struct service_building build = {
        .task = task,
        .request = request,
        .wish = {.task = task, .wait = request->wait},
        .result = result,
        .findings = findings,
        .moved = SERVICE_MOVED_NOTHING,
        .workspace = WORKSPACE_EMPTY,
        .policy = service_policy_of(&request->findings, true),
    };
    if (open_site(&build, &place)) {
        build_here(&build);
        service_site_close(&build.site);
    }
    result->completed = completed_of(build.moved);
    if (result->published == SERVICE_PUBLISHED_NOT) {
        service_report_cancelled(task, findings,
                                 request->check ? "the check is not complete" : cancelled_after[result->completed]);
    }
    enum service_status status = service_status_of_findings(findings);
    return result->verified ? service_status_worse(status, service_status_of_report(&result->report)) : status;
}

void service_build_result_free(struct service_build_result *result)
{
    free(result->output);
    free(result->outside);
    free(result->depfile);
    free(result->image);
    service_explained_free(&result->explained);
    service_registered_free(&result->registered);
    service_report_free(&result->report);
    *result = (struct service_build_result){.published = SERVICE_PUBLISHED_NOT, .report = SERVICE_REPORT_EMPTY};
}
