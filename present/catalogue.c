#include "present/catalogue.h"

#include "present/remedy.h"

const char *present_class_words(enum diag_class class_)
{
    switch (class_) {
    case DIAG_CLASS_L:
        return "L: the console would not load it";
    case DIAG_CLASS_C:
        return "C: it loads, but is not what the packer promises";
    case DIAG_CLASS_W:
        return "W: the workspace cannot be packed as it is";
    case DIAG_CLASS_E:
        return "E: the environment failed, and nothing was checked";
    case DIAG_CLASS_U:
        return "U: the request is wrong";
    }
    return "";
}

/* In the order of the catalogue. */
static void print_causes(const struct present_output *output)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "## Remedies by cause\n\n"
                                "Some ids have several causes, with a remedy for each. A word in capital letters "
                                "stands for what the finding is about.\n\n"
                                "| id | when | remedy |\n|---|---|---|\n");
    for (unsigned i = 0; i < DIAG_POSITIONS * DIAG_CAUSE_COUNT; i++) {
        enum diag diagnostic = diag_at(i / DIAG_CAUSE_COUNT);
        enum diag_cause cause = (enum diag_cause)(i % DIAG_CAUSE_COUNT);
        if (cause != DIAG_CAUSE_NONE && diag_cause_facts(cause)->diagnostic == diagnostic) {
            base_text_addf(&text, "| `%s` | %s | ", diag_facts(diagnostic)->id, diag_cause_facts(cause)->when);
            present_remedy_add_general(&text, output, diagnostic, cause);
            base_text_add_string(&text, " |\n");
        }
    }
    (void)fputs(base_text_string(&text), output->out);
    base_text_release(&text, output->out_of_memory);
}

void present_catalogue_document(const struct present_output *output)
{
    (void)fputs("# Diagnostics\n\n"
                "Printed by `prpack explain --markdown` from `base/diagnostics.def` and `cli/remedies.def`; a test "
                "fails when they differ.\n"
                "An id never changes its meaning, nor its number. Rules of classes L and C: "
                "[assets-pa-v1.md](assets-pa-v1.md) section 4.\n\n",
                output->out);
    for (enum diag_class class_ = DIAG_CLASS_L; class_ <= DIAG_CLASS_U; class_++) {
        (void)fprintf(output->out, "## %s\n\n| number | id | meaning | remedy |\n|---|---|---|---|\n",
                      present_class_words(class_));
        for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
            enum diag diagnostic = diag_at(i);
            const struct diag_facts *facts = diag_facts(diagnostic);
            if (facts->class_ == class_) {
                (void)fprintf(output->out, "| %u | `%s` | %s | %s |\n", (unsigned)diagnostic, facts->id, facts->meaning,
                              present_remedy(output, diagnostic));
            }
        }
        (void)fputs("\n", output->out);
    }
    print_causes(output);
}
