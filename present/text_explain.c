#include "present/catalogue.h"
#include "present/color.h"
#include "present/remedy.h"
#include "present/table.h"
#include "present/text_answers.h"

/* Each cause that has a remedy of its own. */
static void print_causes(const struct present_output *output, enum diag diagnostic)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (unsigned i = DIAG_CAUSE_NONE + 1; i < DIAG_CAUSE_COUNT; i++) {
        const struct diag_cause_facts *cause = diag_cause_facts((enum diag_cause)i);
        if (cause->diagnostic == diagnostic) {
            base_text_addf(&text, "  when     %s\n  remedy   ", cause->when);
            present_remedy_add_general(&text, output, diagnostic, (enum diag_cause)i);
            base_text_add_char(&text, '\n');
        }
    }
    (void)fputs(base_text_string(&text), output->out);
    base_text_release(&text, output->out_of_memory);
}

static void print_facts(const struct present_output *output, enum diag diagnostic)
{
    const struct diag_facts *facts = diag_facts(diagnostic);
    (void)fprintf(output->out, "%s%s%s\n  class    %s\n  meaning  %s\n  remedy   %s\n",
                  present_color(output->color_out, PRESENT_COLOR_BOLD), facts->id,
                  present_color(output->color_out, PRESENT_COLOR_PLAIN), present_class_words(facts->class_),
                  facts->meaning, present_remedy(output, diagnostic));
    print_causes(output, diagnostic);
}

static void print_list(const struct present_output *output, const struct service_explanations *explanations)
{
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "class", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "meaning", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < explanations->count; i++) {
        const struct diag_facts *facts = diag_facts(explanations->diagnostics[i]);
        present_table_row(&table);
        present_table_set(&table, 0, facts->id);
        present_table_set(&table, 1, diag_class_letter(facts->class_));
        present_table_set(&table, 2, facts->meaning);
    }
    present_table_print(&table, output, 0);
    present_table_free(&table);
    (void)fputc('\n', output->out);
    for (enum diag_class class_ = DIAG_CLASS_L; class_ <= DIAG_CLASS_U; class_++) {
        (void)fprintf(output->out, "%s\n", present_class_words(class_));
    }
}

/* All of them are a list; those that were asked for are explained one by one. They are what was asked for, so quiet
 * does not leave them out. */
void present_text_explain(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_explanations *explanations = &answer->result.explain;
    if (explanations->all) {
        print_list(output, explanations);
        return;
    }
    for (size_t i = 0; i < explanations->count; i++) {
        print_facts(output, explanations->diagnostics[i]);
    }
}
