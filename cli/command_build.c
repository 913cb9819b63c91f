#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/progress.h"
#include "cli/quantity.h"
#include "cli/report_json.h"
#include "cli/report_text.h"

/* Writing and verifying follow each other: each shows a line of its own. */
struct build_progress {
    struct pp_progress writing;
    struct pp_progress verifying;
    bool verifies; /* the first is done */
};

static void tell_writing(void *context, uint64_t bytes_done, uint64_t bytes_total, size_t assets_done,
                         size_t assets_total)
{
    struct build_progress *progress = context;
    pp_progress_of_writing(&progress->writing, bytes_done, bytes_total, assets_done, assets_total);
}

static void tell_verifying(void *context, uint64_t bytes_done, uint64_t bytes_total)
{
    struct build_progress *progress = context;
    if (!progress->verifies) {
        progress->verifies = true;
        pp_progress_end(&progress->writing);
        pp_progress_restart(&progress->verifying);
    }
    pp_progress_of_verifying(&progress->verifying, bytes_done, bytes_total);
}

static void emit_summary(struct pp_json_emit *emit, const struct pp_write_summary *summary)
{
    pp_json_emit_key(emit, "summary");
    pp_json_emit_object(emit);
    pp_json_emit_key(emit, "assets");
    pp_json_emit_u64(emit, summary->assets);
    pp_json_emit_key(emit, "kept");
    pp_json_emit_u64(emit, summary->kept);
    pp_json_emit_key(emit, "preloads");
    pp_json_emit_u64(emit, summary->preloads);
    pp_json_emit_key(emit, "pack_size");
    pp_json_emit_u64(emit, summary->pack_size);
    pp_json_emit_key(emit, "input_bytes");
    pp_json_emit_u64(emit, summary->input_bytes);
    pp_json_emit_object_end(emit);
}

static void print_json(const struct pp_context *context, const struct pp_build_result *result,
                       const struct pp_findings *findings)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_report_begin(&emit, "build");
    pp_json_emit_key(&emit, "output");
    pp_json_emit_string(&emit, result->output);
    pp_json_emit_key(&emit, "published");
    pp_json_emit_bool(&emit, result->published == PP_PUBLISHED);
    pp_json_emit_key(&emit, "unchanged");
    pp_json_emit_bool(&emit, result->unchanged);
    pp_json_emit_key(&emit, "verified");
    pp_json_emit_bool(&emit, result->verified);
    emit_summary(&emit, &result->summary);
    if (result->verified) {
        pp_json_report_examination(&emit, &result->report);
    }
    pp_json_report_end(&emit, findings, &result->report.findings, context);
    pp_text_free(&text);
}

static void print_published(const struct pp_context *context, const struct pp_build_result *result)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    const struct pp_write_summary *summary = &result->summary;
    (void)fprintf(context->out, "%s/assets.pa: %s%s, %s\n", result->output, result->unchanged ? "unchanged: " : "",
                  pp_quantity_of(summary->assets, "asset", "assets", assets, sizeof assets),
                  pp_quantity_of(summary->pack_size, "byte", "bytes", bytes, sizeof bytes));
    if (summary->kept > 0 && !result->unchanged) {
        (void)fprintf(context->out, "  %s taken from the last build\n",
                      pp_quantity_of(summary->kept, "asset", "assets", assets, sizeof assets));
    }
    if (!result->verified) {
        (void)fputs("  not verified: run prpack verify, or build with --verify\n", context->out);
        return;
    }
    pp_report_print_verdicts(context, &result->report);
    (void)fprintf(context->out, "  verified%s: %s reread, %s compared\n", result->unchanged ? "" : " before publishing",
                  pp_quantity_of(result->report.checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  pp_quantity_of(result->report.checked.hashes, "hash", "hashes", hashes, sizeof hashes));
}

static void print_text(const struct pp_context *context, const struct pp_build_result *result,
                       const struct pp_findings *findings)
{
    pp_findings_print(findings, context->err, context->color_err, context->quiet);
    pp_findings_print(&result->report.findings, context->err, context->color_err, context->quiet);
    if (result->published == PP_PUBLISHED && !context->quiet) {
        print_published(context, result);
    } else if (result->published == PP_PUBLISHED_NOT) {
        (void)fprintf(context->err, "nothing was published%s; what was there before is untouched\n",
                      result->verified ? ": the findings are about the set that was staged" : "");
    }
}

enum pp_status pp_command_build(const struct pp_context *context)
{
    struct build_progress progress = {
        .writing = pp_progress_start(context, "packing"),
        .verifying = pp_progress_start(context, "verifying"),
    };
    const struct pp_arguments *arguments = context->arguments;
    const struct pp_build_options options = {
        .output = arguments->value[PP_OPTION_OUTPUT],
        .verify = arguments->given[PP_OPTION_VERIFY],
        .wait = arguments->given[PP_OPTION_WAIT],
        .no_cache = arguments->given[PP_OPTION_NO_CACHE],
        .jobs = arguments->jobs,
        .write_progress = tell_writing,
        .verify_progress = tell_verifying,
        .progress_context = &progress,
    };
    struct pp_build_result result;
    struct pp_findings findings;
    pp_findings_init(&findings);
    enum pp_status status = pp_service_build(".", &options, &result, &findings);
    pp_progress_end(&progress.writing);
    pp_progress_end(&progress.verifying);
    if (context->json) {
        print_json(context, &result, &findings);
    } else {
        print_text(context, &result, &findings);
    }
    pp_build_result_free(&result);
    pp_findings_free(&findings);
    return status;
}
