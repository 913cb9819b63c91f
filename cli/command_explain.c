#include "cli/color.h"
#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"
#include "cli/table.h"

static const char *class_words(enum pp_class class_)
{
    switch (class_) {
    case PP_CLASS_L:
        return "L: the console would not load it";
    case PP_CLASS_C:
        return "C: it loads, but is not what the packer promises";
    case PP_CLASS_W:
        return "W: the workspace cannot be packed as it stands";
    case PP_CLASS_E:
        return "E: the environment failed, and nothing was judged";
    case PP_CLASS_U:
        return "U: the command line is wrong";
    }
    return "";
}

static void emit_facts(struct pp_json_emit *emit, const struct pp_diagnostic_facts *facts)
{
    pp_json_emit_object(emit);
    pp_json_emit_key(emit, "id");
    pp_json_emit_string(emit, facts->id);
    pp_json_emit_key(emit, "class");
    pp_json_emit_string(emit, pp_class_letter(facts->class_));
    pp_json_emit_key(emit, "meaning");
    pp_json_emit_string(emit, facts->meaning);
    pp_json_emit_key(emit, "help");
    pp_json_emit_string(emit, facts->help);
    pp_json_emit_object_end(emit);
}

static void print_facts(const struct pp_context *context, const struct pp_diagnostic_facts *facts)
{
    (void)fprintf(context->out, "%s%s%s\n  class    %s\n  meaning  %s\n  remedy   %s\n",
                  pp_color(context->color_out, PP_COLOR_BOLD), facts->id, pp_color(context->color_out, PP_COLOR_PLAIN),
                  class_words(facts->class_), facts->meaning, facts->help);
}

static void print_all(const struct pp_context *context)
{
    struct pp_text_table table = {.columns = 0};
    pp_text_table_column(&table, "id", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "class", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "meaning", PP_ALIGN_LEFT);
    for (unsigned i = PP_FINE + 1; i < PP_DIAGNOSTIC_COUNT; i++) {
        const struct pp_diagnostic_facts *facts = pp_diagnostic_facts((enum pp_diagnostic)i);
        pp_text_table_row(&table);
        pp_text_table_set(&table, 0, facts->id);
        pp_text_table_set(&table, 1, pp_class_letter(facts->class_));
        pp_text_table_set(&table, 2, facts->meaning);
    }
    pp_text_table_print(&table, context, 0);
    pp_text_table_free(&table);
}

static void print_markdown(FILE *out)
{
    (void)fputs(
        "# Diagnostics\n\n"
        "Printed by `prpack explain --markdown` from `base/diagnostics.def`; a test fails when the two differ.\n"
        "An id never changes its meaning. Rules of classes L and C: [assets-pa-v1.md](assets-pa-v1.md) section 4.\n\n",
        out);
    for (enum pp_class class_ = PP_CLASS_L; class_ <= PP_CLASS_U; class_++) {
        (void)fprintf(out, "## %s\n\n| id | meaning | remedy |\n|---|---|---|\n", class_words(class_));
        for (unsigned i = PP_FINE + 1; i < PP_DIAGNOSTIC_COUNT; i++) {
            const struct pp_diagnostic_facts *facts = pp_diagnostic_facts((enum pp_diagnostic)i);
            if (facts->class_ == class_) {
                (void)fprintf(out, "| `%s` | %s | %s |\n", facts->id, facts->meaning, facts->help);
            }
        }
        (void)fputs(class_ == PP_CLASS_U ? "" : "\n", out);
    }
}

static void add_unknown(struct pp_findings *findings, const char *id)
{
    const struct pp_place place = PP_NOWHERE;
    const char *closest = pp_service_closest_id(id);
    pp_findings_add(findings, PP_USAGE, &place, closest, id, "there is no diagnostic of that name%s",
                    closest != NULL ? "; did you mean the expected one?" : "");
}

/* Explains the ids that were asked for; unknown ones become findings. */
static void explain_operands(const struct pp_context *context, struct pp_json_emit *emit, struct pp_findings *findings)
{
    const struct pp_arguments *arguments = context->arguments;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const struct pp_diagnostic_facts *facts = pp_service_explain(arguments->operands[i]);
        if (facts == NULL) {
            add_unknown(findings, arguments->operands[i]);
        } else if (context->json) {
            emit_facts(emit, facts);
        } else {
            print_facts(context, facts);
        }
    }
}

static void explain_json(const struct pp_context *context, struct pp_findings *findings)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_report_begin(&emit, "explain");
    pp_json_emit_key(&emit, "explanations");
    pp_json_emit_array(&emit);
    for (unsigned i = PP_FINE + 1; context->arguments->operand_count == 0 && i < PP_DIAGNOSTIC_COUNT; i++) {
        emit_facts(&emit, pp_diagnostic_facts((enum pp_diagnostic)i));
    }
    explain_operands(context, &emit, findings);
    pp_json_emit_array_end(&emit);
    pp_json_report_end(&emit, findings, NULL, context);
    pp_text_free(&text);
}

enum pp_status pp_command_explain(const struct pp_context *context)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    if (context->json) {
        explain_json(context, &findings);
    } else if (context->arguments->given[PP_OPTION_MARKDOWN]) {
        print_markdown(context->out);
    } else if (context->arguments->operand_count == 0) {
        print_all(context);
    } else {
        explain_operands(context, NULL, &findings);
    }
    if (!context->json) {
        pp_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    enum pp_status status = pp_status_of_findings(&findings);
    pp_findings_free(&findings);
    return status;
}
