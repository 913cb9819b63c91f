#include "present/color.h"
#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"
#include "present/table.h"

static const char *class_words(enum diag_class class_)
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

static void emit_facts(struct json_emit *emit, const struct present_output *output, enum diag diagnostic)
{
    const struct diag_facts *facts = diag_facts(diagnostic);
    json_emit_object(emit);
    json_emit_key(emit, "id");
    json_emit_string(emit, facts->id);
    json_emit_key(emit, "class");
    json_emit_string(emit, diag_class_letter(facts->class_));
    json_emit_key(emit, "meaning");
    json_emit_string(emit, facts->meaning);
    json_emit_key(emit, "help");
    json_emit_string(emit, present_remedy(output, diagnostic, 0));
    json_emit_object_end(emit);
}

static void print_facts(const struct present_output *output, enum diag diagnostic)
{
    const struct diag_facts *facts = diag_facts(diagnostic);
    (void)fprintf(output->out, "%s%s%s\n  class    %s\n  meaning  %s\n  remedy   %s\n",
                  present_color(output->color_out, PRESENT_COLOR_BOLD), facts->id,
                  present_color(output->color_out, PRESENT_COLOR_PLAIN), class_words(facts->class_), facts->meaning,
                  present_remedy(output, diagnostic, 0));
}

static void print_list(const struct present_output *output)
{
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "class", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "meaning", PRESENT_ALIGN_LEFT);
    for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
        const struct diag_facts *facts = diag_facts(diag_at(i));
        present_table_row(&table);
        present_table_set(&table, 0, facts->id);
        present_table_set(&table, 1, diag_class_letter(facts->class_));
        present_table_set(&table, 2, facts->meaning);
    }
    present_table_print(&table, output, 0);
    present_table_free(&table);
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
                      class_words(class_));
        for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
            enum diag diagnostic = diag_at(i);
            const struct diag_facts *facts = diag_facts(diagnostic);
            if (facts->class_ == class_) {
                (void)fprintf(output->out, "| %u | `%s` | %s | %s |\n", (unsigned)diagnostic, facts->id, facts->meaning,
                              present_remedy(output, diagnostic, 0));
            }
        }
        (void)fputs(class_ == DIAG_CLASS_U ? "" : "\n", output->out);
    }
}

static void print_json(const struct present_output *output, const enum diag *diagnostics, size_t count,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, "explain");
    json_emit_key(&emit, "explanations");
    json_emit_array(&emit);
    for (size_t i = 0; i < count; i++) {
        emit_facts(&emit, output, diagnostics[i]);
    }
    json_emit_array_end(&emit);
    present_json_end(&emit, findings, NULL, output);
    base_text_free(&text);
}

void present_explanations(const struct present_output *output, const enum diag *diagnostics, size_t count,
                          const struct base_findings *findings)
{
    if (output->json) {
        print_json(output, diagnostics, count, findings);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        print_facts(output, diagnostics[i]);
    }
    present_findings(output, findings, output->err, output->quiet);
}

void present_catalogue(const struct present_output *output)
{
    if (!output->json) {
        print_list(output);
        return;
    }
    enum diag all[DIAG_POSITIONS];
    size_t count = 0;
    for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
        all[count++] = diag_at(i);
    }
    print_json(output, all, count, NULL);
}
