#include "fuzz/mutate/json.h"

#include "fuzz/mutate/splice.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values at the edges of what the contract takes. */
static const char *const numbers[] = {"0",
                                      "-0",
                                      "1",
                                      "-1",
                                      "2",
                                      "8",
                                      "15",
                                      "16",
                                      "32",
                                      "63",
                                      "64",
                                      "65",
                                      "255",
                                      "256",
                                      "8000",
                                      "34816",
                                      "48000",
                                      "67584",
                                      "2147483647",
                                      "2147483648",
                                      "-2147483648",
                                      "-2147483649",
                                      "9007199254740991",
                                      "9007199254740992",
                                      "9007199254740993",
                                      "-9007199254740992",
                                      "18446744073709551615",
                                      "18446744073709551616",
                                      "01",
                                      "1.",
                                      "1.0",
                                      "1e0",
                                      "1E+2",
                                      "-0.0",
                                      "1e999"};
static const char *const strings[] = {"\"\"",
                                      "\"a\"",
                                      "\"\\u0000\"",
                                      "\"\\u001F\"",
                                      "\"\\n\"",
                                      "\"\\/\"",
                                      "\"\\u0061\"",
                                      "\"\\ud83d\\ude00\"",
                                      "\"\\ud83d\"",
                                      "\"\\ude00\"",
                                      "\"\xC3\xA9\"",
                                      "\"\xC0\xAF\"",
                                      "\"\xED\xA0\x80\"",
                                      "\"\xF4\x90\x80\x80\"",
                                      "\"\x7F\"",
                                      "\"\x01\"",
                                      "\"GLYPH\"",
                                      "\"SOUNDS\"",
                                      "\"SCENE\"",
                                      "\"TILES\"",
                                      "\"NONE\"",
                                      "\"RAW\"",
                                      "\"../a\"",
                                      "\"asset\""};
static const char *const others[] = {"true", "false", "null", "{}", "[]", "[0]", "{\"a\":0,\"a\":1}", "tru", ""};
static const char *const keys[] = {"\"\"",
                                   "\"a\"",
                                   "\"asset_id\"",
                                   "\"asset_name\"",
                                   "\"bank_type\"",
                                   "\"codec\"",
                                   "\"metadata\"",
                                   "\"offset\"",
                                   "\"size\"",
                                   "\"decoded_size\"",
                                   "\"slot\"",
                                   "\"preload\"",
                                   "\"pipeline\"",
                                   "\"tile_size\"",
                                   "\"palette_authored\"",
                                   "\"\\u0061sset_table\"",
                                   "\"asset_table\"",
                                   "\"frames\""};
static const char *const between[] = {" ", "\n", ",", ":", "\t", "\xEF\xBB\xBF", "\x0B", "]", "}", "\"", "\\", "//"};

#define ONE_OF(random, list) ((list)[fuzz_random_below((random), sizeof(list) / sizeof((list)[0]))])

/* A text, its tree, and the node that was chosen. */
struct place {
    struct fuzz_text *text;
    struct naive_json json;
    size_t node;
};

static struct naive_node *node_of(struct place *place)
{
    return &place->json.nodes[place->node];
}

/* Where the member begins: at its key's quote when it has one. */
static size_t begin_of(const struct naive_node *node)
{
    return node->has_key ? node->key_begin - 1 : node->begin;
}

static void replace(struct place *place, size_t begin, size_t end, struct base_bytes bytes)
{
    fuzz_splice(place->text, begin, end, bytes);
}

static void replace_string(struct place *place, size_t begin, size_t end, const char *string)
{
    replace(place, begin, end, base_bytes_of_string(string));
}

/* The bytes of a text, copied: splicing frees the text. Free the copy. */
static struct fuzz_text copy_of(struct base_bytes text, size_t begin, size_t end)
{
    struct fuzz_text copy = {.data = NULL};
    fuzz_text_add(&copy, text.data + begin, end - begin);
    return copy;
}

/* ---- Changes of one node ---- */

static void put_value(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    unsigned kind = fuzz_random_below(random, 4);
    const char *value = kind == 0   ? ONE_OF(random, others)
                        : kind == 1 ? ONE_OF(random, strings)
                                    : ONE_OF(random, numbers);
    if (node->kind == NAIVE_STRING && kind > 1) {
        value = ONE_OF(random, strings);
    }
    replace_string(place, node->begin, node->end, value);
}

