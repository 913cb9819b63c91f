#include "present/findings_text.h"

#include "base/text.h"
#include "present/color.h"
#include "present/remedy.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_LIMIT = 400, PATH_LIMIT = 4096 };

static void add_safe(struct base_text *line, const char *string, size_t limit)
{
    base_text_add_printable(line, base_bytes_of_string(string), limit);
}

/* "FILE:LINE:COLUMN: ", as compilers write it. */
static void add_file(struct base_text *line, const struct base_place *place)
{
    if (place->file == NULL) {
        return;
    }
    add_safe(line, place->file, PATH_LIMIT);
    if (place->line > 0) {
        base_text_addf(line, ":%" PRIu64 ":%" PRIu64, place->line, place->column);
    }
    base_text_add_string(line, ": ");
}

static void add_place(struct base_text *line, const struct base_place *place)
{
    const char *separator = "";
    if (place->has_byte_offset) {
        base_text_addf(line, "byte %" PRIu64, place->byte_offset);
        separator = ", ";
    }
    if (place->has_pixel) {
        base_text_addf(line, "%spixel x %" PRIu32 ", y %" PRIu32, separator, place->x, place->y);
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

/* Whether the message has the value between double quotes. */
static bool is_quoted(const struct base_finding *finding, const char *value)
{
    size_t length = strlen(value);
    const char *at = length > 0 ? strstr(finding->message, value) : NULL;
    return at != NULL && at > finding->message && at[-1] == '"' && at[length] == '"';
}

/* Whether the message says already what is expected. A single word may be there by chance. */
static bool says_expected(const struct base_finding *finding)
{
    const char *expected = finding->expected;
    return expected == NULL || is_quoted(finding, expected) ||
           (strpbrk(expected, " \"") != NULL && strstr(finding->message, expected) != NULL);
}

static bool says_actual(const struct base_finding *finding)
{
    return finding->actual == NULL || is_quoted(finding, finding->actual);
}

static void add_values(struct base_text *line, const struct base_finding *finding)
{
    const char *separator = "; ";
    if (!says_expected(finding)) {
        base_text_add_string(line, "; expected ");
        add_safe(line, finding->expected, VALUE_LIMIT);
        separator = ", ";
    }
    if (!says_actual(finding)) {
        base_text_addf(line, "%sfound ", separator);
        add_safe(line, finding->actual, VALUE_LIMIT);
    }
}

void present_finding_text(const struct present_output *output, const struct base_finding *finding, FILE *stream)
{
    bool color = stream == output->out ? output->color_out : output->color_err;
    bool error = finding->severity == BASE_ERROR;
    struct base_text line = BASE_TEXT_EMPTY;
    struct base_text remedy = BASE_TEXT_EMPTY;
    present_remedy_add(&remedy, output, finding);
    add_file(&line, &finding->place);
    base_text_addf(&line, "%s%s[%s]%s ", present_color(color, error ? PRESENT_COLOR_RED : PRESENT_COLOR_YELLOW),
                   error ? "error" : "warning", diag_facts(finding->diagnostic)->id,
                   present_color(color, PRESENT_COLOR_PLAIN));
    add_place(&line, &finding->place);
    add_safe(&line, finding->message, PATH_LIMIT);
    add_values(&line, finding);
    base_text_addf(&line, ". %s", present_color(color, PRESENT_COLOR_DIM));
    add_safe(&line, base_text_string(&remedy), PATH_LIMIT);
    base_text_addf(&line, "%s\n", present_color(color, PRESENT_COLOR_PLAIN));
    if (base_text_out_of_memory(&line) || base_text_out_of_memory(&remedy)) {
        /* What needs no memory. */
        const struct diag_facts *facts = diag_facts(finding->diagnostic);
        (void)fprintf(stream, "%s[%s] %s %s\n", error ? "error" : "warning", facts->id, facts->meaning,
                      present_remedy(output, finding->diagnostic));
    } else {
        (void)fputs(base_text_string(&line), stream);
    }
    base_text_free(&remedy);
    base_text_free(&line);
}
