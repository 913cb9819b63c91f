#include "verify/tokens.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void pp_tokens_begin(struct pp_tokens *tokens, struct pp_bytes text, size_t begin, size_t end)
{
    pp_json_begin(&tokens->json, pp_bytes_make(text.data + begin, end - begin));
    tokens->text = text;
    tokens->base = begin;
}

struct pp_json_token pp_tokens_next(struct pp_tokens *tokens)
{
    struct pp_json_token token = pp_json_next(&tokens->json);
    token.begin += tokens->base;
    token.end += tokens->base;
    return token;
}

struct pp_json_token pp_tokens_whole(struct pp_tokens *tokens, struct pp_json_token token)
{
    if (token.kind != PP_JSON_OBJECT_BEGIN && token.kind != PP_JSON_ARRAY_BEGIN) {
        return token;
    }
    struct pp_json_token last = pp_json_skip(&tokens->json, token);
    if (last.kind == PP_JSON_ERROR) {
        token.kind = PP_JSON_ERROR;
    }
    token.end = last.end + tokens->base;
    return token;
}

struct pp_json_token pp_tokens_value(struct pp_tokens *tokens)
{
    return pp_tokens_whole(tokens, pp_tokens_next(tokens));
}

static size_t index_of(struct pp_bytes key, const char *const names[], size_t count)
{
    size_t i = 0;
    while (i < count && !pp_json_is(key, names[i])) {
        i++;
    }
    return i;
}

void pp_tokens_members(struct pp_tokens *tokens, const char *const names[], size_t count, struct pp_json_token values[],
                       pp_tokens_unknown unknown, void *context)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = (struct pp_json_token){.kind = PP_JSON_END};
    }
    struct pp_json_token key = pp_tokens_next(tokens);
    while (key.kind == PP_JSON_KEY) {
        size_t i = index_of(pp_json_span(tokens->text, key), names, count);
        struct pp_json_token value = pp_tokens_value(tokens);
        if (value.kind == PP_JSON_ERROR) {
            return;
        }
        if (i == count && unknown != NULL) {
            unknown(context, key, value);
        } else if (i < count && values[i].kind == PP_JSON_END) {
            values[i] = value;
        }
        key = pp_tokens_next(tokens);
    }
}

void pp_tokens_object(struct pp_bytes text, struct pp_json_token object, const char *const names[], size_t count,
                      struct pp_json_token values[], pp_tokens_unknown unknown, void *context)
{
    struct pp_tokens tokens;
    pp_tokens_begin(&tokens, text, object.begin, object.end);
    (void)pp_tokens_next(&tokens);
    pp_tokens_members(&tokens, names, count, values, unknown, context);
}

bool pp_token_is_exact(struct pp_bytes text, struct pp_json_token token)
{
    return token.integral && pp_json_integer(text, token).magnitude <= (uint64_t)PP_EXACT_MAX;
}

bool pp_token_integer(struct pp_bytes text, struct pp_json_token token, int64_t low, int64_t high, int64_t *value)
{
    if (token.kind != PP_JSON_NUMBER || !pp_token_is_exact(text, token)) {
        return false;
    }
    struct pp_json_integer integer = pp_json_integer(text, token);
    int64_t found = integer.negative ? -(int64_t)integer.magnitude : (int64_t)integer.magnitude;
    if (found < low || found > high) {
        return false;
    }
    *value = found;
    return true;
}

bool pp_token_unsigned(struct pp_bytes text, struct pp_json_token token, uint64_t *value)
{
    if (token.kind != PP_JSON_NUMBER || !token.integral) {
        return false;
    }
    struct pp_json_integer integer = pp_json_integer(text, token);
    if (integer.huge || (integer.negative && integer.magnitude != 0)) {
        return false;
    }
    *value = integer.magnitude;
    return true;
}

bool pp_token_is(struct pp_bytes text, struct pp_json_token token, const char *literal)
{
    return token.kind == PP_JSON_STRING && pp_json_is(pp_json_span(text, token), literal);
}

size_t pp_token_start(struct pp_json_token token)
{
    return token.kind == PP_JSON_STRING || token.kind == PP_JSON_KEY ? token.begin - 1 : token.begin;
}

struct pp_bytes pp_token_bytes(struct pp_bytes text, struct pp_json_token token)
{
    size_t start = pp_token_start(token);
    size_t end = start < token.begin ? token.end + 1 : token.end;
    return pp_bytes_make(text.data + start, end - start);
}

/* U+0000 cannot stand in a C string. Takes the memory of `value`. */
static char *replace_nul(uint8_t *value, size_t size)
{
    struct pp_text string = PP_TEXT_EMPTY;
    size_t from = 0;
    for (size_t at = 0; at < size; at++) {
        if (value[at] == 0) {
            pp_text_add(&string, pp_bytes_make(value + from, at - from));
            pp_text_add_string(&string, "\xEF\xBF\xBD");
            from = at + 1;
        }
    }
    pp_text_add(&string, pp_bytes_make(value + from, size - from));
    free(value);
    return pp_text_take(&string);
}

char *pp_token_string(struct pp_bytes text, struct pp_json_token token)
{
    struct pp_bytes span = pp_json_span(text, token);
    uint8_t *value = malloc(span.size + 1);
    if (value == NULL) {
        return NULL;
    }
    size_t size = pp_json_unescape(span, value, span.size);
    value[size] = 0;
    return memchr(value, 0, size) == NULL ? (char *)value : replace_nul(value, size);
}
