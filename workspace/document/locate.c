#include "workspace/document/locate.h"
#include "json/value.h"

#include <stdint.h>

enum { KEY_LIMIT = 200 };

static bool begins_container(enum json_kind kind)
{
    return kind == JSON_OBJECT_BEGIN || kind == JSON_ARRAY_BEGIN;
}

static bool ends_container(enum json_kind kind)
{
    return kind == JSON_OBJECT_END || kind == JSON_ARRAY_END;
}

static void advance(struct workspace_locator *locator)
{
    struct json_token token = json_next(&locator->json);
    unsigned depth = locator->json.depth;
    bool begins = begins_container(token.kind);
    unsigned around = begins ? depth - 1 : depth;
    if (around > 0 && !ends_container(token.kind)) {
        struct workspace_locator_level *level = &locator->levels[around - 1];
        if (!level->object) {
            level->index++;
        } else if (token.kind == JSON_KEY) {
            level->key = token;
        }
    }
    if (begins) {
        locator->levels[depth - 1] =
            (struct workspace_locator_level){.object = token.kind == JSON_OBJECT_BEGIN, .index = SIZE_MAX};
    }
    locator->token = token;
}

void workspace_locator_begin(struct workspace_locator *locator, struct base_bytes text)
{
    json_begin(&locator->json, text);
    advance(locator);
}

static void add_key(struct base_text *pointer, struct base_bytes span)
{
    uint8_t key[KEY_LIMIT];
    size_t size = json_unescape(span, key, sizeof key);
    for (size_t i = 0; i < size && i < sizeof key; i++) {
        if (key[i] == '~') {
            base_text_add_string(pointer, "~0");
        } else if (key[i] == '/') {
            base_text_add_string(pointer, "~1");
        } else {
            base_text_add_char(pointer, (char)key[i]);
        }
    }
    if (size > sizeof key) {
        base_text_add_string(pointer, "…");
    }
}

void workspace_locate(struct workspace_locator *locator, size_t position, struct base_text *pointer)
{
    if (locator->token.begin > position) {
        workspace_locator_begin(locator, locator->json.text);
    }
    while (locator->token.begin < position && locator->token.kind != JSON_END) {
        advance(locator);
    }
    /* The container that begins here is the value itself, not yet a step of the way. */
    size_t steps = locator->json.depth - (begins_container(locator->token.kind) ? 1U : 0U);
    for (size_t i = 0; i < steps; i++) {
        const struct workspace_locator_level *level = &locator->levels[i];
        base_text_add_char(pointer, '/');
        if (level->object) {
            add_key(pointer, json_span(locator->json.text, level->key));
        } else {
            base_text_addf(pointer, "%zu", level->index);
        }
    }
}

void workspace_line_of(struct base_bytes text, size_t position, size_t *line, size_t *column)
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
