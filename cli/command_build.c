#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/progress.h"
#include "cli/quantity.h"
#include "cli/report_json.h"
#include "cli/report_text.h"

/* Writing and verifying follow each other: each shows a line of its own. */
struct build_progress {
    struct cli_progress writing;
    struct cli_progress verifying;
    bool verifies; /* the first is done */
};

static void tell_writing(void *context, uint64_t bytes_done, uint64_t bytes_total, size_t assets_done,
                         size_t assets_total)
{
    struct build_progress *progress = context;
    cli_progress_of_writing(&progress->writing, bytes_done, bytes_total, assets_done, assets_total);
}

static void tell_verifying(void *context, uint64_t bytes_done, uint64_t bytes_total)
{
    struct build_progress *progress = context;
    if (!progress->verifies) {
        progress->verifies = true;
        cli_progress_end(&progress->writing);
        cli_progress_restart(&progress->verifying);
    }
    cli_progress_of_verifying(&progress->verifying, bytes_done, bytes_total);
}

static void emit_summary(struct json_emit *emit, const struct writer_summary *summary)
{
    json_emit_key(emit, "summary");
    json_emit_object(emit);
    json_emit_key(emit, "assets");
    json_emit_u64(emit, summary->assets);
    json_emit_key(emit, "kept");
    json_emit_u64(emit, summary->kept);
    json_emit_key(emit, "preloads");
    json_emit_u64(emit, summary->preloads);
    json_emit_key(emit, "pack_size");
    json_emit_u64(emit, summary->pack_size);
    json_emit_key(emit, "input_bytes");
    json_emit_u64(emit, summary->input_bytes);
    json_emit_object_end(emit);
}

static void print_json(const struct cli_context *context, const struct service_build_result *result,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    cli_json_report_begin(&emit, "build");
    json_emit_key(&emit, "output");
    json_emit_string(&emit, result->output);
    json_emit_key(&emit, "published");
    json_emit_bool(&emit, result->published == SERVICE_PUBLISHED);
    json_emit_key(&emit, "unchanged");
    json_emit_bool(&emit, result->unchanged);
    json_emit_key(&emit, "verified");
    json_emit_bool(&emit, result->verified);
    emit_summary(&emit, &result->summary);
    if (result->verified) {
        cli_json_report_examination(&emit, &result->report);
    }
    cli_json_report_end(&emit, findings, &result->report.findings, context);
    base_text_free(&text);
}

static void print_published(const struct cli_context *context, const struct service_build_result *result)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    const struct writer_summary *summary = &result->summary;
    (void)fprintf(context->out, "%s/assets.pa: %s%s, %s\n", result->output, result->unchanged ? "unchanged: " : "",
                  cli_quantity_of(summary->assets, "asset", "assets", assets, sizeof assets),
                  cli_quantity_of(summary->pack_size, "byte", "bytes", bytes, sizeof bytes));
    if (summary->kept > 0 && !result->unchanged) {
        (void)fprintf(context->out, "  %s taken from the last build\n",
                      cli_quantity_of(summary->kept, "asset", "assets", assets, sizeof assets));
    }
    if (!result->verified) {
        (void)fputs("  not verified: run prpack verify, or build with --verify\n", context->out);
        return;
    }
    cli_report_print_verdicts(context, &result->report);
    (void)fprintf(context->out, "  verified%s: %s reread, %s compared\n", result->unchanged ? "" : " before publishing",
                  cli_quantity_of(result->report.checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  cli_quantity_of(result->report.checked.hashes, "hash", "hashes", hashes, sizeof hashes));
}

static void print_text(const struct cli_context *context, const struct service_build_result *result,
                       const struct base_findings *findings)
{
    cli_findings_print(findings, context->err, context->color_err, context->quiet);
    cli_findings_print(&result->report.findings, context->err, context->color_err, context->quiet);
    if (result->published == SERVICE_PUBLISHED && !context->quiet) {
        print_published(context, result);
    } else if (result->published == SERVICE_PUBLISHED_NOT) {
        (void)fprintf(context->err, "nothing was published%s; what was there before is untouched\n",
                      result->verified ? ": the findings are about the set that was staged" : "");
    }
}

enum service_status cli_command_build(const struct cli_context *context)
{
    struct build_progress progress = {
        .writing = cli_progress_start(context, "packing"),
        .verifying = cli_progress_start(context, "verifying"),
    };
    const struct cli_arguments *arguments = context->arguments;
    const struct service_build_options options = {
        .output = arguments->value[CLI_OPTION_OUTPUT],
        .verify = arguments->given[CLI_OPTION_VERIFY],
        .wait = arguments->given[CLI_OPTION_WAIT],
        .no_cache = arguments->given[CLI_OPTION_NO_CACHE],
        .jobs = arguments->jobs,
        .write_progress = tell_writing,
        .verify_progress = tell_verifying,
        .progress_context = &progress,
    };
    struct service_build_result result;
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_build(".", &options, &result, &findings);
    cli_progress_end(&progress.writing);
    cli_progress_end(&progress.verifying);
    if (context->json) {
        print_json(context, &result, &findings);
    } else {
        print_text(context, &result, &findings);
    }
    service_build_result_free(&result);
    base_findings_free(&findings);
    return status;
}