static void tweak_number(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    struct naive_integer integer =
        node->kind == NAIVE_NUMBER ? naive_integer_of(&place->json, node) : (struct naive_integer){.integral = false};
    if (!integer.integral || integer.huge) {
        put_value(random, place);
        return;
    }
    static const int64_t steps[] = {1, -1, 1, -1, 2, 16, -16, 256, 2048, -2048};
    uint64_t step = (uint64_t)ONE_OF(random, steps);
    uint64_t magnitude = 0;
    (void)__builtin_add_overflow(integer.magnitude, step, &magnitude);
    char spelling[32];
    (void)snprintf(spelling, sizeof spelling, "%s%" PRIu64, integer.negative ? "-" : "", magnitude);
    replace_string(place, node->begin, node->end, spelling);
}

static void put_key(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    const struct naive_node *other = &place->json.nodes[fuzz_random_below(random, (uint32_t)place->json.count)];
    if (!node->has_key) {
        put_value(random, place);
    } else if (other->has_key && fuzz_random_below(random, 2) == 0) {
        struct fuzz_text key = copy_of(place->json.text, other->key_begin, other->key_end);
        replace(place, node->key_begin, node->key_end, fuzz_text_bytes(&key));
        fuzz_text_free(&key);
    } else {
        replace_string(place, node->key_begin - 1, node->key_end + 1, ONE_OF(random, keys));
    }
}

/* Spells one character of a string or key as an escape. */
static void escape_character(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    size_t begin = node->has_key ? node->key_begin : node->begin + 1;
    size_t end = node->has_key ? node->key_end : node->end - 1;
    if ((!node->has_key && node->kind != NAIVE_STRING) || begin == end) {
        put_value(random, place);
        return;
    }
    size_t at = begin + fuzz_random_below(random, (uint32_t)(end - begin));
    uint8_t byte = place->text->data[at];
    char escape[8];
    (void)snprintf(escape, sizeof escape, fuzz_random_below(random, 2) == 0 ? "\\u%04x" : "\\u%04X", byte);
    replace_string(place, at, at + 1, escape);
}

static void delete_node(struct place *place)
{
    const struct naive_node *node = node_of(place);
    size_t begin = begin_of(node);
    size_t end = node->end;
    const uint8_t *data = place->text->data;
    /* One comma goes with it, where it has one. */
    if (end < place->text->size && data[end] == ',') {
        end++;
    } else if (begin > 0 && data[begin - 1] == ',') {
        begin--;
    }
    replace_string(place, begin, end, "");
}

static void repeat_node(struct place *place)
{
    const struct naive_node *node = node_of(place);
    size_t begin = begin_of(node);
    struct fuzz_text copy = copy_of(place->json.text, begin, node->end);
    fuzz_text_add(&copy, ",", 1);
    replace(place, begin, begin, fuzz_text_bytes(&copy));
    fuzz_text_free(&copy);
}

static void swap_with_next(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    if (node->next == NAIVE_NONE) {
        put_value(random, place);
        return;
    }
    const struct naive_node *next = &place->json.nodes[node->next];
    struct base_bytes text = place->json.text;
    struct fuzz_text swapped = copy_of(text, begin_of(next), next->end);
    fuzz_text_add(&swapped, text.data + node->end, begin_of(next) - node->end);
    fuzz_text_add(&swapped, text.data + begin_of(node), node->end - begin_of(node));
    replace(place, begin_of(node), next->end, fuzz_text_bytes(&swapped));
    fuzz_text_free(&swapped);
}

static void put_other_node(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    const struct naive_node *other = &place->json.nodes[fuzz_random_below(random, (uint32_t)place->json.count)];
    struct fuzz_text copy = copy_of(place->json.text, other->begin, other->end);
    replace(place, node->begin, node->end, fuzz_text_bytes(&copy));
    fuzz_text_free(&copy);
}

static void wrap(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    unsigned levels = fuzz_random_below(random, 8) == 0 ? 120 + fuzz_random_below(random, 10) : 1;
    bool object = fuzz_random_below(random, 2) == 0;
    struct fuzz_text wrapped = {.data = NULL};
    for (unsigned i = 0; i < levels; i++) {
        fuzz_text_add(&wrapped, object ? "{\"a\":" : "[", object ? 5 : 1);
    }
    fuzz_text_add(&wrapped, place->json.text.data + node->begin, node->end - node->begin);
    for (unsigned i = 0; i < levels; i++) {
        fuzz_text_add(&wrapped, object ? "}" : "]", 1);
    }
    replace(place, node->begin, node->end, fuzz_text_bytes(&wrapped));
    fuzz_text_free(&wrapped);
}

