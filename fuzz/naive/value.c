#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Bytes ---- */

/* ---- Values of strings ---- */

static void add_byte(struct fuzz_text *text, uint32_t byte)
{
    uint8_t value = (uint8_t)byte;
    fuzz_text_add(text, &value, 1);
}

static void add_character(struct fuzz_text *text, uint32_t character)
{
    if (character < 0x80) {
        add_byte(text, character);
    } else if (character < 0x800) {
        add_byte(text, 0xC0 + character / 64);
        add_byte(text, 0x80 + character % 64);
    } else if (character < 0x10000) {
        add_byte(text, 0xE0 + character / 4096);
        add_byte(text, 0x80 + character / 64 % 64);
        add_byte(text, 0x80 + character % 64);
    } else {
        add_byte(text, 0xF0 + character / 262144);
        add_byte(text, 0x80 + character / 4096 % 64);
        add_byte(text, 0x80 + character / 64 % 64);
        add_byte(text, 0x80 + character % 64);
    }
}

/* The four digits of a \uXXXX, from an accepted span. */
static uint32_t unit_at(struct base_bytes span, size_t at)
{
    char digits[5] = {0};
    FUZZ_CHECK(span.size - at >= 6);
    memcpy(digits, span.data + at + 2, 4);
    return (uint32_t)strtoul(digits, NULL, 16);
}

void naive_unescape(struct fuzz_text *out, struct base_bytes span)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    for (size_t at = 0; at < span.size;) {
        if (span.data[at] != '\\') {
            add_byte(out, span.data[at++]);
        } else if (span.data[at + 1] != 'u') {
            add_byte(out, (uint8_t)values[strchr(letters, span.data[at + 1]) - letters]);
            at += 2;
        } else {
            uint32_t unit = unit_at(span, at);
            at += 6;
            if (unit >= 0xD800 && unit <= 0xDBFF) {
                unit = 0x10000 + (unit - 0xD800) * 0x400 + (unit_at(span, at) - 0xDC00);
                at += 6;
            }
            add_character(out, unit);
        }
    }
}

struct base_bytes naive_span(const struct naive_json *json, const struct naive_node *node)
{
    return base_bytes_make(json->text.data + node->begin + 1, node->end - node->begin - 2);
}

struct base_bytes naive_key(const struct naive_json *json, const struct naive_node *node)
{
    return base_bytes_make(json->text.data + node->key_begin, node->key_end - node->key_begin);
}

/* Whether a span is its own value. */
static bool is_plain(struct base_bytes span)
{
    return span.size == 0 || memchr(span.data, '\\', span.size) == NULL;
}

static int compare_bytes(struct base_bytes a, struct base_bytes b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared > 0 ? memcmp(a.data, b.data, shared) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

int naive_compare(struct base_bytes a, struct base_bytes b)
{
    if (is_plain(a) && is_plain(b)) {
        return compare_bytes(a, b);
    }
    struct fuzz_text left = {.data = NULL};
    struct fuzz_text right = {.data = NULL};
    naive_unescape(&left, a);
    naive_unescape(&right, b);
    int order = compare_bytes(fuzz_text_bytes(&left), fuzz_text_bytes(&right));
    fuzz_text_free(&left);
    fuzz_text_free(&right);
    return order;
}

bool naive_is(struct base_bytes span, const char *value)
{
    if (is_plain(span)) {
        return base_bytes_equal(span, base_bytes_of_string(value));
    }
    struct fuzz_text text = {.data = NULL};
    naive_unescape(&text, span);
    bool equal = text.size == strlen(value) && (text.size == 0 || memcmp(text.data, value, text.size) == 0);
    fuzz_text_free(&text);
    return equal;
}

/* ---- Members ---- */

static const struct naive_node *node_at(const struct naive_json *json, size_t index)
{
    return index != NAIVE_NONE ? &json->nodes[index] : NULL;
}

const struct naive_node *naive_member(const struct naive_json *json, const struct naive_node *object, const char *key)
{
    const struct naive_node *child = node_at(json, object->kind == NAIVE_OBJECT ? object->first : NAIVE_NONE);
    while (child != NULL && !naive_is(naive_key(json, child), key)) {
        child = node_at(json, child->next);
    }
    return child;
}

bool naive_key_repeats(const struct naive_json *json, const struct naive_node *object, const struct naive_node *member)
{
    const struct naive_node *earlier = node_at(json, object->first);
    while (earlier != member) {
        if (naive_compare(naive_key(json, earlier), naive_key(json, member)) == 0) {
            return true;
        }
        earlier = node_at(json, earlier->next);
    }
    return false;
}

/* ---- Numbers ---- */

struct naive_integer naive_integer_of(const struct naive_json *json, const struct naive_node *node)
{
    struct base_bytes digits = base_bytes_make(json->text.data + node->begin, node->end - node->begin);
    struct naive_integer result = {.integral = true, .negative = digits.data[0] == '-'};
    naive_u128 value = 0;
    for (size_t i = result.negative ? 1 : 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9') {
            return (struct naive_integer){.integral = false};
        }
        value = result.huge ? 0 : value * 10 + (unsigned)(digits.data[i] - '0');
        result.huge = result.huge || value > UINT64_MAX;
    }
    result.magnitude = result.huge ? UINT64_MAX : (uint64_t)value;
    return result;
}

