/* json/ against a second reading of the same text: acceptance, the position of every error and token, values,
 * repeated keys and the canonical form. */
#include "base/utf8.h"
#include "fuzz/mutate/mutate.h"
#include "json/check.h"
#include "json/value.h"

#include <stdlib.h>
#include <string.h>

static enum json_error error_of(enum naive_error error)
{
    static const enum json_error errors[] = {JSON_OK, JSON_ERROR_SYNTAX, JSON_ERROR_ENCODING, JSON_ERROR_DEPTH};
    return errors[error];
}

/* ---- Refusals ---- */

static void check_sticky(struct json_tokenizer *json)
{
    size_t at = json->error_at;
    for (int i = 0; i < 3; i++) {
        struct json_token token = json_next(json);
        FUZZ_CHECK(token.kind == JSON_ERROR);
        FUZZ_CHECK_U64(token.begin, at);
        FUZZ_CHECK_U64(json->error_at, at);
    }
    FUZZ_CHECK(json->error_text != NULL && json->error_text[0] != '\0');
}

/* Walks a faulty text: the spans rise and stay inside, and the walk ends with the error. */
static void check_refused(struct base_bytes text, const struct naive_json *naive)
{
    struct json_tokenizer json;
    struct json_token token;
    size_t behind = 0;
    json_begin(&json, text);
    do {
        token = json_next(&json);
        FUZZ_CHECK(token.kind != JSON_END);
        FUZZ_CHECK(json.at <= text.size && json.depth <= JSON_MAX_DEPTH);
        if (token.kind != JSON_ERROR) {
            FUZZ_CHECK(token.begin >= behind && token.begin <= token.end && token.end <= json.at);
            behind = token.end;
        }
    } while (token.kind != JSON_ERROR);
    FUZZ_CHECK_U64(json.error_at, naive->error_at);
    FUZZ_CHECK_U64(json.error_kind, error_of(naive->error));
    check_sticky(&json);
}

/* ---- Tokens ---- */

static void expect_token(struct json_token token, enum json_kind kind, size_t begin, size_t end)
{
    FUZZ_CHECK_U64(token.kind, kind);
    FUZZ_CHECK_U64(token.begin, begin);
    FUZZ_CHECK_U64(token.end, end);
}

static bool has_backslash(struct base_bytes span)
{
    return span.size > 0 && memchr(span.data, '\\', span.size) != NULL;
}

static void check_number(const struct naive_json *naive, const struct naive_node *node, struct json_token token)
{
    struct naive_integer expected = naive_integer_of(naive, node);
    expect_token(token, JSON_NUMBER, node->begin, node->end);
    FUZZ_CHECK(token.integral == expected.integral);
    if (expected.integral) {
        struct json_integer actual = json_integer(naive->text, token);
        FUZZ_CHECK(actual.negative == expected.negative);
        FUZZ_CHECK(actual.huge == expected.huge);
        FUZZ_CHECK_U64(actual.magnitude, expected.magnitude);
    }
}

/* Skipping from a container's first token ends at its last one. */
static void check_skip(struct json_tokenizer json, struct json_token token, const struct naive_node *node)
{
    struct json_token last = json_skip(&json, token);
    bool container = node->kind == NAIVE_OBJECT || node->kind == NAIVE_ARRAY;
    bool quoted = node->kind == NAIVE_STRING;
    FUZZ_CHECK_U64(last.end, quoted ? node->end - 1 : node->end);
    FUZZ_CHECK(last.kind == (container ? (node->kind == NAIVE_OBJECT ? JSON_OBJECT_END : JSON_ARRAY_END) : token.kind));
}

static void check_value(struct json_tokenizer *json, const struct naive_json *naive, const struct naive_node *node);

static void check_children(struct json_tokenizer *json, const struct naive_json *naive, const struct naive_node *node)
{
    for (size_t i = node->first; i != NAIVE_NONE; i = naive->nodes[i].next) {
        const struct naive_node *child = &naive->nodes[i];
        if (node->kind == NAIVE_OBJECT) {
            struct json_token key = json_next(json);
            expect_token(key, JSON_KEY, child->key_begin, child->key_end);
            FUZZ_CHECK(key.escaped == has_backslash(naive_key(naive, child)));
        }
        check_value(json, naive, child);
    }
}

