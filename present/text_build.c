#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

/* What the line about the set says before its size. */
static const char *state_of(const struct service_build_result *result)
{
    return result->unchanged ? "unchanged: " : result->would_publish ? "would be published: " : "";
}

/* Where the set was verified. */
static const char *where_verified(const struct service_build_result *result)
{
    return result->unchanged ? "" : result->check ? " in memory" : " before publishing";
}

/* The set that was published, or would be. */
static void print_set(const struct present_output *output, const struct service_build_result *result,
                      const struct base_findings *findings)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    const struct service_pack_summary *summary = &result->summary;
    (void)fprintf(output->out, "%s/assets.pa: %s%s, %s\n", result->output, state_of(result),
                  present_quantity_of(summary->assets, "asset", "assets", assets, sizeof assets),
                  present_quantity_of(summary->pack_size, "byte", "bytes", bytes, sizeof bytes));
    if (result->outside != NULL) {
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_add_printable(&line, base_bytes_of_string(result->outside), 4096);
        (void)fprintf(output->out, "  outside of the project: %s\n", base_text_string(&line));
        base_text_free(&line);
    }
    if (summary->kept > 0 && !result->unchanged) {
        (void)fprintf(output->out, "  %s taken from the last build\n",
                      present_quantity_of(summary->kept, "asset", "assets", assets, sizeof assets));
    }
    if (!result->verified) {
        return;
    }
    present_text_verdicts(output, &result->report, findings);
    (void)fprintf(output->out, "  verified%s: %s reread, %s compared\n", where_verified(result),
                  present_quantity_of(result->report.checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  present_quantity_of(result->report.checked.hashes, "hash", "hashes", hashes, sizeof hashes));
}

/* Where the pictures are that show what is wrong. */
static void print_pictures(const struct present_output *output, const struct service_build_result *result)
{
    char others[48];
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_printable(&line, base_bytes_of_string(result->image), 4096);
    if (result->image_count > 1) {
        base_text_addf(&line, " and in %s beside it",
                       present_quantity_of(result->image_count - 1, "picture", "pictures", others, sizeof others));
    }
    (void)fprintf(output->err, "the pixels are marked in %s\n", base_text_string(&line));
    base_text_free(&line);
}

/* What is true of the files of earlier builds when this one has published nothing. */
static const char *const before[] = {
    [SERVICE_COMPLETED_NONE] = "what was there before is untouched",
    [SERVICE_COMPLETED_ALL] = "the set of an earlier build, which was killed, was moved into place",
    [SERVICE_COMPLETED_PART] = "a part of the set of an earlier build, which was killed, was moved into place",
};

void present_text_build(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_build_result *result = &answer->result.build;
    bool set = result->published == SERVICE_PUBLISHED || result->unchanged || result->would_publish;
    if (set && !output->quiet) {
        print_set(output, result, &answer->findings);
    }
    if (result->explain && !output->quiet) {
        present_text_reasons(output, result);
    }
    if (result->image != NULL && !output->quiet) {
        print_pictures(output, result);
    }
    if (!set && result->check) {
        (void)fputs("nothing was written; a build would publish nothing\n", output->err);
    } else if (!set && result->published == SERVICE_PUBLISHED_NOT) {
        (void)fprintf(output->err, "nothing was published%s; %s\n",
                      result->verified ? ": the findings are about the set that was staged" : "",
                      before[result->completed]);
    }
}
