#include "json/locate.h"

#include "json/value.h"

static bool is_last(enum json_kind kind)
{
    return kind == JSON_END || kind == JSON_ERROR;
}

static void advance(struct json_locator *locator)
{
    locator->token = json_next(&locator->json);
    if (!is_last(locator->token.kind)) {
        json_path_follow(&locator->path, locator->json.text, locator->token);
    }
}

void json_locator_begin(struct json_locator *locator, struct base_bytes text)
{
    locator->path = (struct json_path){.depth = 0};
    json_begin(&locator->json, text);
    advance(locator);
}

/* Goes to the first token that begins at or after the position. */
static void go_to(struct json_locator *locator, size_t position)
{
    if (json_token_start(locator->token) > position) {
        json_locator_begin(locator, locator->json.text);
    }
    while (locator->token.begin < position && !is_last(locator->token.kind)) {
        advance(locator);
    }
}

static bool starts_at(const struct json_locator *locator, size_t position)
{
    return !is_last(locator->token.kind) && json_token_start(locator->token) == position;
}

bool json_locate(struct json_locator *locator, size_t position, struct base_text *pointer)
{
    go_to(locator, position);
    json_path_write(&locator->path, pointer);
    return starts_at(locator, position) || (!is_last(locator->token.kind) && locator->token.begin == position);
}

bool json_pointers_find(struct base_bytes text, struct base_task *task, const size_t positions[], char *pointers[],
                        size_t count)
{
    struct json_locator locator;
    bool enough_memory = true;
    json_locator_begin(&locator, text);
    locator.json.task = task;
    for (size_t i = 0; i < count; i++) {
        pointers[i] = NULL;
        go_to(&locator, positions[i]);
        if (starts_at(&locator, positions[i])) {
            struct base_text pointer = BASE_TEXT_EMPTY;
            json_path_write(&locator.path, &pointer);
            pointers[i] = base_text_take(&pointer);
            enough_memory = enough_memory && pointers[i] != NULL;
        }
    }
    return enough_memory;
}