static void check_container(struct json_tokenizer *json, const struct naive_json *naive, const struct naive_node *node)
{
    bool object = node->kind == NAIVE_OBJECT;
    unsigned depth = json->depth;
    struct json_token token = json_next(json);
    expect_token(token, object ? JSON_OBJECT_BEGIN : JSON_ARRAY_BEGIN, node->begin, node->begin + 1);
    FUZZ_CHECK_U64(json->depth, depth + 1);
    if (naive->count < 64) {
        check_skip(*json, token, node);
    }
    check_children(json, naive, node);
    expect_token(json_next(json), object ? JSON_OBJECT_END : JSON_ARRAY_END, node->end - 1, node->end);
    FUZZ_CHECK_U64(json->depth, depth);
}

static void check_value(struct json_tokenizer *json, const struct naive_json *naive, const struct naive_node *node)
{
    if (node->kind == NAIVE_OBJECT || node->kind == NAIVE_ARRAY) {
        check_container(json, naive, node);
        return;
    }
    struct json_token token = json_next(json);
    check_skip(*json, token, node);
    if (node->kind == NAIVE_NUMBER) {
        check_number(naive, node, token);
    } else if (node->kind == NAIVE_STRING) {
        expect_token(token, JSON_STRING, node->begin + 1, node->end - 1);
        FUZZ_CHECK(token.escaped == has_backslash(naive_span(naive, node)));
    } else {
        static const enum json_kind kinds[] = {
            [NAIVE_TRUE] = JSON_TRUE, [NAIVE_FALSE] = JSON_FALSE, [NAIVE_NULL] = JSON_NULL};
        expect_token(token, kinds[node->kind], node->begin, node->end);
    }
}

static void check_tokens(struct base_bytes text, const struct naive_json *naive)
{
    struct json_tokenizer json;
    json_begin(&json, text);
    check_value(&json, naive, &naive->nodes[0]);
    FUZZ_CHECK(json_next(&json).kind == JSON_END);
    FUZZ_CHECK(json_next(&json).kind == JSON_END);
    FUZZ_CHECK_U64(json.at, text.size);
    FUZZ_CHECK(json.error_kind == JSON_OK);
}

/* ---- Values of strings ---- */

static int sign_of(int order)
{
    return (order > 0) - (order < 0);
}

static void check_string(struct base_bytes span)
{
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, span);
    FUZZ_CHECK_U64(json_unescape(span, NULL, 0), value.size);
    FUZZ_CHECK(value.size <= span.size);
    uint8_t *out = malloc(value.size + 1);
    FUZZ_CHECK(out != NULL);
    FUZZ_CHECK_U64(json_unescape(span, out, value.size), value.size);
    FUZZ_CHECK_BYTES(base_bytes_make(out, value.size), fuzz_text_bytes(&value));
    if (value.size > 0) {
        /* What does not fit is not written. */
        out[value.size - 1] = 0xAA;
        FUZZ_CHECK_U64(json_unescape(span, out, value.size - 1), value.size);
        FUZZ_CHECK_U64(out[value.size - 1], 0xAA);
    }
    out[value.size] = '\0';
    (void)json_unescape(span, out, value.size);
    bool ascii = true;
    for (size_t i = 0; i < value.size; i++) {
        ascii = ascii && value.data[i] != 0 && value.data[i] < 0x80;
    }
    if (ascii) {
        FUZZ_CHECK(json_equals(span, (const char *)out));
        out[value.size / 2] ^= 1U;
        bool same = value.size == 0 && out[0] == '\0';
        FUZZ_CHECK(json_equals(span, (const char *)out) == same);
    }
    free(out);
    fuzz_text_free(&value);
}

static void check_pair(struct base_bytes a, struct base_bytes b)
{
    FUZZ_CHECK(sign_of(json_compare(a, b)) == sign_of(naive_compare(a, b)));
    FUZZ_CHECK(sign_of(json_compare(b, a)) == sign_of(naive_compare(b, a)));
    FUZZ_CHECK(json_compare(a, a) == 0);
}

/* Every key and string, alone and against the one before it. */
static void check_strings(const struct naive_json *naive)
{
    struct base_bytes before = {.data = NULL};
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_node *node = &naive->nodes[i];
        if (node->has_key) {
            check_string(naive_key(naive, node));
            check_pair(before, naive_key(naive, node));
            before = naive_key(naive, node);
        }
        if (node->kind == NAIVE_STRING) {
            check_string(naive_span(naive, node));
            check_pair(before, naive_span(naive, node));
            before = naive_span(naive, node);
        }
    }
}

/* ---- Whole documents ---- */

struct duplicates {
    size_t *keys; /* in threes, rising: begin and end of the key, brace of the object */
    size_t count;
    size_t seen;
    size_t stop_after;
};

