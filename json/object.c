#include "json/object.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void json_walk_begin(struct json_walk *tokens, struct base_bytes text, size_t begin, size_t end)
{
    json_begin(&tokens->json, base_bytes_make(text.data + begin, end - begin));
    tokens->text = text;
    tokens->base = begin;
}

struct json_token json_walk_next(struct json_walk *tokens)
{
    struct json_token token = json_next(&tokens->json);
    token.begin += tokens->base;
    token.end += tokens->base;
    return token;
}

struct json_token json_walk_whole(struct json_walk *tokens, struct json_token token)
{
    if (token.kind != JSON_OBJECT_BEGIN && token.kind != JSON_ARRAY_BEGIN) {
        return token;
    }
    struct json_token last = json_skip(&tokens->json, token);
    if (last.kind == JSON_ERROR) {
        token.kind = JSON_ERROR;
    }
    token.end = last.end + tokens->base;
    return token;
}

struct json_token json_walk_value(struct json_walk *tokens)
{
    return json_walk_whole(tokens, json_walk_next(tokens));
}

static size_t index_of(struct base_bytes key, const char *const names[], size_t count)
{
    size_t i = 0;
    while (i < count && !json_equals(key, names[i])) {
        i++;
    }
    return i;
}

void json_walk_members(struct json_walk *tokens, const char *const names[], size_t count, struct json_token values[],
                       json_walk_unknown unknown, void *context)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = (struct json_token){.kind = JSON_END};
    }
    struct json_token key = json_walk_next(tokens);
    while (key.kind == JSON_KEY) {
        size_t i = index_of(json_span(tokens->text, key), names, count);
        struct json_token value = json_walk_value(tokens);
        if (value.kind == JSON_ERROR) {
            return;
        }
        if (i == count && unknown != NULL) {
            unknown(context, key, value);
        } else if (i < count && values[i].kind == JSON_END) {
            values[i] = value;
        }
        key = json_walk_next(tokens);
    }
}

void json_walk_object(struct base_bytes text, struct json_token object, const char *const names[], size_t count,
                      struct json_token values[], json_walk_unknown unknown, void *context)
{
    struct json_walk tokens;
    json_walk_begin(&tokens, text, object.begin, object.end);
    (void)json_walk_next(&tokens);
    json_walk_members(&tokens, names, count, values, unknown, context);
}

bool json_token_is_exact(struct base_bytes text, struct json_token token)
{
    return token.integral && json_integer(text, token).magnitude <= (uint64_t)JSON_EXACT_MAX;
}

bool json_token_integer(struct base_bytes text, struct json_token token, int64_t low, int64_t high, int64_t *value)
{
    if (token.kind != JSON_NUMBER || !json_token_is_exact(text, token)) {
        return false;
    }
    struct json_integer integer = json_integer(text, token);
    int64_t found = integer.negative ? -(int64_t)integer.magnitude : (int64_t)integer.magnitude;
    if (found < low || found > high) {
        return false;
    }
    *value = found;
    return true;
}

bool json_token_unsigned(struct base_bytes text, struct json_token token, uint64_t *value)
{
    if (token.kind != JSON_NUMBER || !token.integral) {
        return false;
    }
    struct json_integer integer = json_integer(text, token);
    if (integer.huge || (integer.negative && integer.magnitude != 0)) {
        return false;
    }
    *value = integer.magnitude;
    return true;
}

bool json_token_is(struct base_bytes text, struct json_token token, const char *literal)
{
    return token.kind == JSON_STRING && json_equals(json_span(text, token), literal);
}

size_t json_token_start(struct json_token token)
{
    return token.kind == JSON_STRING || token.kind == JSON_KEY ? token.begin - 1 : token.begin;
}

struct base_bytes json_token_bytes(struct base_bytes text, struct json_token token)
{
    size_t start = json_token_start(token);
    size_t end = start < token.begin ? token.end + 1 : token.end;
    return base_bytes_make(text.data + start, end - start);
}

/* U+0000 cannot stand in a C string. Takes the memory of `value`. */
static char *replace_nul(uint8_t *value, size_t size)
{
    struct base_text string = BASE_TEXT_EMPTY;
    size_t from = 0;
    for (size_t at = 0; at < size; at++) {
        if (value[at] == 0) {
            base_text_add(&string, base_bytes_make(value + from, at - from));
            base_text_add_string(&string, "\xEF\xBF\xBD");
            from = at + 1;
        }
    }
    base_text_add(&string, base_bytes_make(value + from, size - from));
    free(value);
    return base_text_take(&string);
}

char *json_token_string(struct base_bytes text, struct json_token token)
{
    struct base_bytes span = json_span(text, token);
    uint8_t *value = malloc(span.size + 1);
    if (value == NULL) {
        return NULL;
    }
    size_t size = json_unescape(span, value, span.size);
    value[size] = 0;
    return memchr(value, 0, size) == NULL ? (char *)value : replace_nul(value, size);
}
