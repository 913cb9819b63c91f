#include "base/text.h"
#include "present/text_answers.h"

void present_text_add(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_add_result *result = &answer->result.add;
    if (!result->added || output->quiet) {
        return;
    }
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "%s asset %d \"", result->dry_run ? "would add" : "added", (int)result->asset_id);
    base_text_add_printable(&line, base_bytes_of_string(result->name), 200);
    base_text_addf(&line, "\" as %s from ", result->format);
    base_text_add_printable(&line, base_bytes_of_string(result->path), 4096);
    base_text_add_string(&line, result->wrote_declaration && !result->dry_run ? " (wrote its asset.json)\n" : "\n");
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
    /* All roots share the registry, which is the last file of each plan: it is shown once. */
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count - (result->last ? 0 : 1));
    }
}
