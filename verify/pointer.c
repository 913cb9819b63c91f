#include "verify/pointer.h"

#include "verify/tokens.h"

void pp_pointer_add_name(struct pp_text *pointer, const char *name)
{
    pp_text_add_char(pointer, '/');
    pp_text_add_string(pointer, name);
}

void pp_pointer_add_index(struct pp_text *pointer, uint64_t index)
{
    pp_text_addf(pointer, "/%llu", (unsigned long long)index);
}

void pp_pointer_add_pointer(struct pp_text *pointer, const struct pp_text *below)
{
    pp_text_add(pointer, pp_text_bytes(below));
    pointer->failed = pointer->failed || pp_text_failed(below);
}

static void add_byte(struct pp_text *pointer, uint8_t byte)
{
    if (byte == '~') {
        pp_text_add_string(pointer, "~0");
    } else if (byte == '/') {
        pp_text_add_string(pointer, "~1");
    } else if (byte == 0) {
        pp_text_add_string(pointer, "\xEF\xBF\xBD"); /* the pointer is a C string */
    } else {
        pp_text_add_char(pointer, (char)byte);
    }
}

/* The length of the escape, surrogate pair included, or plain byte at the start of an accepted span. */
static size_t step_length(struct pp_bytes span)
{
    if (span.data[0] != '\\') {
        return 1;
    }
    if (span.data[1] != 'u') {
        return 2;
    }
    uint8_t first = span.data[2] | 0x20;
    uint8_t second = span.data[3] | 0x20;
    return first == 'd' && (second == '8' || second == '9' || second == 'a' || second == 'b') ? 12 : 6;
}

void pp_pointer_add_key(struct pp_text *pointer, struct pp_bytes key)
{
    enum { LONGEST = 512 };
    size_t end = pointer->size + LONGEST;
    pp_text_add_char(pointer, '/');
    while (key.size > 0) {
        if (pointer->size > end) {
            pp_text_add_string(pointer, "…");
            return;
        }
        size_t length = step_length(key);
        uint8_t value[4];
        size_t size = pp_json_unescape(pp_bytes_make(key.data, length), value, sizeof value);
        for (size_t i = 0; i < size; i++) {
            add_byte(pointer, value[i]);
        }
        key = pp_bytes_make(key.data + length, key.size - length);
    }
}

static void count_element(struct pp_path *path)
{
    if (path->depth == 0 || !path->levels[path->depth - 1].array) {
        return;
    }
    struct pp_path_level *level = &path->levels[path->depth - 1];
    level->index = level->begun ? level->index + 1 : 0;
    level->begun = true;
}

void pp_path_follow(struct pp_path *path, struct pp_bytes text, struct pp_json_token token)
{
    if (token.kind == PP_JSON_KEY) {
        path->levels[path->depth - 1].key = pp_json_span(text, token);
        path->levels[path->depth - 1].begun = true;
    } else if (token.kind == PP_JSON_OBJECT_END || token.kind == PP_JSON_ARRAY_END) {
        path->depth--;
    } else {
        count_element(path);
        if (token.kind == PP_JSON_OBJECT_BEGIN || token.kind == PP_JSON_ARRAY_BEGIN) {
            path->levels[path->depth++] = (struct pp_path_level){.array = token.kind == PP_JSON_ARRAY_BEGIN};
        }
    }
}

void pp_path_write(const struct pp_path *path, struct pp_text *pointer)
{
    for (unsigned i = 0; i < path->depth && path->levels[i].begun; i++) {
        if (path->levels[i].array) {
            pp_pointer_add_index(pointer, path->levels[i].index);
        } else {
            pp_pointer_add_key(pointer, path->levels[i].key);
        }
    }
}

static bool is_last(enum pp_json_kind kind)
{
    return kind == PP_JSON_END || kind == PP_JSON_ERROR;
}

bool pp_pointers_find(struct pp_bytes text, const size_t positions[], char *pointers[], size_t count)
{
    struct pp_path path = {.depth = 0};
    struct pp_json json;
    pp_json_begin(&json, text);
    bool enough_memory = true;
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        pointers[i] = NULL;
    }
    for (struct pp_json_token token = pp_json_next(&json); next < count && !is_last(token.kind);
         token = pp_json_next(&json)) {
        pp_path_follow(&path, text, token);
        size_t start = pp_token_start(token);
        while (next < count && positions[next] <= start) {
            if (positions[next] == start) {
                struct pp_text pointer = PP_TEXT_EMPTY;
                pp_path_write(&path, &pointer);
                pointers[next] = pp_text_take(&pointer);
                enough_memory = enough_memory && pointers[next] != NULL;
            }
            next++;
        }
    }
    return enough_memory;
}
