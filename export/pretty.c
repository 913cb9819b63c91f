#include "export/pretty.h"

#include "json/value.h"

enum { LINE_LEVEL = 4 };

struct pretty {
    struct json_tokenizer json;
    struct base_text *text;
    bool is_array[JSON_MAX_DEPTH + 1]; /* of each level, the container that is open */
    bool is_begun;                     /* a container has just begun */
    bool after_key;
};

/* Whether what is open is an object that stands on one line. */
static bool is_in_line(const struct pretty *pretty, unsigned depth)
{
    return depth >= LINE_LEVEL && pretty->is_array[LINE_LEVEL - 1];
}

static void begin_line(struct pretty *pretty, unsigned depth)
{
    base_text_add_char(pretty->text, '\n');
    for (unsigned i = 0; i < depth; i++) {
        base_text_add_string(pretty->text, "  ");
    }
}

/* What comes before a key, or a value without one, in the container of that depth. */
static void separate(struct pretty *pretty, unsigned depth)
{
    if (pretty->after_key || depth == 0) {
        return;
    }
    if (is_in_line(pretty, depth)) {
        base_text_add_string(pretty->text, pretty->is_begun ? "" : ", ");
    } else {
        base_text_add_string(pretty->text, pretty->is_begun ? "" : ",");
        begin_line(pretty, depth);
    }
}

static void take_begin(struct pretty *pretty, struct json_token token)
{
    unsigned depth = pretty->json.depth;
    separate(pretty, depth - 1);
    pretty->is_array[depth] = token.kind == JSON_ARRAY_BEGIN;
    base_text_add_char(pretty->text, pretty->is_array[depth] ? '[' : '{');
    pretty->is_begun = true;
    pretty->after_key = false;
}

static void take_end(struct pretty *pretty, struct json_token token)
{
    unsigned depth = pretty->json.depth;
    if (!pretty->is_begun && !is_in_line(pretty, depth + 1)) {
        begin_line(pretty, depth);
    }
    base_text_add_char(pretty->text, token.kind == JSON_ARRAY_END ? ']' : '}');
    pretty->is_begun = false;
}

static void take_text(struct pretty *pretty, struct json_token token)
{
    separate(pretty, pretty->json.depth);
    base_text_add(pretty->text, json_token_bytes(pretty->json.text, token));
    pretty->is_begun = false;
    pretty->after_key = token.kind == JSON_KEY;
    base_text_add_string(pretty->text, pretty->after_key ? ": " : "");
}

bool export_pretty_print(struct base_text *text, struct base_bytes json, size_t most)
{
    struct pretty pretty = {.text = text};
    size_t begin = text->size;
    struct json_token token;
    json_begin(&pretty.json, json);
    do {
        token = json_next(&pretty.json);
        if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
            take_begin(&pretty, token);
        } else if (token.kind == JSON_OBJECT_END || token.kind == JSON_ARRAY_END) {
            take_end(&pretty, token);
        } else if (token.kind != JSON_END && token.kind != JSON_ERROR) {
            take_text(&pretty, token);
        }
    } while (token.kind != JSON_END && token.kind != JSON_ERROR && text->size - begin <= most);
    base_text_add_char(text, '\n');
    return token.kind == JSON_END && text->size - begin <= most && !base_text_out_of_memory(text);
}
