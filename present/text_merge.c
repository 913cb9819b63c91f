#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

#include <inttypes.h>

void present_text_merge_registry(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_merge_result *result = &answer->result.merge;
    struct base_text line = BASE_TEXT_EMPTY;
    char assets[48];
    char conflicts[48];
    if (!result->merged || output->quiet) {
        return;
    }
    base_text_add_string(&line, result->dry_run ? "would merge the registry: " : "merged the registry: ");
    base_text_addf(&line, "%s, next_asset_id %" PRId64,
                   present_quantity_of(result->asset_count, "asset", "assets", assets, sizeof assets),
                   result->next_asset_id);
    if (result->conflicts.count > 0) {
        base_text_addf(
            &line, "; %s between markers",
            present_quantity_of(result->conflicts.count, "conflict", "conflicts", conflicts, sizeof conflicts));
    }
    base_text_add_char(&line, '\n');
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    }
}
