#include "cli/color.h"
#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"
#include "cli/table.h"

static const char *class_words(enum diag_class class_)
{
    switch (class_) {
    case DIAG_CLASS_L:
        return "L: the console would not load it";
    case DIAG_CLASS_C:
        return "C: it loads, but is not what the packer promises";
    case DIAG_CLASS_W:
        return "W: the workspace cannot be packed as it stands";
    case DIAG_CLASS_E:
        return "E: the environment failed, and nothing was judged";
    case DIAG_CLASS_U:
        return "U: the command line is wrong";
    }
    return "";
}

static void emit_facts(struct json_emit *emit, const struct diag_facts *facts)
{
    json_emit_object(emit);
    json_emit_key(emit, "id");
    json_emit_string(emit, facts->id);
    json_emit_key(emit, "class");
    json_emit_string(emit, diag_class_letter(facts->class_));
    json_emit_key(emit, "meaning");
    json_emit_string(emit, facts->meaning);
    json_emit_key(emit, "help");
    json_emit_string(emit, facts->help);
    json_emit_object_end(emit);
}

static void print_facts(const struct cli_context *context, const struct diag_facts *facts)
{
    (void)fprintf(context->out, "%s%s%s\n  class    %s\n  meaning  %s\n  remedy   %s\n",
                  cli_color(context->color_out, CLI_COLOR_BOLD), facts->id,
                  cli_color(context->color_out, CLI_COLOR_PLAIN), class_words(facts->class_), facts->meaning,
                  facts->help);
}

static void print_all(const struct cli_context *context)
{
    struct cli_text_table table = {.columns = 0};
    cli_text_table_column(&table, "id", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "class", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "meaning", CLI_ALIGN_LEFT);
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        const struct diag_facts *facts = diag_facts((enum diag)i);
        cli_text_table_row(&table);
        cli_text_table_set(&table, 0, facts->id);
        cli_text_table_set(&table, 1, diag_class_letter(facts->class_));
        cli_text_table_set(&table, 2, facts->meaning);
    }
    cli_text_table_print(&table, context, 0);
    cli_text_table_free(&table);
}

static void print_markdown(FILE *out)
{
    (void)fputs(
        "# Diagnostics\n\n"
        "Printed by `prpack explain --markdown` from `base/diagnostics.def`; a test fails when the two differ.\n"
        "An id never changes its meaning. Rules of classes L and C: [assets-pa-v1.md](assets-pa-v1.md) section 4.\n\n",
        out);
    for (enum diag_class class_ = DIAG_CLASS_L; class_ <= DIAG_CLASS_U; class_++) {
        (void)fprintf(out, "## %s\n\n| id | meaning | remedy |\n|---|---|---|\n", class_words(class_));
        for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
            const struct diag_facts *facts = diag_facts((enum diag)i);
            if (facts->class_ == class_) {
                (void)fprintf(out, "| `%s` | %s | %s |\n", facts->id, facts->meaning, facts->help);
            }
        }
        (void)fputs(class_ == DIAG_CLASS_U ? "" : "\n", out);
    }
}

static void add_unknown(struct base_findings *findings, const char *id)
{
    const struct base_place place = BASE_NOWHERE;
    const char *closest = service_closest_id(id);
    base_findings_add(findings, DIAG_USAGE, &place, closest, id, "there is no diagnostic of that name%s",
                      closest != NULL ? "; did you mean the expected one?" : "");
}

/* Explains the ids that were asked for; unknown ones become findings. */
static void explain_operands(const struct cli_context *context, struct json_emit *emit, struct base_findings *findings)
{
    const struct cli_arguments *arguments = context->arguments;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const struct diag_facts *facts = service_explain(arguments->operands[i]);
        if (facts == NULL) {
            add_unknown(findings, arguments->operands[i]);
        } else if (context->json) {
            emit_facts(emit, facts);
        } else {
            print_facts(context, facts);
        }
    }
}

static void explain_json(const struct cli_context *context, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    cli_json_report_begin(&emit, "explain");
    json_emit_key(&emit, "explanations");
    json_emit_array(&emit);
    for (unsigned i = DIAG_NONE + 1; context->arguments->operand_count == 0 && i < DIAG_COUNT; i++) {
        emit_facts(&emit, diag_facts((enum diag)i));
    }
    explain_operands(context, &emit, findings);
    json_emit_array_end(&emit);
    cli_json_report_end(&emit, findings, NULL, context);
    base_text_free(&text);
}

enum service_status cli_command_explain(const struct cli_context *context)
{
    struct base_findings findings;
    base_findings_init(&findings);
    if (context->json) {
        explain_json(context, &findings);
    } else if (context->arguments->given[CLI_OPTION_MARKDOWN]) {
        print_markdown(context->out);
    } else if (context->arguments->operand_count == 0) {
        print_all(context);
    } else {
        explain_operands(context, NULL, &findings);
    }
    if (!context->json) {
        cli_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    enum service_status status = service_status_of_findings(&findings);
    base_findings_free(&findings);
    return status;
}
