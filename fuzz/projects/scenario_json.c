#include "fuzz/projects/scenario_json.h"

#include "fuzz/lib/harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void scenario_add(struct fuzz_text *out, const char *string)
{
    fuzz_text_add(out, string, strlen(string));
}

void scenario_addf(struct fuzz_text *out, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it was started a line above */
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    FUZZ_CHECK(length >= 0 && (size_t)length < sizeof line);
    fuzz_text_add(out, line, (size_t)length);
}

/* White space that a declaration may have anywhere. */
static void add_space(struct fuzz_text *out, struct base_bytes *input)
{
    static const char *const spaces[] = {"", "", "", " ", "\n", "\t", "\r\n  "};
    scenario_add(out, spaces[fuzz_take_below(input, sizeof spaces / sizeof spaces[0])]);
}

void scenario_spell(struct fuzz_text *out, struct base_bytes *input, struct base_bytes value)
{
    scenario_add(out, "\"");
    while (value.size > 0) {
        uint32_t character = 0;
        size_t length = naive_utf8(value, &character);
        FUZZ_CHECK(length > 0);
        bool escape = character < 0x20 || character == '"' || character == '\\' || fuzz_take_u8(input) >= 0xF0;
        if (!escape) {
            fuzz_text_add(out, value.data, length);
        } else if (character >= 0x10000) {
            scenario_addf(out, "\\u%04x\\u%04X", 0xD800 + ((character - 0x10000) >> 10),
                          0xDC00 + ((character - 0x10000) & 0x3FF));
        } else {
            scenario_addf(out, "\\u%04x", character);
        }
        (void)fuzz_take_front(&value, length);
    }
    scenario_add(out, "\"");
}

static void add_string(struct fuzz_text *out, struct base_bytes *input)
{
    static const char *const pieces[] = {"a",        "b",    " ",        "\"",       "\\",           "/",
                                         "\n",       "\x1F", "\x7F",     "\xC3\xA9", "\xE2\x98\x83", "\xF0\x9F\x98\x80",
                                         "\xC2\x80", "\x01", "pipeline", "tile_size"};
    struct fuzz_text value = {.data = NULL};
    unsigned length = fuzz_take_below(input, 4);
    for (unsigned i = 0; i < length; i++) {
        scenario_add(&value, pieces[fuzz_take_below(input, 16)]);
    }
    scenario_spell(out, input, fuzz_text_bytes(&value));
    fuzz_text_free(&value);
}

static void add_number(struct fuzz_text *out, struct base_bytes *input)
{
    static const char *const numbers[] = {
        "0", "1", "-1", "255", "9007199254740991", "-9007199254740991", "4294967296", "-2147483648"};
    uint8_t which = fuzz_take_u8(input);
    if (which < 128) {
        scenario_add(out, numbers[which % 8]);
    } else {
        scenario_addf(out, "%u", fuzz_take_u32(input));
    }
}

static void add_value(struct fuzz_text *out, struct base_bytes *input, unsigned levels, unsigned fan);

/* Members have keys of their own: a number at the end sees to that. */
static void add_members(struct fuzz_text *out, struct base_bytes *input, unsigned levels, unsigned fan,
                        const char *first)
{
    unsigned count = fuzz_take_below(input, fan + 1);
    scenario_add(out, "{");
    scenario_add(out, first);
    for (unsigned i = 0; i < count; i++) {
        static const char *const stems[] = {"",      "k",   "Z", "\xC3\xA9", "\xF0\x9F\x98\x80", "\xEF\xBF\xBD",
                                            "a\\\"", "\x7F"};
        struct fuzz_text key = {.data = NULL};
        scenario_add(&key, stems[fuzz_take_below(input, 8)]);
        scenario_addf(&key, "%u", i);
        scenario_add(out, i > 0 || first[0] != '\0' ? "," : "");
        add_space(out, input);
        scenario_spell(out, input, fuzz_text_bytes(&key));
        add_space(out, input);
        scenario_add(out, ":");
        add_space(out, input);
        add_value(out, input, levels - 1, fan / 2);
        fuzz_text_free(&key);
    }
    scenario_add(out, "}");
}

static void add_array(struct fuzz_text *out, struct base_bytes *input, unsigned levels, unsigned fan)
{
    unsigned count = fuzz_take_below(input, fan + 1);
    scenario_add(out, "[");
    for (unsigned i = 0; i < count; i++) {
        scenario_add(out, i > 0 ? "," : "");
        add_space(out, input);
        add_value(out, input, levels - 1, fan / 2);
        add_space(out, input);
    }
    scenario_add(out, "]");
}

/* As deep as may be. */
static void add_tower(struct fuzz_text *out, unsigned levels)
{
    for (unsigned i = 0; i < levels; i++) {
        scenario_add(out, "[");
    }
    for (unsigned i = 0; i < levels; i++) {
        scenario_add(out, "]");
    }
}

static void add_value(struct fuzz_text *out, struct base_bytes *input, unsigned levels, unsigned fan)
{
    static const char *const names[] = {"true", "false", "null"};
    uint8_t kind = fuzz_take_u8(input);
    if (kind < 64 && levels > 0) {
        add_members(out, input, levels, fan, "");
    } else if (kind < 112 && levels > 0) {
        add_array(out, input, levels, fan);
    } else if (kind < 120) {
        add_tower(out, levels);
    } else if (kind < 160) {
        add_string(out, input);
    } else if (kind < 200) {
        scenario_add(out, names[kind % 3]);
    } else {
        add_number(out, input);
    }
}

void scenario_draw_metadata(struct fuzz_text *out, struct base_bytes *input, unsigned levels, const char *const fixed)
{
    add_members(out, input, levels, 4, fixed);
}