/* ---- The canonical form: assets-pa-v1.md 1.3 ---- */

static void canonical_string(struct base_bytes span, struct fuzz_text *out)
{
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, span);
    add_byte(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        static const char special[] = "\"\\\b\t\n\f\r";
        static const char letters[] = "\"\\btnfr";
        uint8_t byte = value.data[i];
        const char *found = byte != 0 ? strchr(special, byte) : NULL;
        if (found != NULL) {
            add_byte(out, '\\');
            add_byte(out, (uint8_t)letters[found - special]);
        } else if (byte < ' ') {
            char escape[7];
            (void)snprintf(escape, sizeof escape, "\\u%04x", byte);
            fuzz_text_add(out, escape, 6);
        } else {
            add_byte(out, byte);
        }
    }
    add_byte(out, '"');
    fuzz_text_free(&value);
}

static void canonical_array(const struct naive_json *json, const struct naive_node *array, struct fuzz_text *out)
{
    add_byte(out, '[');
    for (const struct naive_node *child = node_at(json, array->first); child != NULL;
         child = node_at(json, child->next)) {
        if (child != node_at(json, array->first)) {
            add_byte(out, ',');
        }
        naive_canonical(json, child, out);
    }
    add_byte(out, ']');
}

/* Members by key, equal ones in the order of the text, and NULL after the last: insertion sort. */
static const struct naive_node **sorted_members(const struct naive_json *json, const struct naive_node *object)
{
    const struct naive_node **members =
        calloc(object->count + 1, sizeof *members); /* NOLINT(bugprone-sizeof-expression): pointers are meant */
    FUZZ_CHECK(members != NULL);
    size_t count = 0;
    for (const struct naive_node *child = node_at(json, object->first); child != NULL;
         child = node_at(json, child->next)) {
        size_t place = count++;
        while (place > 0 && naive_compare(naive_key(json, members[place - 1]), naive_key(json, child)) > 0) {
            members[place] = members[place - 1];
            place--;
        }
        members[place] = child;
    }
    return members;
}

static void canonical_object(const struct naive_json *json, const struct naive_node *object, struct fuzz_text *out)
{
    const struct naive_node **members = sorted_members(json, object);
    add_byte(out, '{');
    for (size_t i = 0; members[i] != NULL; i++) {
        if (i > 0) {
            add_byte(out, ',');
        }
        canonical_string(naive_key(json, members[i]), out);
        add_byte(out, ':');
        naive_canonical(json, members[i], out);
    }
    add_byte(out, '}');
    free((void *)members);
}

void naive_canonical(const struct naive_json *json, const struct naive_node *node, struct fuzz_text *out)
{
    struct base_bytes spelling = base_bytes_make(json->text.data + node->begin, node->end - node->begin);
    if (node->kind == NAIVE_OBJECT) {
        canonical_object(json, node, out);
    } else if (node->kind == NAIVE_ARRAY) {
        canonical_array(json, node, out);
    } else if (node->kind == NAIVE_STRING) {
        canonical_string(naive_span(json, node), out);
    } else if (spelling.size == 2 && memcmp(spelling.data, "-0", 2) == 0) {
        add_byte(out, '0');
    } else {
        fuzz_text_add(out, spelling.data, spelling.size);
    }
}

size_t naive_first_difference(const struct naive_json *json)
{
    struct fuzz_text canonical = {.data = NULL};
    naive_canonical(json, &json->nodes[0], &canonical);
    size_t at = 0;
    while (at < canonical.size && at < json->text.size && canonical.data[at] == json->text.data[at]) {
        at++;
    }
    fuzz_text_free(&canonical);
    return at;
}

bool naive_is_infinite(const struct naive_json *json, const struct naive_node *node)
{
    struct fuzz_text text = {.data = NULL};
    fuzz_text_add(&text, json->text.data + node->begin, node->end - node->begin);
    fuzz_text_add(&text, "", 1);
    bool infinite = isinf(strtod((const char *)text.data, NULL)) != 0;
    fuzz_text_free(&text);
    return infinite;
}
