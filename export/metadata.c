#include "export/metadata.h"

#include "base/array.h"
#include "json/check.h"
#include "json/object.h"

#include <stdlib.h>
#include <string.h>

/* One container that is open. */
struct level {
    bool is_object;
    bool needs_comma;  /* before the next member or element */
    bool needed_comma; /* before the member that is being printed */
    size_t member_at;  /* size of the output before this member */
};

/* Invariant: levels[depth] is the container that the tokenizer is in. */
struct filter {
    const struct export_metadata *metadata;
    struct json_tokenizer json;
    struct base_text *out;
    struct level levels[JSON_MAX_DEPTH + 1];
    size_t *repeated; /* where keys begin that were there before, in rising order */
    size_t repeated_count;
    size_t repeated_capacity;
    size_t repeated_at; /* the first one that was not passed */
    bool out_of_memory;
    bool dropped;
};

/* ---- What a declaration cannot have ---- */

/* A json_duplicate_sink. */
static bool take_repeated(void *context, const struct json_duplicate *duplicate)
{
    struct filter *filter = context;
    size_t *grown =
        base_array_grow(filter->repeated, filter->repeated_count, &filter->repeated_capacity, sizeof *grown);
    filter->out_of_memory = grown == NULL;
    if (grown != NULL) {
        filter->repeated = grown;
        filter->repeated[filter->repeated_count++] = duplicate->key_begin;
    }
    return grown != NULL;
}

static bool is_repeated(struct filter *filter, struct json_token key)
{
    while (filter->repeated_at < filter->repeated_count && filter->repeated[filter->repeated_at] < key.begin) {
        filter->repeated_at++;
    }
    return filter->repeated_at < filter->repeated_count && filter->repeated[filter->repeated_at] == key.begin;
}

static bool has_nul(struct base_bytes text, struct json_token token)
{
    static const char nul[] = "\\u0000";
    struct base_bytes span = json_span(text, token);
    size_t at = 0;
    while (token.escaped && at < span.size) {
        size_t length = json_step_length(span, at);
        if (length == sizeof nul - 1 && memcmp(span.data + at, nul, length) == 0) {
            return true;
        }
        at += length;
    }
    return false;
}

static bool is_computed(const struct filter *filter, struct base_bytes key)
{
    const char *const *name = filter->metadata->computed;
    while (*name != NULL && !json_equals(key, *name)) {
        name++;
    }
    return *name != NULL;
}

static bool is_wrong_key(struct filter *filter, struct json_token key)
{
    struct base_bytes text = filter->metadata->text;
    return is_repeated(filter, key) || has_nul(text, key) ||
           (filter->json.depth == 1 && !filter->metadata->is_pipeline && json_equals(json_span(text, key), "pipeline"));
}

static bool is_wrong_value(const struct filter *filter, struct json_token value)
{
    struct base_bytes text = filter->metadata->text;
    if (value.kind == JSON_NUMBER) {
        struct json_integer integer = json_integer(text, value);
        return !json_token_is_exact(text, value) || (integer.negative && integer.magnitude == 0);
    }
    return value.kind == JSON_STRING && has_nul(text, value);
}

/* ---- Printing ---- */

static void cut(struct base_text *text, size_t size)
{
    if (text->data != NULL && size <= text->size) {
        text->size = size;
        text->data[size] = '\0';
    }
}

static void add_token(struct filter *filter, struct json_token token)
{
    base_text_add(filter->out, json_token_bytes(filter->metadata->text, token));
}

static void separate(struct filter *filter, struct level *level)
{
    if (!level->is_object && level->needs_comma) {
        base_text_add_char(filter->out, ',');
    }
    level->needs_comma = true;
}

/* Takes back the member that is being printed, of the innermost object, and passes the rest of its value. */
static void drop_member(struct filter *filter)
{
    unsigned depth = filter->json.depth;
    while (depth > 1 && !filter->levels[depth].is_object) {
        depth--;
    }
    struct level *level = &filter->levels[depth];
    cut(filter->out, level->member_at);
    level->needs_comma = level->needed_comma;
    filter->dropped = true;
    while (filter->json.depth > depth && json_next(&filter->json).kind != JSON_ERROR) {
    }
}

static void take_key(struct filter *filter, struct json_token key)
{
    struct level *level = &filter->levels[filter->json.depth];
    bool computed = filter->json.depth == 1 && is_computed(filter, json_span(filter->metadata->text, key));
    bool wrong = is_wrong_key(filter, key);
    if (computed || wrong) {
        filter->dropped = filter->dropped || wrong;
        (void)json_skip(&filter->json, json_next(&filter->json));
        return;
    }
    level->member_at = filter->out->size;
    level->needed_comma = level->needs_comma;
    base_text_add_string(filter->out, level->needs_comma ? "," : "");
    level->needs_comma = true;
    add_token(filter, key);
    base_text_add_char(filter->out, ':');
}

static void take_begin(struct filter *filter, bool is_object)
{
    unsigned depth = filter->json.depth;
    separate(filter, &filter->levels[depth - 1]);
    filter->levels[depth] = (struct level){.is_object = is_object};
    base_text_add_char(filter->out, is_object ? '{' : '[');
}

static void take(struct filter *filter, struct json_token token)
{
    switch (token.kind) {
    case JSON_OBJECT_BEGIN:
    case JSON_ARRAY_BEGIN:
        take_begin(filter, token.kind == JSON_OBJECT_BEGIN);
        break;
    case JSON_OBJECT_END:
    case JSON_ARRAY_END:
        base_text_add_char(filter->out, token.kind == JSON_OBJECT_END ? '}' : ']');
        break;
    case JSON_KEY:
        take_key(filter, token);
        break;
    case JSON_STRING:
    case JSON_NUMBER:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        if (is_wrong_value(filter, token)) {
            drop_member(filter);
        } else {
            separate(filter, &filter->levels[filter->json.depth]);
            add_token(filter, token);
        }
        break;
    case JSON_END:
    case JSON_ERROR:
        break;
    }
}

bool export_metadata_print(const struct export_metadata *metadata, struct base_task *task, struct base_text *text,
                           bool *dropped)
{
    struct filter filter = {.metadata = metadata, .out = text};
    size_t begin = text->size;
    bool found = json_find_duplicates(metadata->text, task, take_repeated, &filter);
    if (found && !filter.out_of_memory) {
        struct json_token token;
        json_begin(&filter.json, metadata->text);
        filter.json.task = task;
        do {
            token = json_next(&filter.json);
            take(&filter, token);
        } while (token.kind != JSON_END && token.kind != JSON_ERROR && text->size - begin <= metadata->most);
    }
    free(filter.repeated);
    *dropped = *dropped || filter.dropped;
    return found && !filter.out_of_memory && !base_text_out_of_memory(text);
}

/* ---- Reading ---- */

static struct json_token member(struct base_bytes text, const char *name)
{
    return json_object_member(text, json_root(text, NULL), name);
}

bool export_metadata_integer(struct base_bytes text, const char *name, int64_t low, int64_t high, int64_t *value)
{
    return json_token_integer(text, member(text, name), low, high, value);
}

bool export_metadata_has(struct base_bytes text, const char *name)
{
    return member(text, name).kind != JSON_END;
}
