/* One run of the writer: probe all assets, lay the pack out, encode them into it, write the companions. */
#include "base/parallel.h"
#include "writer/emit/companions.h"
#include "writer/encode/encode.h"
#include "writer/encode/reuse.h"
#include "writer/plan/budget.h"
#include "writer/probe/probe.h"
#include "writer/report.h"
#include "writer/writer.h"

#include <stdlib.h>

/* One run. */
struct build {
    const struct workspace *workspace;
    struct writer_staging staging;
    const struct writer_options *options;
    struct base_findings *findings;
    uint64_t errors_before; /* what the caller's findings had already */
    struct writer_plan plan;
    struct writer_header header;
    struct writer_out pack;
    struct writer_region region;
    struct base_meter probed; /* assets */
    bool stale;               /* a payload of the provider is not as it says */
};

static struct writer_work work_of(struct build *build, size_t index, struct base_findings *findings)
{
    return (struct writer_work){
        .subject = {.task = build->options->task,
                    .workspace = build->workspace,
                    .asset = &build->workspace->assets[index],
                    .findings = findings,
                    .pictures = build->options->pictures,
                    .sheets = build->options->sheets},
        .planned = &build->plan.assets[index],
    };
}

static void probe_one(void *context, size_t index, struct base_findings *findings)
{
    struct build *build = context;
    struct writer_work work = work_of(build, index, findings);
    if (work.planned->packed == NULL) {
        writer_probe(&work);
    }
    base_meter_add(&build->probed, 1);
}

/* Gives the warnings about an asset again that is not packed in this run. */
static void repeat_warnings(const struct writer_work *work)
{
    const struct writer_subject *subject = &work->subject;
    for (size_t i = 0; i < work->planned->warnings.count; i++) {
        const struct writer_warning *warning = &work->planned->warnings.items[i];
        char *file = workspace_input_display(subject->workspace, subject->asset, warning->input);
        subject->findings->out_of_memory = subject->findings->out_of_memory || file == NULL;
        writer_warning_report(warning, file, subject->asset->record->asset_id, subject->findings);
        free(file);
    }
}

static void encode_one(void *context, size_t index, struct base_findings *findings)
{
    struct build *build = context;
    struct writer_work work = work_of(build, index, findings);
    /* A disk that is full stays full: nothing is decoded for it any more. */
    bool writable = build->region.pack == NULL || !atomic_load(&build->region.pack->failed);
    if (work.planned->packed != NULL) {
        repeat_warnings(&work);
    } else if (writable) {
        writer_encode(&work, &build->region);
    }
}

/* Whether nothing is in the way of going on. */
static bool is_clean(const struct build *build)
{
    return base_findings_errors(build->findings) == build->errors_before && !build->findings->out_of_memory &&
           !base_task_cancelled(build->options->task);
}

static bool report_too_large(struct base_findings *findings, const char *what)
{
    base_report(findings, DIAG_PACK_TOO_LARGE, NULL, "%s", what);
    return false;
}

/* Finds out how large each payload will be. */
static bool probe_all(struct build *build)
{
    writer_slots_assign(&build->plan.slots, build->workspace, build->findings);
    base_meter_begin(&build->probed, build->options->task, BASE_PHASE_PROBING, BASE_UNIT_ASSETS, build->plan.count);
    base_parallel_each(build->options->task, build->options->jobs, build->plan.count, probe_one, build,
                       build->findings);
    base_meter_end(&build->probed);
    uint64_t budget = build->options->max_decoded != 0 ? build->options->max_decoded : WRITER_DECODED_DEFAULT;
    writer_plan_check_budget(&build->plan, build->workspace, budget, build->findings);
    return is_clean(build);
}

/* Prints the header: after this every byte of the pack has its place. */
static bool lay_out(struct build *build)
{
    if (!writer_plan_lay_out(&build->plan)) {
        return report_too_large(build->findings, "the payloads together pass 2^53-1 bytes");
    }
    if (writer_header_print(&build->header, &build->plan, WRITER_HEADER_LEN_MAX)) {
        return true;
    }
    if (base_text_out_of_memory(&build->header.asset_table) || base_text_out_of_memory(&build->header.preload)) {
        return writer_report_memory(build->findings);
    }
    return report_too_large(build->findings, "the header would pass 256 MiB");
}

