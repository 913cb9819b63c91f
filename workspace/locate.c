#include "workspace/locate.h"

#include <stdint.h>

enum { KEY_LIMIT = 200 };

static bool begins_container(enum pp_json_kind kind)
{
    return kind == PP_JSON_OBJECT_BEGIN || kind == PP_JSON_ARRAY_BEGIN;
}

static bool ends_container(enum pp_json_kind kind)
{
    return kind == PP_JSON_OBJECT_END || kind == PP_JSON_ARRAY_END;
}

static void advance(struct pp_locator *locator)
{
    struct pp_json_token token = pp_json_next(&locator->json);
    unsigned depth = locator->json.depth;
    bool begins = begins_container(token.kind);
    unsigned around = begins ? depth - 1 : depth;
    if (around > 0 && !ends_container(token.kind)) {
        struct pp_locator_level *level = &locator->levels[around - 1];
        if (!level->object) {
            level->index++;
        } else if (token.kind == PP_JSON_KEY) {
            level->key = token;
        }
    }
    if (begins) {
        locator->levels[depth - 1] =
            (struct pp_locator_level){.object = token.kind == PP_JSON_OBJECT_BEGIN, .index = SIZE_MAX};
    }
    locator->token = token;
}

void pp_locator_begin(struct pp_locator *locator, struct pp_bytes text)
{
    pp_json_begin(&locator->json, text);
    advance(locator);
}

static void add_key(struct pp_text *pointer, struct pp_bytes span)
{
    uint8_t key[KEY_LIMIT];
    size_t size = pp_json_unescape(span, key, sizeof key);
    for (size_t i = 0; i < size && i < sizeof key; i++) {
        if (key[i] == '~') {
            pp_text_add_string(pointer, "~0");
        } else if (key[i] == '/') {
            pp_text_add_string(pointer, "~1");
        } else {
            pp_text_add_char(pointer, (char)key[i]);
        }
    }
    if (size > sizeof key) {
        pp_text_add_string(pointer, "…");
    }
}

void pp_locate(struct pp_locator *locator, size_t position, struct pp_text *pointer)
{
    if (locator->token.begin > position) {
        pp_locator_begin(locator, locator->json.text);
    }
    while (locator->token.begin < position && locator->token.kind != PP_JSON_END) {
        advance(locator);
    }
    /* The container that begins here is the value itself, not yet a step of the way. */
    size_t steps = locator->json.depth - (begins_container(locator->token.kind) ? 1U : 0U);
    for (size_t i = 0; i < steps; i++) {
        const struct pp_locator_level *level = &locator->levels[i];
        pp_text_add_char(pointer, '/');
        if (level->object) {
            add_key(pointer, pp_json_span(locator->json.text, level->key));
        } else {
            pp_text_addf(pointer, "%zu", level->index);
        }
    }
}

void pp_line_of(struct pp_bytes text, size_t position, size_t *line, size_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < position && i < text.size; i++) {
        if (text.data[i] == '\n') {
            ++*line;
            *column = 1;
        } else {
            ++*column;
        }
    }
}