static int by_position(const void *left, const void *right)
{
    const size_t *a = left;
    const size_t *b = right;
    return (a[0] > b[0]) - (a[0] < b[0]);
}

static bool see_duplicate(void *context, const struct json_duplicate *duplicate)
{
    struct duplicates *expected = context;
    FUZZ_CHECK(expected->seen < expected->count);
    FUZZ_CHECK_U64(duplicate->key_begin, expected->keys[expected->seen * 3]);
    FUZZ_CHECK_U64(duplicate->key_end, expected->keys[expected->seen * 3 + 1]);
    FUZZ_CHECK_U64(duplicate->object_begin, expected->keys[expected->seen * 3 + 2]);
    expected->seen++;
    return expected->seen != expected->stop_after;
}

static void collect_duplicates(const struct naive_json *naive, struct duplicates *expected)
{
    expected->keys = calloc(naive->count + 1, 3 * sizeof *expected->keys);
    FUZZ_CHECK(expected->keys != NULL);
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_node *object = &naive->nodes[i];
        for (size_t m = object->kind == NAIVE_OBJECT ? object->first : NAIVE_NONE; m != NAIVE_NONE;
             m = naive->nodes[m].next) {
            const struct naive_node *member = &naive->nodes[m];
            if (naive_key_repeats(naive, object, member)) {
                size_t *row = &expected->keys[expected->count++ * 3];
                row[0] = member->key_begin;
                row[1] = member->key_end;
                row[2] = object->begin;
            }
        }
    }
    qsort(expected->keys, expected->count, 3 * sizeof *expected->keys, by_position);
}

static void check_duplicates(struct base_bytes text, const struct naive_json *naive)
{
    struct duplicates expected = {.count = 0};
    collect_duplicates(naive, &expected);
    FUZZ_CHECK(json_find_duplicates(text, NULL, see_duplicate, &expected));
    FUZZ_CHECK_U64(expected.seen, expected.count);
    struct json_tokenizer json;
    bool all_ascend;
    json_begin(&json, text);
    FUZZ_CHECK(json_finish_keys(&json, &all_ascend));
    FUZZ_CHECK(!all_ascend || expected.count == 0);
    expected.seen = 0;
    expected.stop_after = 1;
    FUZZ_CHECK(json_find_duplicates(text, NULL, see_duplicate, &expected));
    FUZZ_CHECK_U64(expected.seen, expected.count > 0 ? 1 : 0);
    fuzz_memory_fail(1);
    expected.seen = 0;
    expected.stop_after = 0;
    bool enough = json_find_duplicates(text, NULL, see_duplicate, &expected);
    FUZZ_CHECK(enough == !fuzz_memory_failed());
    FUZZ_CHECK_U64(expected.seen, enough ? expected.count : 0);
    free(expected.keys);
}

static void check_accepted(struct base_bytes text, const struct naive_json *naive)
{
    check_tokens(text, naive);
    check_strings(naive);
    check_duplicates(text, naive);
    FUZZ_CHECK_U64(json_first_difference(text, NULL), naive_first_difference(naive));
}

/* Of a text that is not JSON the whole-document checks see what comes before the fault: no more is said of them. */
static bool ignore_duplicate(void *context, const struct json_duplicate *duplicate)
{
    const struct base_bytes *text = context;
    FUZZ_CHECK(duplicate->key_begin <= duplicate->key_end && duplicate->key_end <= text->size);
    FUZZ_CHECK(duplicate->object_begin < duplicate->key_begin);
    return true;
}

static void check_utf8(struct base_bytes text)
{
    for (size_t at = 0; at < text.size && at < 64; at++) {
        uint32_t actual = 0;
        uint32_t expected = 0;
        struct base_bytes rest = base_bytes_make(text.data + at, text.size - at);
        FUZZ_CHECK_U64(base_utf8_decode(rest, &actual), naive_utf8(rest, &expected));
        FUZZ_CHECK_U64(actual, expected);
    }
}

FUZZ_MUTATORS(0, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes text = fuzz_guard(0, base_bytes_make(data, size));
    struct naive_json naive;
    struct json_tokenizer json;
    fuzz_memory_begin();
    bool expected = naive_json_read(&naive, text);
    FUZZ_CHECK(json_validate(&json, text) == expected);
    if (expected) {
        check_accepted(text, &naive);
    } else {
        check_refused(text, &naive);
        (void)json_find_duplicates(text, NULL, ignore_duplicate, &text);
        FUZZ_CHECK(json_first_difference(text, NULL) <= text.size);
    }
    check_utf8(text);
    naive_json_free(&naive);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
