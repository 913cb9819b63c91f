#include "service/building/stage.h"

#include "base/report.h"
#include "service/examination/examine.h"
#include "service/incremental/explain.h"
#include "service/reached.h"
#include "service/step.h"

static bool verify(struct service_building *build, const struct service_examination *examination)
{
    const struct service_examination_options options = {
        .sources = build->workspace.project,
        .assets = build->request->assets,
        .max_decoded = build->request->max_decoded,
        .jobs = build->request->jobs,
        .policy = &build->policy,
    };
    struct service_report *report = &build->result->report;
    if (!service_examine(build->task, examination, &options, report)) {
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

bool service_building_verify(struct service_building *build, const char *directory)
{
    const struct service_examination examination = {
        .examined = SERVICE_EXAMINED_BUILD,
        .path = directory,
        .shown = build->output.path,
    };
    return verify(build, &examination);
}

void service_building_keep_nothing(struct service_building *build, enum service_build_reason reason)
{
    service_report_free(&build->result->report);
    build->result->verified = false;
    service_incremental_forget(build->incremental);
    service_explained_pack_all(&build->result->explained, reason);
}

static bool write_artifacts(struct service_building *build, const struct service_stage *stage,
                            const struct writer_provider *provider)
{
    const struct writer_memory memory = service_memory_writer(stage->memory);
    const struct writer_pictures pictures = service_pictures_writer(&build->pictures);
    const struct writer_options options = {
        .task = build->task,
        .jobs = build->request->jobs,
        .max_decoded = build->request->max_decoded,
        .provider = provider,
        .memory = stage->memory != NULL ? &memory : NULL,
        .pictures = build->pictures.wanted ? &pictures : NULL,
        .packed = service_incremental_note,
        .packed_context = build->incremental,
    };
    service_incremental_note_begin(build->incremental);
    base_findings_free(&build->written);
    base_findings_init(&build->written);
    return writer_write_artifacts(&build->workspace, stage->fd, stage->path, &options, &build->summary,
                                  &build->written);
}

/* Returns 0 or an errno value. */
static int empty(const struct service_stage *stage)
{
    if (stage->memory != NULL) {
        service_memory_empty(stage->memory);
    }
    return stage->fd >= 0 ? service_staging_empty(stage->fd) : 0;
}

/* Packs everything from its sources, in place of what was staged with payloads of the last build. */
static bool write_anew(struct service_building *build, const struct service_stage *stage,
                       enum service_build_reason reason)
{
    service_building_keep_nothing(build, reason);
    int problem = empty(stage);
    if (problem != 0) {
        const struct base_place place = {.file = stage->path};
        base_report_write_failure(build->findings, &place, "clear the staging directory", problem);
        return false;
    }
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = workspace_load(&build->workspace, &step);
    return service_step_end(build->task, build->findings, &step) && loaded && write_artifacts(build, stage, NULL);
}

/* Packs from the sources what the last build does not have; everything when its payloads cannot be used. */
static bool write_all(struct service_building *build, const struct service_stage *stage)
{
    struct writer_provider provider;
    if (!service_incremental_keeps(build->incremental)) {
        return write_artifacts(build, stage, NULL);
    }
    if (service_incremental_provide(build->incremental, stage->directory_fd, &provider)) {
        bool written = write_artifacts(build, stage, &provider);
        if (written || !build->summary.stale) {
            return written;
        }
    }
    return write_anew(build, stage, SERVICE_REASON_LAST_PACK);
}

static bool verify_memory(struct service_building *build, struct service_memory *memory)
{
    struct base_bytes artifacts[SERVICE_ARTIFACT_COUNT];
    if (service_memory_bytes(memory, artifacts) != 0) {
        base_report_out_of_memory(build->findings, build->output.path);
        return false;
    }
    const struct service_examination examination = {
        .examined = SERVICE_EXAMINED_MEMORY,
        .artifacts = artifacts,
        .path = build->output.path,
        .shown = build->output.path,
    };
    return verify(build, &examination);
}

static bool verify_stage(struct service_building *build, const struct service_stage *stage)
{
    return stage->memory != NULL ? verify_memory(build, stage->memory) : service_building_verify(build, stage->path);
}

/* What the last build is said to have packed may be at fault: then everything is packed from its sources. */
static bool check(struct service_building *build, const struct service_stage *stage)
{
    if (verify_stage(build, stage)) {
        return true;
    }
    if (!build->result->verified || build->summary.kept == 0) {
        return false;
    }
    return write_anew(build, stage, SERVICE_REASON_NOT_CONFORMING) && verify_stage(build, stage);
}

bool service_building_permits(struct service_building *build)
{
    return service_policy_permits(&build->policy, build->findings) && base_findings_errors(build->findings) == 0;
}

bool service_stage_make(struct service_building *build, const struct service_stage *stage)
{
    base_findings_init(&build->written);
    bool made = write_all(build, stage);
    if (made || base_findings_errors(&build->written) > 0) { /* else the writer did not begin */
        service_reach(&build->result->reached, SERVICE_REACHED_SOURCES, build->task, &build->written);
    }
    made = made && (!build->request->verify || check(build, stage));
    return service_step_end(build->task, build->findings, &build->written) && made;
}