static void add_member(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    bool object = node->kind == NAIVE_OBJECT;
    if (!object && node->kind != NAIVE_ARRAY) {
        put_value(random, place);
        return;
    }
    struct fuzz_text member = {.data = NULL};
    if (object) {
        const char *key = ONE_OF(random, keys);
        fuzz_text_add(&member, key, strlen(key));
        fuzz_text_add(&member, ":", 1);
    }
    const char *value = ONE_OF(random, numbers);
    fuzz_text_add(&member, value, strlen(value));
    fuzz_text_add(&member, ",", node->count > 0 ? 1 : 0);
    replace(place, node->begin + 1, node->begin + 1, fuzz_text_bytes(&member));
    fuzz_text_free(&member);
}

static void put_between(struct fuzz_random *random, struct place *place)
{
    const struct naive_node *node = node_of(place);
    size_t at = fuzz_random_below(random, 2) == 0 ? begin_of(node) : node->end;
    replace_string(place, at, at, ONE_OF(random, between));
}

static void mutate_span(struct place *place)
{
    const struct naive_node *node = node_of(place);
    struct fuzz_text copy = copy_of(place->json.text, node->begin, node->end);
    fuzz_mutate_bytes(&copy);
    replace(place, node->begin, node->end, fuzz_text_bytes(&copy));
    fuzz_text_free(&copy);
}

static void change(struct fuzz_random *random, struct place *place)
{
    switch (fuzz_random_below(random, 14)) {
    case 0:
        delete_node(place);
        break;
    case 1:
        repeat_node(place);
        break;
    case 2:
        swap_with_next(random, place);
        break;
    case 3:
        put_other_node(random, place);
        break;
    case 4:
        wrap(random, place);
        break;
    case 5:
        add_member(random, place);
        break;
    case 6:
        put_between(random, place);
        break;
    case 7:
        mutate_span(place);
        break;
    case 8:
        escape_character(random, place);
        break;
    case 9:
        put_key(random, place);
        break;
    case 10:
    case 11:
        tweak_number(random, place);
        break;
    default:
        put_value(random, place);
        break;
    }
}

bool fuzz_mutate_json(struct fuzz_random *random, struct fuzz_text *text)
{
    struct place place = {.text = text};
    bool read = naive_json_read(&place.json, fuzz_text_bytes(text));
    if (read) {
        place.node = fuzz_random_below(random, (uint32_t)place.json.count);
        change(random, &place);
    }
    naive_json_free(&place.json);
    return read;
}

bool fuzz_cross_json(struct fuzz_random *random, struct fuzz_text *text, struct base_bytes other)
{
    struct place place = {.text = text};
    struct naive_json from;
    bool read = naive_json_read(&from, other);
    if (naive_json_read(&place.json, fuzz_text_bytes(text)) && read) {
        place.node = fuzz_random_below(random, (uint32_t)place.json.count);
        const struct naive_node *node = node_of(&place);
        const struct naive_node *taken = &from.nodes[fuzz_random_below(random, (uint32_t)from.count)];
        bool beside = fuzz_random_below(random, 2) == 0 && node->has_key == taken->has_key;
        size_t begin = beside ? begin_of(taken) : taken->begin;
        struct fuzz_text copy = copy_of(other, begin, taken->end);
        fuzz_text_add(&copy, ",", beside ? 1 : 0);
        size_t at = beside ? begin_of(node) : node->begin;
        replace(&place, at, beside ? at : node->end, fuzz_text_bytes(&copy));
        fuzz_text_free(&copy);
    } else {
        read = false;
    }
    naive_json_free(&from);
    naive_json_free(&place.json);
    return read;
}

void fuzz_mutate_json_or_bytes(struct fuzz_random *random, struct fuzz_text *text)
{
    unsigned times = 1 + fuzz_random_below(random, 3);
    bool changed = fuzz_random_below(random, 2) != 0;
    while (changed && times-- > 0) {
        changed = fuzz_mutate_json(random, text);
    }
    if (!changed) {
        fuzz_mutate_bytes(text);
    }
}

void fuzz_cross_json_or_bytes(struct fuzz_random *random, struct fuzz_text *text, struct base_bytes other)
{
    if (!fuzz_cross_json(random, text, other)) {
        size_t cut = fuzz_random_below(random, (uint32_t)text->size + 1);
        size_t from = fuzz_random_below(random, (uint32_t)other.size + 1);
        (void)fuzz_take_front(&other, from);
        fuzz_splice(text, cut, text->size, other);
    }
}
