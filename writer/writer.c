#include "writer/writer.h"

#include "writer/companions.h"
#include "writer/encode.h"
#include "writer/probe.h"
#include "writer/report.h"
#include "writer/reuse.h"
#include "writer/workers.h"

/* One run. */
struct build {
    const struct pp_workspace *workspace;
    struct pp_staging staging;
    const struct pp_write_options *options;
    struct pp_findings *findings;
    uint64_t errors_before; /* what the caller's findings had already */
    struct pp_plan plan;
    struct pp_header header;
    struct pp_out pack;
    struct pp_region region;
    bool stale; /* the earlier pack is not as recorded */
};

static struct pp_work work_of(struct build *build, size_t index, struct pp_findings *findings)
{
    return (struct pp_work){
        .subject = {.workspace = build->workspace, .asset = &build->workspace->assets[index], .findings = findings},
        .planned = &build->plan.assets[index],
    };
}

static void probe_one(void *context, size_t index, struct pp_findings *findings)
{
    struct build *build = context;
    struct pp_work work = work_of(build, index, findings);
    if (work.planned->made == NULL) {
        pp_writer_probe(&work);
    }
}

static void encode_one(void *context, size_t index, struct pp_findings *findings)
{
    struct build *build = context;
    struct pp_work work = work_of(build, index, findings);
    /* A disk that is full stays full: nothing is decoded for it any more. */
    bool writable = build->region.pack == NULL || !atomic_load(&build->region.pack->failed);
    if (writable && work.planned->made == NULL) {
        pp_writer_encode(&work, &build->region);
    }
}

static bool is_clean(const struct build *build)
{
    return pp_findings_errors(build->findings) == build->errors_before && !build->findings->out_of_memory;
}

static bool report_too_large(struct pp_findings *findings, const char *what)
{
    struct pp_place nowhere = PP_NOWHERE;
    pp_findings_add(findings, PP_PACK_TOO_LARGE, &nowhere, NULL, NULL, "%s", what);
    return false;
}

/* Finds out how large each payload will be. */
static bool probe_all(struct build *build)
{
    pp_writer_slots_assign(&build->plan.slots, build->workspace, build->findings);
    pp_writer_workers_run(build->options->jobs, build->plan.count, probe_one, build, build->findings);
    return is_clean(build);
}

/* Prints the header: after this every byte of the pack has its place. */
static bool lay_out(struct build *build)
{
    if (!pp_writer_plan_lay_out(&build->plan)) {
        return report_too_large(build->findings, "the payloads together pass 2^53-1 bytes");
    }
    if (pp_writer_header_print(&build->header, &build->plan, PP_LAYOUT_HEADER_LEN_MAX)) {
        return true;
    }
    if (pp_text_failed(&build->header.asset_table) || pp_text_failed(&build->header.preload)) {
        return pp_writer_report_memory(build->findings);
    }
    return report_too_large(build->findings, "the header would pass 256 MiB");
}

/* Encodes all assets; into the pack when there is going to be one, else to find what is wrong with them, too. */
static bool encode_all(struct build *build)
{
    struct pp_progress progress;
    if (!pp_writer_progress_begin(&progress, build->options, build->plan.payload_size, build->plan.count)) {
        return pp_writer_report_memory(build->findings);
    }
    if (build->region.pack == NULL) {
        progress.report = NULL; /* nothing is being made */
    }
    build->region.progress = &progress;
    if (build->region.pack != NULL && build->options->earlier != NULL) {
        build->stale = !pp_writer_reuse(&build->plan, build->options, &build->region, build->findings);
    }
    if (!build->stale) {
        pp_writer_workers_run(build->options->jobs, build->plan.count, encode_one, build, build->findings);
    }
    pp_writer_progress_end(&progress);
    build->region.progress = NULL;
    return !build->stale && is_clean(build);
}

static bool write_pack(struct build *build, struct pp_pack_facts *facts)
{
    struct pp_findings *findings = build->findings;
    build->region.pack = &build->pack;
    build->region.position = pp_writer_payload_offset(&build->header);
    facts->size = build->region.position + build->plan.payload_size;
    bool done = pp_writer_out_create(&build->pack, build->staging.fd, build->staging.display, "assets.pa", findings) &&
                pp_writer_out_reserve(&build->pack, facts->size, findings) &&
                pp_writer_header_write(&build->header, &build->pack, findings) && encode_all(build) &&
                pp_writer_out_hash(&build->pack, facts->size, build->options->jobs, &facts->hash, findings) &&
                pp_writer_out_finish(&build->pack, findings);
    pp_writer_out_abandon(&build->pack);
    return done;
}

static bool write_all(struct build *build, struct pp_write_summary *summary)
{
    struct pp_pack_facts facts;
    if (!write_pack(build, &facts) || !pp_writer_write_asset_table(&build->staging, &build->header, build->findings) ||
        !pp_writer_write_preload(&build->staging, &build->header, build->findings) ||
        !pp_writer_write_metadata(&build->staging, &build->plan, &build->header, &facts, build->findings)) {
        return false;
    }
    *summary = (struct pp_write_summary){
        .assets = build->plan.count,
        .kept = pp_writer_plan_kept(&build->plan),
        .preloads = build->plan.slots.count,
        .pack_size = facts.size,
        .payload_offset = build->region.position,
        .input_bytes = pp_writer_plan_input_bytes(&build->plan),
        .pack_hash = facts.hash,
    };
    return true;
}

bool pp_write_artifacts(const struct pp_workspace *workspace, int staging_fd, const char *staging_display,
                        const struct pp_write_options *options, struct pp_write_summary *summary,
                        struct pp_findings *findings)
{
    struct build build = {
        .workspace = workspace,
        .errors_before = pp_findings_errors(findings),
        .staging = {.fd = staging_fd, .display = staging_display},
        .options = options,
        .findings = findings,
        .header = {.asset_table = PP_TEXT_EMPTY, .preload = PP_TEXT_EMPTY},
    };
    *summary = (struct pp_write_summary){.assets = 0};
    if (!pp_writer_plan_create(&build.plan, workspace, options->earlier)) {
        return pp_writer_report_memory(findings);
    }
    bool done = false;
    if (probe_all(&build)) {
        done = lay_out(&build) && write_all(&build, summary);
    } else if (!pp_findings_any(findings, PP_CLASS_E) && !findings->out_of_memory) {
        (void)encode_all(&build); /* for the faults that only pixels and samples show */
    }
    if (done && options->made != NULL) {
        pp_writer_plan_tell(&build.plan, options->made, options->made_context);
    }
    summary->stale = build.stale && is_clean(&build);
    pp_writer_header_free(&build.header);
    pp_writer_plan_free(&build.plan);
    return done;
}
