#include "tests/reader/generator.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

uint64_t random_next(struct random *random)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return random->state;
}

uint64_t random_below(struct random *random, uint64_t limit)
{
    return random_next(random) % limit;
}

/* ---- Strings ---- */

/* One character in canonical spelling. */
static void add_character(struct random *random, struct base_text *out)
{
    static const char *const special[] = {"\\\"",
                                          "\\\\",
                                          "\\b",
                                          "\\t",
                                          "\\n",
                                          "\\f",
                                          "\\r",
                                          "\\u0000",
                                          "/",
                                          "\x7F",
                                          "\\u001f",
                                          "\\u000b",
                                          "\xC3\xA9",
                                          "\xE2\x82\xAC",
                                          "\xF0\x9F\x98\x80",
                                          "\xEF\xBF\xBF",
                                          "\xF4\x8F\xBF\xBF"};
    if (random_below(random, 8) == 0) {
        base_text_add_string(out, special[random_below(random, sizeof special / sizeof special[0])]);
    } else {
        base_text_add_char(out, (char)('a' + (int)random_below(random, 26)));
    }
}

static void add_string(struct random *random, struct base_text *out)
{
    uint64_t length = random_below(random, 4) == 0 ? random_below(random, 60) : random_below(random, 12);
    base_text_add_char(out, '"');
    for (uint64_t i = 0; i < length; i++) {
        add_character(random, out);
    }
    base_text_add_char(out, '"');
}

/* ---- Numbers ---- */

static uint64_t any_magnitude(struct random *random)
{
    static const uint64_t edges[] = {
        0, 1, 9, 10, 9999999, 10000000, 99999999, 100000000, 999999999999999, 9007199254740990, 9007199254740991};
    if (random_below(random, 2) == 0) {
        return edges[random_below(random, sizeof edges / sizeof edges[0])];
    }
    return random_next(random) >> (11 + random_below(random, 53));
}

/* ---- Values ---- */

/* Keys ascend because each begins with a letter above the one before. */
static void add_key(struct random *random, unsigned index, struct base_text *out)
{
    static const char *const fixed[] = {"\"a", "\"bb", "\"m\xC3\xA9", "\"palette_", "\"z\\n", "\"\xE2\x82\xAC"};
    base_text_add_string(out, fixed[index]);
    if (random_below(random, 3) == 0) {
        base_text_addf(out, "%" PRIu64, random_below(random, 3));
    }
    base_text_add_string(out, "\":");
}

enum { KEYS = 6, VALUE_KINDS = 9 };

struct frame {
    uint64_t left; /* members to come */
    unsigned key;
    bool object;
};

/* A scalar, or the start of a container; returns whether it opened one. */
static bool add_value(struct random *random, bool may_nest, struct frame *frame, struct base_text *out)
{
    switch (random_below(random, may_nest ? VALUE_KINDS : VALUE_KINDS - 2)) {
    case 0:
        add_string(random, out);
        break;
    case 1:
        base_text_add_string(out, "true");
        break;
    case 2:
        base_text_add_string(out, "false");
        break;
    case 3:
        base_text_add_string(out, "null");
        break;
    case 4:
        base_text_addf(out, "-%" PRIu64, any_magnitude(random) | 1);
        break;
    case 7:
        *frame = (struct frame){.object = true, .left = random_below(random, KEYS + 1)};
        base_text_add_char(out, '{');
        return true;
    case 8:
        *frame = (struct frame){.object = false, .left = random_below(random, 4)};
        base_text_add_char(out, '[');
        return true;
    default:
        base_text_addf(out, "%" PRIu64, any_magnitude(random));
        break;
    }
    return false;
}

/* An object of up to four levels. */
static void add_object(struct random *random, struct base_text *out)
{
    enum { LEVELS = 4 };
    struct frame frames[LEVELS] = {{.object = true, .left = random_below(random, KEYS + 1)}};
    unsigned depth = 1;
    bool first = true;
    base_text_add_char(out, '{');
    while (depth > 0) {
        struct frame *top = &frames[depth - 1];
        if (top->left == 0) {
            base_text_add_char(out, top->object ? '}' : ']');
            depth--;
            first = false;
            continue;
        }
        base_text_add_string(out, first ? "" : ",");
        first = false;
        top->left--;
        if (top->object) {
            add_key(random, top->key++, out);
        }
        struct frame inner;
        if (add_value(random, depth < LEVELS, &inner, out)) {
            frames[depth++] = inner;
            first = true;
        }
    }
}

/* ---- Header ---- */

static void add_entry(struct random *random, uint64_t asset_id, const char *bank, struct base_text *out)
{
    uint64_t offset = random_below(random, GENERATED_PAYLOAD + 1);
    uint64_t size = random_below(random, GENERATED_PAYLOAD - offset + 1);
    base_text_addf(out, "{\"asset_id\":%" PRIu64 ",\"asset_name\":", asset_id);
    add_string(random, out);
    base_text_addf(out, ",\"bank_type\":\"%s\",\"codec\":\"NONE\",\"decoded_size\":%" PRIu64 ",\"metadata\":", bank,
                   any_magnitude(random));
    if (random_below(random, 2) == 0) {
        base_text_addf(out, "{\"height\":256,\"palette_authored\":%" PRIu64 ",\"palette_count\":64,\"width\":256}",
                       random_below(random, 64));
    } else {
        add_object(random, out);
    }
    base_text_addf(out, ",\"offset\":%" PRIu64 ",\"size\":%" PRIu64 "}", offset, size);
}

void generate_header(struct random *random, size_t entries, struct base_text *out)
{
    static const char *const banks[] = {"GLYPH", "SOUNDS", "SCENE"};
    uint64_t step = 1 + random_below(random, 3);
    base_text_add_string(out, "{\"asset_table\":[");
    for (size_t i = 0; i < entries; i++) {
        base_text_add_string(out, i > 0 ? "," : "");
        add_entry(random, i * step, banks[i % 3], out);
    }
    base_text_add_string(out, "]");
    if (random_below(random, 4) != 0) {
        /* Neighbours have different banks, so their slots cannot clash. */
        size_t preload = entries < 3 ? entries : 3;
        base_text_add_string(out, ",\"preload\":[");
        for (size_t i = 0; i < preload; i++) {
            base_text_addf(out, "%s{\"asset_id\":%" PRIu64 ",\"slot\":%" PRIu64 "}", i > 0 ? "," : "", i * step,
                           random_below(random, 16));
        }
        base_text_add_string(out, "]");
    }
    base_text_add_string(out, "}");
}
