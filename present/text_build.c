#include "present/quantity.h"
#include "present/text_answers.h"

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
    present_text_verdicts(output, &result->report);
    (void)fprintf(output->out, "  verified%s: %s reread, %s compared\n", result->unchanged ? "" : " before publishing",
                  present_quantity_of(result->report.checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  present_quantity_of(result->report.checked.hashes, "hash", "hashes", hashes, sizeof hashes));
}

void present_text_build(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_build_result *result = &answer->result.build;
    if (result->published == SERVICE_PUBLISHED && !output->quiet) {
        print_published(output, result);
    } else if (result->published == SERVICE_PUBLISHED_NOT) {
        (void)fprintf(output->err, "nothing was published%s; what was there before is untouched\n",
                      result->verified ? ": the findings are about the set that was staged" : "");
    }
}
