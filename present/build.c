#include "present/examination_json.h"
#include "present/examination_text.h"
#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"
#include "present/quantity.h"

static void emit_summary(struct json_emit *emit, const struct service_pack_summary *summary)
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

static void print_json(const struct present_output *output, const struct service_build_result *result,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, "build");
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
        present_json_examination(&emit, &result->report);
    }
    present_json_end(&emit, findings, &result->report.findings, output);
    base_text_free(&text);
}

static void print_published(const struct present_output *output, const struct service_build_result *result)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    const struct service_pack_summary *summary = &result->summary;
    (void)fprintf(output->out, "%s/assets.pa: %s%s, %s\n", result->output, result->unchanged ? "unchanged: " : "",
                  present_quantity_of(summary->assets, "asset", "assets", assets, sizeof assets),
                  present_quantity_of(summary->pack_size, "byte", "bytes", bytes, sizeof bytes));
    if (summary->kept > 0 && !result->unchanged) {
        (void)fprintf(output->out, "  %s taken from the last build\n",
                      present_quantity_of(summary->kept, "asset", "assets", assets, sizeof assets));
    }
    if (!result->verified) {
        return;
    }
    present_verdicts(output, &result->report);
    (void)fprintf(output->out, "  verified%s: %s reread, %s compared\n", result->unchanged ? "" : " before publishing",
                  present_quantity_of(result->report.checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  present_quantity_of(result->report.checked.hashes, "hash", "hashes", hashes, sizeof hashes));
}

static void print_text(const struct present_output *output, const struct service_build_result *result,
                       const struct base_findings *findings)
{
    present_findings(output, findings, output->err, output->quiet);
    present_findings(output, &result->report.findings, output->err, output->quiet);
    if (result->published == SERVICE_PUBLISHED && !output->quiet) {
        print_published(output, result);
    } else if (result->published == SERVICE_PUBLISHED_NOT) {
        (void)fprintf(output->err, "nothing was published%s; what was there before is untouched\n",
                      result->verified ? ": the findings are about the set that was staged" : "");
    }
}

void present_build(const struct present_output *output, const struct service_build_result *result,
                   const struct base_findings *findings)
{
    if (output->json) {
        print_json(output, result, findings);
    } else {
        print_text(output, result, findings);
    }
}
