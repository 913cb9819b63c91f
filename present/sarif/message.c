#include "present/sarif/message.h"

#include <string.h>

static void add_literal(struct base_text *text, char character, bool escapes_brackets)
{
    if (character == '{' || character == '}') {
        base_text_add_char(text, character);
    } else if (escapes_brackets && (character == '[' || character == ']')) {
        base_text_add_char(text, '\\');
    }
    base_text_add_char(text, character);
}

void present_sarif_message(struct json_emit *emit, const char *words)
{
    struct base_text literal = BASE_TEXT_EMPTY;
    bool has_link = strstr(words, "](") != NULL;
    for (const char *at = words; *at != '\0'; at++) {
        add_literal(&literal, *at, has_link);
    }
    json_emit_object(emit);
    json_emit_key(emit, "text");
    json_emit_string(emit, base_text_string(&literal));
    json_emit_object_end(emit);
    base_text_release(&literal, &emit->text->out_of_memory);
}
