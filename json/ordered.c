#include "json/ordered.h"

#include "json/value.h"

void json_ordered_begin(struct json_ordered *ordered, struct base_bytes text)
{
    json_begin(&ordered->json, text);
    ordered->failed = false;
}

struct json_token json_ordered_take(struct json_ordered *ordered, enum json_kind kind)
{
    struct json_token token = json_next(&ordered->json);
    ordered->failed = ordered->failed || token.kind != kind;
    return token;
}

void json_ordered_key(struct json_ordered *ordered, const char *name)
{
    struct json_token key = json_ordered_take(ordered, JSON_KEY);
    ordered->failed = ordered->failed || !json_equals(json_span(ordered->json.text, key), name);
}

uint64_t json_ordered_number(struct json_ordered *ordered, uint64_t most)
{
    struct json_token token = json_ordered_take(ordered, JSON_NUMBER);
    if (ordered->failed) {
        return 0;
    }
    struct json_integer integer = json_integer(ordered->json.text, token);
    ordered->failed = !token.integral || integer.negative || integer.huge || integer.magnitude > most;
    return ordered->failed ? 0 : integer.magnitude;
}

bool json_ordered_boolean(struct json_ordered *ordered)
{
    struct json_token token = json_next(&ordered->json);
    ordered->failed = ordered->failed || (token.kind != JSON_TRUE && token.kind != JSON_FALSE);
    return token.kind == JSON_TRUE;
}

static struct json_token take_whole(struct json_ordered *ordered, enum json_kind begin, enum json_kind end,
                                    bool *absent)
{
    struct json_token value = json_next(&ordered->json);
    struct json_token last = json_skip(&ordered->json, value);
    bool is_null = absent != NULL && value.kind == JSON_NULL;
    if (absent != NULL) {
        *absent = is_null;
    }
    ordered->failed = ordered->failed || (!is_null && (value.kind != begin || last.kind != end));
    value.end = last.end;
    return value;
}

struct json_token json_ordered_object(struct json_ordered *ordered, bool *absent)
{
    return take_whole(ordered, JSON_OBJECT_BEGIN, JSON_OBJECT_END, absent);
}

struct json_token json_ordered_array(struct json_ordered *ordered, bool *absent)
{
    return take_whole(ordered, JSON_ARRAY_BEGIN, JSON_ARRAY_END, absent);
}

bool json_ordered_more(struct json_ordered *ordered, enum json_kind kind)
{
    struct json_token token = json_next(&ordered->json);
    ordered->failed = ordered->failed || (token.kind != kind && token.kind != JSON_ARRAY_END);
    return !ordered->failed && token.kind == kind;
}
