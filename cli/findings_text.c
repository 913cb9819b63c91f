#include "cli/findings_text.h"

#include "base/text.h"
#include "cli/color.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_LIMIT = 400, PATH_LIMIT = 4096 };

static void add_safe(struct pp_text *line, const char *string, size_t limit)
{
    pp_text_add_printable(line, pp_bytes_of_string(string), limit);
}

static void add_place(struct pp_text *line, const struct pp_place *place)
{
    const char *separator = "";
    if (place->file != NULL) {
        add_safe(line, place->file, PATH_LIMIT);
        pp_text_add_string(line, ": ");
    }
    if (place->byte_offset >= 0) {
        pp_text_addf(line, "byte %" PRId64, place->byte_offset);
        separator = ", ";
    }
    if (place->has_asset_id) {
        pp_text_addf(line, "%sasset %" PRId64, separator, place->asset_id);
        separator = ", ";
    }
    if (place->json_pointer != NULL && place->json_pointer[0] != '\0') {
        pp_text_add_string(line, separator);
        add_safe(line, place->json_pointer, VALUE_LIMIT);
        separator = ", ";
    }
    if (separator[0] != '\0') {
        pp_text_add_string(line, ": ");
    }
}

static void add_values(struct pp_text *line, const struct pp_finding *finding)
{
    if (finding->expected != NULL) {
        pp_text_add_string(line, "; expected ");
        add_safe(line, finding->expected, VALUE_LIMIT);
    }
    if (finding->actual != NULL) {
        pp_text_add_string(line, finding->expected != NULL ? ", found " : "; found ");
        add_safe(line, finding->actual, VALUE_LIMIT);
    }
}

static void print_one(const struct pp_finding *finding, FILE *stream, bool color)
{
    bool error = finding->severity == PP_ERROR;
    struct pp_text line = PP_TEXT_EMPTY;
    pp_text_addf(&line, "%s%s[%s]%s ", pp_color(color, error ? PP_COLOR_RED : PP_COLOR_YELLOW),
                 error ? "error" : "warning", pp_diagnostic_facts(finding->diagnostic)->id,
                 pp_color(color, PP_COLOR_PLAIN));
    add_place(&line, &finding->place);
    add_safe(&line, finding->message, PATH_LIMIT);
    add_values(&line, finding);
    pp_text_addf(&line, ". %s%s%s\n", pp_color(color, PP_COLOR_DIM), finding->help, pp_color(color, PP_COLOR_PLAIN));
    if (pp_text_failed(&line)) {
        /* What needs no memory. */
        const struct pp_diagnostic_facts *facts = pp_diagnostic_facts(finding->diagnostic);
        (void)fprintf(stream, "%s[%s] %s %s\n", error ? "error" : "warning", facts->id, facts->meaning, finding->help);
    } else {
        (void)fputs(pp_text_string(&line), stream);
    }
    pp_text_free(&line);
}

void pp_findings_print(const struct pp_findings *findings, FILE *stream, bool color, bool errors_only)
{
    uint64_t kept[PP_DIAGNOSTIC_COUNT] = {0};
    for (size_t i = 0; i < findings->count; i++) {
        kept[findings->items[i].diagnostic]++;
        if (findings->items[i].severity == PP_ERROR || !errors_only) {
            print_one(&findings->items[i], stream, color);
        }
    }
    for (unsigned i = PP_FINE + 1; i < PP_DIAGNOSTIC_COUNT; i++) {
        if (findings->total[i] > kept[i] && !findings->out_of_memory) {
            (void)fprintf(stream, "… and %" PRIu64 " more of [%s]\n", findings->total[i] - kept[i],
                          pp_diagnostic_facts((enum pp_diagnostic)i)->id);
        }
    }
    if (findings->out_of_memory && kept[PP_ENVIRONMENT_MEMORY] == 0) {
        const struct pp_diagnostic_facts *facts = pp_diagnostic_facts(PP_ENVIRONMENT_MEMORY);
        (void)fprintf(stream, "error[%s] %s %s\n", facts->id, facts->meaning, facts->help);
    }
}
