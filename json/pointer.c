#include "json/pointer.h"

#include "json/value.h"

void json_pointer_add_name(struct base_text *pointer, const char *name)
{
    base_text_add_char(pointer, '/');
    base_text_add_string(pointer, name);
}

void json_pointer_add_index(struct base_text *pointer, uint64_t index)
{
    base_text_addf(pointer, "/%llu", (unsigned long long)index);
}

void json_pointer_add_pointer(struct base_text *pointer, const struct base_text *below)
{
    base_text_add(pointer, base_text_bytes(below));
    pointer->out_of_memory = pointer->out_of_memory || base_text_out_of_memory(below);
}

static void add_byte(struct base_text *pointer, uint8_t byte)
{
    if (byte == '~') {
        base_text_add_string(pointer, "~0");
    } else if (byte == '/') {
        base_text_add_string(pointer, "~1");
    } else if (byte == 0) {
        base_text_add_string(pointer, "\xEF\xBF\xBD"); /* the pointer is a C string */
    } else {
        base_text_add_char(pointer, (char)byte);
    }
}

void json_pointer_add_key(struct base_text *pointer, struct base_bytes key)
{
    enum { LONGEST = 512 };
    size_t end = pointer->size + LONGEST;
    base_text_add_char(pointer, '/');
    while (key.size > 0) {
        if (pointer->size > end) {
            base_text_add_string(pointer, "…");
            return;
        }
        size_t length = json_step_length(key, 0);
        uint8_t value[4];
        size_t size = json_unescape(base_bytes_make(key.data, length), value, sizeof value);
        for (size_t i = 0; i < size; i++) {
            add_byte(pointer, value[i]);
        }
        key = base_bytes_make(key.data + length, key.size - length);
    }
}

static void count_element(struct json_path *path)
{
    if (path->depth == 0 || !path->levels[path->depth - 1].array) {
        return;
    }
    struct json_path_level *level = &path->levels[path->depth - 1];
    level->index = level->begun ? level->index + 1 : 0;
    level->begun = true;
}

void json_path_follow(struct json_path *path, struct base_bytes text, struct json_token token)
{
    if (token.kind == JSON_KEY) {
        path->levels[path->depth - 1].key = json_span(text, token);
        path->levels[path->depth - 1].begun = true;
    } else if (token.kind == JSON_OBJECT_END || token.kind == JSON_ARRAY_END) {
        path->depth--;
    } else {
        count_element(path);
        if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
            path->levels[path->depth++] = (struct json_path_level){.array = token.kind == JSON_ARRAY_BEGIN};
        }
    }
}

void json_path_write(const struct json_path *path, struct base_text *pointer)
{
    for (unsigned i = 0; i < path->depth && path->levels[i].begun; i++) {
        if (path->levels[i].array) {
            json_pointer_add_index(pointer, path->levels[i].index);
        } else {
            json_pointer_add_key(pointer, path->levels[i].key);
        }
    }
}
