#include "present/finding_words.h"

#include "present/color.h"
#include "present/remedy.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_LIMIT = 400, PATH_LIMIT = 4096 };

static void add_safe(struct base_text *text, const char *string, size_t limit)
{
    base_text_add_printable(text, base_bytes_of_string(string), limit);
}

/* "FILE:LINE:COLUMN: " */
static void add_file(struct base_text *text, const struct base_place *place)
{
    if (place->file == NULL) {
        return;
    }
    add_safe(text, place->file, PATH_LIMIT);
    if (place->line > 0) {
        base_text_addf(text, ":%" PRIu64 ":%" PRIu64, place->line, place->column);
    }
    base_text_add_string(text, ": ");
}

void present_words_add_place(struct base_text *text, const struct base_place *place)
{
    const char *separator = "";
    if (place->has_byte_offset) {
        base_text_addf(text, "byte %" PRIu64, place->byte_offset);
        separator = ", ";
    }
    if (place->has_pixel) {
        base_text_addf(text, "%spixel x %" PRIu32 ", y %" PRIu32, separator, place->x, place->y);
        separator = ", ";
    }
    if (place->has_asset_id) {
        base_text_addf(text, "%sasset %" PRId64, separator, place->asset_id);
        separator = ", ";
    }
    if (place->json_pointer != NULL && place->json_pointer[0] != '\0') {
        base_text_add_string(text, separator);
        add_safe(text, place->json_pointer, VALUE_LIMIT);
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

void present_words_add_message(struct base_text *text, const struct base_finding *finding)
{
    const char *separator = "; ";
    add_safe(text, finding->message, PATH_LIMIT);
    if (!says_expected(finding)) {
        base_text_add_string(text, "; expected ");
        add_safe(text, finding->expected, VALUE_LIMIT);
        separator = ", ";
    }
    if (!says_actual(finding)) {
        base_text_addf(text, "%sfound ", separator);
        add_safe(text, finding->actual, VALUE_LIMIT);
    }
}

const char *present_severity(const struct base_finding *finding)
{
    return finding->severity == BASE_ERROR ? "error" : "warning";
}

void present_words_add_remedy(struct base_text *text, const struct present_output *output,
                              const struct base_finding *finding)
{
    struct base_text remedy = BASE_TEXT_EMPTY;
    present_remedy_add(&remedy, output, finding);
    add_safe(text, base_text_string(&remedy), PATH_LIMIT);
    base_text_release(&remedy, &text->out_of_memory);
}

void present_words_add_line(struct base_text *text, const struct present_output *output,
                            const struct base_finding *finding, bool color)
{
    enum present_color severity = finding->severity == BASE_ERROR ? PRESENT_COLOR_RED : PRESENT_COLOR_YELLOW;
    struct base_text place = BASE_TEXT_EMPTY;
    add_file(text, &finding->place);
    base_text_addf(text, "%s%s[%s]%s ", present_color(color, severity), present_severity(finding),
                   diag_facts(finding->diagnostic)->id, present_color(color, PRESENT_COLOR_PLAIN));
    present_words_add_place(&place, &finding->place);
    base_text_addf(text, "%s%s", base_text_string(&place), place.size > 0 ? ": " : "");
    base_text_release(&place, &text->out_of_memory);
    present_words_add_message(text, finding);
    base_text_addf(text, ". %s", present_color(color, PRESENT_COLOR_DIM));
    present_words_add_remedy(text, output, finding);
    base_text_add_string(text, present_color(color, PRESENT_COLOR_PLAIN));
}
