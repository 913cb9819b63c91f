/* json/ against cJSON. Whatever json/ takes, cJSON must take with the same values; whatever only cJSON
 * takes must be one of its known leniencies, each named here. */
#include "fuzz/mutate/mutate.h"
#include "json/value.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CJSON_LONGEST_NUMBER = 63 };

/* ---- Leniencies of cJSON: what it takes and RFC 8259 does not ----
 *
 * Each looks at the first fault that json/ reports. */

struct refusal {
    struct base_bytes text;
    enum json_error kind;
    size_t at;
    bool in_string; /* the fault is between two quotes */
};

/* The byte at a distance from the fault; 0 outside of the text. */
static uint8_t near(const struct refusal *refusal, int distance)
{
    if (distance < 0 && (size_t)-distance > refusal->at) {
        return 0;
    }
    size_t at = distance < 0 ? refusal->at - (size_t)-distance : refusal->at + (size_t)distance;
    return at < refusal->text.size ? refusal->text.data[at] : 0;
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool byte_order_mark(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_ENCODING && refusal->at == 0 && near(refusal, 0) == 0xEF &&
           near(refusal, 1) == 0xBB && near(refusal, 2) == 0xBF;
}

static bool control_byte_in_string(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_SYNTAX && refusal->in_string && refusal->at < refusal->text.size &&
           near(refusal, 0) < ' ';
}

/* NUL too. */
static bool control_byte_as_white_space(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_SYNTAX && !refusal->in_string && refusal->at < refusal->text.size &&
           near(refusal, 0) < ' ';
}

static bool invalid_utf8_in_string(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_ENCODING && refusal->in_string && near(refusal, 0) >= 0x80;
}

/* It reads a \u without four digits as U+0000. */
static bool escape_without_digits(const struct refusal *refusal)
{
    for (int back = 2; back <= 5; back++) {
        if (near(refusal, -back) == '\\' && near(refusal, 1 - back) == 'u') {
            return refusal->kind == JSON_ERROR_SYNTAX && refusal->in_string;
        }
    }
    return false;
}

/* 01, -01 */
static bool leading_zero(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_SYNTAX && !refusal->in_string && is_digit(near(refusal, 0)) &&
           near(refusal, -1) == '0' && !is_digit(near(refusal, -2));
}

/* 1. and 1.e5 */
static bool point_without_digits(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_SYNTAX && !refusal->in_string && near(refusal, -1) == '.' &&
           is_digit(near(refusal, -2));
}

/* -.5 */
static bool minus_without_digits(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_SYNTAX && !refusal->in_string && near(refusal, 0) == '.' &&
           near(refusal, -1) == '-';
}

/* 128 to 1,000 levels. */
static bool deep_nesting(const struct refusal *refusal)
{
    return refusal->kind == JSON_ERROR_DEPTH;
}

static const struct {
    const char *name;
    bool (*holds)(const struct refusal *refusal);
} leniencies[] = {
    {"a byte-order mark", byte_order_mark},
    {"control bytes in strings", control_byte_in_string},
    {"control bytes as white space", control_byte_as_white_space},
    {"invalid UTF-8 in strings", invalid_utf8_in_string},
    {"\\u without four digits", escape_without_digits},
    {"leading zeros", leading_zero},
    {"a point without digits after it", point_without_digits},
    {"a point without digits before it", minus_without_digits},
    {"nesting deeper than 127", deep_nesting},
};

static bool known_leniency(const struct refusal *refusal)
{
    for (size_t i = 0; i < sizeof leniencies / sizeof leniencies[0]; i++) {
        if (leniencies[i].holds(refusal)) {
            return true;
        }
    }
    return false;
}

/* Whether a place is inside a string, of a text whose tokens before it are good. */
static bool stands_in_string(struct base_bytes text, size_t at)
{
    bool inside = false;
    for (size_t i = 0; i < at; i++) {
        if (text.data[i] == '"') {
            inside = !inside;
        } else if (inside && text.data[i] == '\\') {
            i++;
        }
    }
    return inside;
}

/* ---- What cJSON refuses and json/ takes: numbers of 64 characters and more, in some of its releases ---- */

static bool has_long_number(const struct naive_json *naive)
{
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_node *node = &naive->nodes[i];
        if (node->kind == NAIVE_NUMBER && node->end - node->begin > CJSON_LONGEST_NUMBER) {
            return true;
        }
    }
    return false;
}

/* ---- Values ---- */

/* cJSON ends a string at U+0000; json/ knows its length. */
static void check_string(const char *actual, struct base_bytes span)
{
    uint8_t *value = malloc(span.size + 1);
    FUZZ_CHECK(value != NULL && actual != NULL);
    size_t size = json_unescape(span, value, span.size);
    FUZZ_CHECK(size <= span.size);
    value[size] = '\0';
    FUZZ_CHECK_BYTES(base_bytes_of_string(actual), base_bytes_of_string((const char *)value));
    free(value);
}

