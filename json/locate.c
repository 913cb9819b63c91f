#include "json/locate.h"

#include "json/value.h"

static bool is_last(enum json_kind kind)
{
    return kind == JSON_END || kind == JSON_ERROR;
}

static void advance(struct json_locator_state *state)
{
    state->token = json_next(&state->json);
    if (!is_last(state->token.kind)) {
        json_path_follow(&state->path, state->json.text, state->token);
    }
}

void json_locator_begin(struct json_locator *locator, struct base_bytes text)
{
    locator->now.path = (struct json_path){.depth = 0};
    json_begin(&locator->now.json, text);
    advance(&locator->now);
    locator->marked = locator->now;
    locator->marked_at = 0;
    locator->mark = 0;
}

void json_locator_mark(struct json_locator *locator, size_t position)
{
    locator->mark = position;
}

/* Goes forward to the first token that begins at or after the position. */
static void advance_to(struct json_locator_state *state, size_t position)
{
    while (state->token.begin < position && !is_last(state->token.kind)) {
        advance(state);
    }
}

static void go_back(struct json_locator *locator, size_t position)
{
    struct base_task *task = locator->now.json.task;
    size_t mark = locator->mark;
    if (position >= locator->marked_at) {
        locator->now = locator->marked;
    } else {
        json_locator_begin(locator, locator->now.json.text);
    }
    locator->now.json.task = task;
    locator->mark = mark;
}

/* Moves `marked` to the mark, if the walk to the position comes by there. */
static void move_mark(struct json_locator *locator, size_t position)
{
    if (locator->mark <= locator->marked_at || position < locator->mark) {
        return;
    }
    advance_to(&locator->now, locator->mark);
    size_t start = json_token_start(locator->now.token);
    locator->marked = locator->now;
    locator->marked_at = start > locator->mark ? start : locator->mark; /* the walk was beyond the mark before */
}

/* Goes to the first token that begins at or after the position. */
static void go_to(struct json_locator *locator, size_t position)
{
    if (json_token_start(locator->now.token) > position) {
        go_back(locator, position);
    }
    move_mark(locator, position);
    advance_to(&locator->now, position);
}

static bool starts_at(const struct json_locator *locator, size_t position)
{
    return !is_last(locator->now.token.kind) && json_token_start(locator->now.token) == position;
}

bool json_locate(struct json_locator *locator, size_t position, struct base_text *pointer)
{
    go_to(locator, position);
    json_path_write(&locator->now.path, pointer);
    return starts_at(locator, position) || (!is_last(locator->now.token.kind) && locator->now.token.begin == position);
}

size_t json_located_length(const struct json_locator *locator)
{
    struct json_token token = locator->now.token;
    bool opens = token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN;
    return opens || is_last(token.kind) ? 0 : token.end - token.begin;
}

bool json_pointers_find(struct base_bytes text, struct base_task *task, const size_t positions[], char *pointers[],
                        size_t count)
{
    struct json_locator locator;
    bool enough_memory = true;
    json_locator_begin(&locator, text);
    locator.now.json.task = task;
    for (size_t i = 0; i < count; i++) {
        pointers[i] = NULL;
        go_to(&locator, positions[i]);
        if (starts_at(&locator, positions[i])) {
            struct base_text pointer = BASE_TEXT_EMPTY;
            json_path_write(&locator.now.path, &pointer);
            pointers[i] = base_text_take(&pointer);
            enough_memory = enough_memory && pointers[i] != NULL;
        }
    }
    return enough_memory;
}
