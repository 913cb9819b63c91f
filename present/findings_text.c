#include "present/findings_text.h"

#include "base/text.h"
#include "present/color.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_LIMIT = 400, PATH_LIMIT = 4096 };

static void add_safe(struct base_text *line, const char *string, size_t limit)
{
    base_text_add_printable(line, base_bytes_of_string(string), limit);
}

static void add_place(struct base_text *line, const struct base_place *place)
{
    const char *separator = "";
    if (place->file != NULL) {
        add_safe(line, place->file, PATH_LIMIT);
        base_text_add_string(line, ": ");
    }
    if (place->byte_offset >= 0) {
        base_text_addf(line, "byte %" PRId64, place->byte_offset);
        separator = ", ";
    }
    if (place->has_asset_id) {
        base_text_addf(line, "%sasset %" PRId64, separator, place->asset_id);
        separator = ", ";
    }
    if (place->json_pointer != NULL && place->json_pointer[0] != '\0') {
        base_text_add_string(line, separator);
        add_safe(line, place->json_pointer, VALUE_LIMIT);
        separator = ", ";
    }
    if (separator[0] != '\0') {
        base_text_add_string(line, ": ");
    }
}

static void add_values(struct base_text *line, const struct base_finding *finding)
{
    if (finding->expected != NULL) {
        base_text_add_string(line, "; expected ");
        add_safe(line, finding->expected, VALUE_LIMIT);
    }
    if (finding->actual != NULL) {
        base_text_add_string(line, finding->expected != NULL ? ", found " : "; found ");
        add_safe(line, finding->actual, VALUE_LIMIT);
    }
}

static void print_one(const struct present_output *output, const struct base_finding *finding, FILE *stream)
{
    bool color = stream == output->out ? output->color_out : output->color_err;
    bool error = finding->severity == BASE_ERROR;
    const char *remedy = present_remedy(output, finding->diagnostic, finding->place.request_field);
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "%s%s[%s]%s ", present_color(color, error ? PRESENT_COLOR_RED : PRESENT_COLOR_YELLOW),
                   error ? "error" : "warning", diag_facts(finding->diagnostic)->id,
                   present_color(color, PRESENT_COLOR_PLAIN));
    add_place(&line, &finding->place);
    add_safe(&line, finding->message, PATH_LIMIT);
    add_values(&line, finding);
    base_text_addf(&line, ". %s%s%s\n", present_color(color, PRESENT_COLOR_DIM), remedy,
                   present_color(color, PRESENT_COLOR_PLAIN));
    if (base_text_out_of_memory(&line)) {
        /* What needs no memory. */
        const struct diag_facts *facts = diag_facts(finding->diagnostic);
        (void)fprintf(stream, "%s[%s] %s %s\n", error ? "error" : "warning", facts->id, facts->meaning, remedy);
    } else {
        (void)fputs(base_text_string(&line), stream);
    }
    base_text_free(&line);
}

static void print_out_of_memory(const struct present_output *output, FILE *stream)
{
    const struct diag_facts *facts = diag_facts(DIAG_ENVIRONMENT_MEMORY);
    (void)fprintf(stream, "error[%s] %s %s\n", facts->id, facts->meaning,
                  present_remedy(output, DIAG_ENVIRONMENT_MEMORY, 0));
}

void present_findings(const struct present_output *output, const struct base_findings *findings, FILE *stream,
                      bool errors_only)
{
    uint64_t kept[DIAG_COUNT] = {0};
    for (size_t i = 0; i < findings->count; i++) {
        kept[findings->items[i].diagnostic]++;
        if (findings->items[i].severity == BASE_ERROR || !errors_only) {
            print_one(output, &findings->items[i], stream);
        }
    }
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        if (findings->total[i] > kept[i] && !findings->out_of_memory) {
            (void)fprintf(stream, "… and %" PRIu64 " more of [%s]\n", findings->total[i] - kept[i],
                          diag_facts((enum diag)i)->id);
        }
    }
    if (findings->out_of_memory && kept[DIAG_ENVIRONMENT_MEMORY] == 0) {
        print_out_of_memory(output, stream);
    }
}
