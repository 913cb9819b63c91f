#include "json/walk.h"

#include "json/value.h"

void json_walk_begin(struct json_walk *walk, struct base_bytes text, size_t begin, size_t end)
{
    /* json_span, because an empty text may have no bytes to point into. */
    json_begin(&walk->json, json_span(text, (struct json_token){.begin = begin, .end = end}));
    walk->text = text;
    walk->base = begin;
}

void json_walk_begin_value(struct json_walk *walk, struct base_bytes text, struct json_token value)
{
    size_t start = json_token_start(value);
    size_t quote = value.begin - start;
    json_walk_begin(walk, text, start, value.end + quote);
}

void json_walk_begin_inside(struct json_walk *walk, struct base_bytes text, struct json_token container)
{
    json_walk_begin(walk, text, container.begin, container.end);
    (void)json_walk_next(walk);
}

struct json_token json_walk_next(struct json_walk *walk)
{
    struct json_token token = json_next(&walk->json);
    token.begin += walk->base;
    token.end += walk->base;
    return token;
}

struct json_token json_walk_whole(struct json_walk *walk, struct json_token token)
{
    if (token.kind != JSON_OBJECT_BEGIN && token.kind != JSON_ARRAY_BEGIN) {
        return token;
    }
    struct json_token last = json_skip(&walk->json, token);
    if (last.kind == JSON_ERROR) {
        token.kind = JSON_ERROR;
    }
    token.end = last.end + walk->base;
    return token;
}

struct json_token json_walk_value(struct json_walk *walk)
{
    return json_walk_whole(walk, json_walk_next(walk));
}

bool json_walk_element(struct json_walk *walk, struct json_token *element)
{
    *element = json_walk_value(walk);
    return element->kind != JSON_ARRAY_END && element->kind != JSON_END && element->kind != JSON_ERROR;
}

bool json_walk_member(struct json_walk *walk, struct json_token *key, struct json_token *value)
{
    *key = json_walk_next(walk);
    if (key->kind != JSON_KEY) {
        return false;
    }
    *value = json_walk_value(walk);
    return value->kind != JSON_ERROR;
}

struct json_token json_root(struct base_bytes text, struct base_task *task)
{
    struct json_walk walk;
    json_walk_begin(&walk, text, 0, text.size);
    walk.json.task = task;
    return json_walk_value(&walk);
}

size_t json_count_elements(struct base_bytes text, struct json_token array, struct base_task *task)
{
    struct json_walk walk;
    struct json_token element;
    size_t count = 0;
    json_walk_begin_inside(&walk, text, array);
    walk.json.task = task;
    while (json_walk_element(&walk, &element)) {
        count++;
    }
    return count;
}