static void check_number(double actual, struct base_bytes text, struct json_token token)
{
    const double exact = 9007199254740992.0;
    struct base_bytes span = json_span(text, token);
    char *spelling = strndup((const char *)span.data, span.size);
    FUZZ_CHECK(spelling != NULL);
    double expected = strtod(spelling, NULL);
    free(spelling);
    if (token.integral) {
        struct json_integer integer = json_integer(text, token);
        double magnitude = fabs(actual);
        /* Beyond 2^53 cJSON rounds: to the nearest that a double has, and to no other. */
        if (integer.huge || integer.magnitude > (uint64_t)exact) {
            FUZZ_CHECK(magnitude >= exact);
            FUZZ_CHECK(integer.huge || magnitude == (double)integer.magnitude);
        } else {
            FUZZ_CHECK(magnitude <= exact && (uint64_t)magnitude == integer.magnitude);
        }
        FUZZ_CHECK(integer.magnitude == 0 || integer.negative == (actual < 0));
    }
    FUZZ_CHECK(actual == expected);
}

static void check_node(struct json_tokenizer *json, struct json_token token, const cJSON *node);

/* The children one by one; a key that repeats is there as often as the text says. */
static void check_children(struct json_tokenizer *json, const cJSON *node, enum json_kind last)
{
    const cJSON *child = node->child;
    for (;;) {
        struct json_token token = json_next(json);
        if (token.kind == last) {
            break;
        }
        FUZZ_CHECK(child != NULL);
        if (last == JSON_OBJECT_END) {
            check_string(child->string, json_span(json->text, token));
            token = json_next(json);
        }
        check_node(json, token, child);
        child = child->next;
    }
    FUZZ_CHECK(child == NULL);
}

static void check_node(struct json_tokenizer *json, struct json_token token, const cJSON *node)
{
    if (token.kind == JSON_OBJECT_BEGIN) {
        FUZZ_CHECK(cJSON_IsObject(node));
        check_children(json, node, JSON_OBJECT_END);
    } else if (token.kind == JSON_ARRAY_BEGIN) {
        FUZZ_CHECK(cJSON_IsArray(node));
        check_children(json, node, JSON_ARRAY_END);
    } else if (token.kind == JSON_STRING) {
        FUZZ_CHECK(cJSON_IsString(node));
        check_string(node->valuestring, json_span(json->text, token));
    } else if (token.kind == JSON_NUMBER) {
        FUZZ_CHECK(cJSON_IsNumber(node));
        check_number(node->valuedouble, json->text, token);
    } else {
        FUZZ_CHECK(cJSON_IsTrue(node) == (token.kind == JSON_TRUE));
        FUZZ_CHECK(cJSON_IsFalse(node) == (token.kind == JSON_FALSE));
        FUZZ_CHECK(cJSON_IsNull(node) == (token.kind == JSON_NULL));
    }
}

/* What cJSON prints of an accepted text is accepted again. */
static void check_printed(const cJSON *tree)
{
    char *printed = cJSON_PrintUnformatted(tree);
    if (printed != NULL) {
        struct json_tokenizer json;
        FUZZ_CHECK(json_validate(&json, base_bytes_of_string(printed)));
        cJSON_free(printed);
    }
}

static void check_agreement(struct base_bytes text, const cJSON *tree)
{
    struct json_tokenizer json;
    if (tree == NULL) {
        struct naive_json naive;
        FUZZ_CHECK(naive_json_read(&naive, text));
        FUZZ_CHECK(has_long_number(&naive));
        naive_json_free(&naive);
        return;
    }
    json_begin(&json, text);
    check_node(&json, json_next(&json), tree);
    FUZZ_CHECK(json_next(&json).kind == JSON_END);
    check_printed(tree);
}

FUZZ_MUTATORS(0, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* cJSON needs a NUL after the text, and its length includes that NUL: else it would accept anything after the
     * value. */
    char *copy = malloc(size + 1);
    FUZZ_CHECK(copy != NULL);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    copy[size] = '\0';
    struct base_bytes text = base_bytes_make(copy, size);
    cJSON *tree = cJSON_ParseWithLengthOpts(copy, size + 1, NULL, 1);
    struct json_tokenizer json;
    if (json_validate(&json, text)) {
        check_agreement(text, tree);
    } else if (tree != NULL) {
        struct refusal refusal = {.text = text,
                                  .kind = json.error_kind,
                                  .at = json.error_at,
                                  .in_string = stands_in_string(text, json.error_at)};
        FUZZ_CHECK(known_leniency(&refusal));
    }
    cJSON_Delete(tree);
    free(copy);
    return 0;
}