/* Encodes all assets; into the pack when there is going to be one, else to find what is wrong with them, too. */
static bool encode_all(struct build *build)
{
    struct base_meter written;
    /* Without a pack nothing is written, so there is no progress to show. */
    base_meter_begin(&written, build->region.pack != NULL ? build->options->task : NULL, BASE_PHASE_PACKING,
                     BASE_UNIT_BYTES, build->plan.payload_size);
    build->region.written = &written;
    if (build->region.pack != NULL && build->options->provider != NULL) {
        build->stale = !writer_reuse(&build->plan, build->options, &build->region, build->findings);
    }
    if (!build->stale) {
        base_parallel_each(build->options->task, build->options->jobs, build->plan.count, encode_one, build,
                           build->findings);
    }
    base_meter_end(&written);
    build->region.written = NULL;
    return !build->stale && is_clean(build);
}

static bool write_pack(struct build *build, struct writer_pack_facts *facts)
{
    struct base_findings *findings = build->findings;
    build->region.pack = &build->pack;
    build->region.position = writer_payload_offset(&build->header);
    facts->size = build->region.position + build->plan.payload_size;
    if (!writer_out_create(&build->pack, &build->staging, "assets.pa", findings)) {
        return false;
    }
    build->pack.task = build->options->task;
    bool done = writer_out_reserve(&build->pack, facts->size, findings) &&
                writer_header_write(&build->header, &build->pack, findings) && encode_all(build) &&
                writer_out_hash(&build->pack, facts->size, build->options->task, build->options->jobs, &facts->hash,
                                findings) &&
                writer_out_finish(&build->pack, findings);
    writer_out_abandon(&build->pack);
    return done;
}

static bool write_all(struct build *build, struct writer_summary *summary)
{
    struct writer_pack_facts facts;
    if (!write_pack(build, &facts) || !writer_write_asset_table(&build->staging, &build->header, build->findings) ||
        !writer_write_preload(&build->staging, &build->header, build->findings) ||
        !writer_write_metadata(&build->staging, &build->plan, &build->header, &facts, build->findings)) {
        return false;
    }
    *summary = (struct writer_summary){
        .assets = build->plan.count,
        .kept = writer_plan_kept(&build->plan),
        .preloads = build->plan.slots.count,
        .pack_size = facts.size,
        .payload_offset = build->region.position,
        .input_bytes = writer_plan_input_bytes(&build->plan),
        .pack_hash = facts.hash,
    };
    return true;
}

bool writer_write_artifacts(const struct workspace *workspace, int staging_fd, const char *staging_display,
                            const struct writer_options *options, struct writer_summary *summary,
                            struct base_findings *findings)
{
    struct build build = {
        .workspace = workspace,
        .errors_before = base_findings_errors(findings),
        .staging = {.task = options->task, .fd = staging_fd, .display = staging_display, .memory = options->memory},
        .options = options,
        .findings = findings,
        .header = {.asset_table = BASE_TEXT_EMPTY, .preload = BASE_TEXT_EMPTY},
    };
    *summary = (struct writer_summary){.assets = 0};
    if (!writer_plan_create(&build.plan, options->task, workspace, options->provider)) {
        return writer_report_memory(findings);
    }
    bool done = false;
    if (probe_all(&build)) {
        done = lay_out(&build) && write_all(&build, summary);
    } else if (!base_findings_any(findings, DIAG_CLASS_E) && !findings->out_of_memory) {
        (void)encode_all(&build); /* for the faults that only pixels and samples show */
    }
    if (done && options->packed != NULL) {
        writer_plan_report(&build.plan, options->packed, options->packed_context);
    }
    summary->stale = build.stale && is_clean(&build);
    writer_header_free(&build.header);
    writer_plan_free(&build.plan);
    return done;
}
