#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

/* What was asked for is the output, so quiet does not leave it out. */
void present_text_ids(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_ids_result *result = &answer->result.ids;
    if (result->text != NULL) {
        (void)fputs(result->text, output->out);
    } else if (result->file != NULL && !output->quiet) {
        char assets[48];
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_add_printable(&line, base_bytes_of_string(result->file), 4096);
        (void)fprintf(output->out, "%s: %s%s\n", base_text_string(&line), result->written ? "" : "unchanged: ",
                      present_quantity_of(result->asset_count, "asset", "assets", assets, sizeof assets));
        base_text_release(&line, output->out_of_memory);
    }
}
