#include "present/github/annotation.h"

#include "present/finding_words.h"
#include "present/location.h"

#include <inttypes.h>
#include <string.h>

/* GitHub decodes these sequences, and no others. */
static void add_escaped(struct base_text *text, const char *value, const char *special)
{
    for (const char *at = value; *at != '\0'; at++) {
        if (strchr(special, *at) != NULL) {
            base_text_addf(text, "%%%02X", (unsigned char)*at);
        } else {
            base_text_add_char(text, *at);
        }
    }
}

static void add_message(struct base_text *text, const char *value)
{
    add_escaped(text, value, "%\r\n");
}

static void add_property(struct base_text *text, const char *value)
{
    add_escaped(text, value, "%\r\n:,");
}

/* A line end in a path is what GitHub can decode. Every other hidden character is written as messages write it. */
static void add_path(struct base_text *text, const char *path)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    for (const char *at = path; *at != '\0';) {
        size_t plain = strcspn(at, "\r\n");
        base_text_add_printable(&shown, base_bytes_make(at, plain), plain);
        at += plain;
        if (*at != '\0') {
            base_text_add_char(&shown, *at++);
        }
    }
    add_property(text, base_text_string(&shown));
    base_text_release(&shown, &text->out_of_memory);
}

static void add_place(struct base_text *text, const struct present_output *output, const struct base_place *place)
{
    struct base_text path = BASE_TEXT_EMPTY;
    if (place->file == NULL) {
        return;
    }
    present_location_add(&path, &output->from, place->file);
    base_text_add_string(text, "file=");
    add_path(text, base_text_string(&path));
    base_text_addf(text, ",line=%" PRIu64, place->line > 0 ? place->line : 1);
    if (place->line > 0) {
        base_text_addf(text, ",col=%" PRIu64, place->character_utf16 + 1);
    }
    base_text_add_char(text, ',');
    base_text_release(&path, &text->out_of_memory);
}

void present_github_add_finding(struct base_text *text, const struct present_output *output,
                                const struct base_finding *finding)
{
    struct base_text words = BASE_TEXT_EMPTY;
    present_words_add_place(&words, &finding->place);
    base_text_add_string(&words, words.size > 0 ? ": " : "");
    present_words_add_message(&words, finding);
    base_text_add_string(&words, ". ");
    present_words_add_remedy(&words, output, finding);
    base_text_addf(text, "::%s ", present_severity(finding));
    add_place(text, output, &finding->place);
    base_text_addf(text, "title=%s::", diag_facts(finding->diagnostic)->id);
    add_message(text, base_text_string(&words));
    base_text_add_char(text, '\n');
    base_text_release(&words, &text->out_of_memory);
}

void present_github_add_notice(struct base_text *text, const char *words)
{
    base_text_add_string(text, "::notice title=prpack::");
    add_message(text, words);
    base_text_add_char(text, '\n');
}
