#include "present/findings_text.h"

#include "present/color.h"
#include "present/finding_words.h"
#include "present/remedy.h"

void present_finding_text(const struct present_output *output, const struct base_finding *finding, FILE *stream)
{
    bool color = stream == output->out ? output->color_out : output->color_err;
    struct base_text line = BASE_TEXT_EMPTY;
    present_words_add_line(&line, output, finding, color);
    if (base_text_out_of_memory(&line)) {
        /* What needs no memory. */
        const struct diag_facts *facts = diag_facts(finding->diagnostic);
        (void)fprintf(stream, "%s[%s] %s %s\n", present_severity(finding), facts->id, facts->meaning,
                      present_remedy(output, finding->diagnostic));
    } else {
        (void)fprintf(stream, "%s\n", base_text_string(&line));
    }
    base_text_free(&line);
}
