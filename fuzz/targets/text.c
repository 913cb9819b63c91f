/* What is printed of bytes from outside: safe on a terminal, valid JSON in a report. */
#include "base/text.h"
#include "base/utf8.h"
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"
#include "json/emit.h"
#include "json/tokenizer.h"

#include <string.h>

static bool is_utf8(struct base_bytes bytes)
{
    uint32_t character = 0;
    size_t length = 1;
    while (bytes.size > 0 && length > 0) {
        length = naive_utf8(bytes, &character);
        (void)fuzz_take_front(&bytes, length);
    }
    return bytes.size == 0;
}

/* A character that changes how others are shown, or is not seen: it must reach neither a terminal nor a report. */
static bool is_invisible(uint32_t character)
{
    return (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2060 && character <= 0x206F) || (character >= 0xFE00 && character <= 0xFE0F) ||
           (character >= 0xE0000 && character <= 0xE0FFF) || (character >= 0x180B && character <= 0x180F) ||
           character == 0xFEFF || character == 0x061C || character == 0x3164 || character == 0x034F;
}

static void check_visible(struct base_bytes text)
{
    while (text.size > 0) {
        uint32_t character = 0;
        (void)fuzz_take_front(&text, naive_utf8(text, &character));
        FUZZ_CHECK(!is_invisible(character));
    }
}

/* Bytes become one string: valid JSON whatever they are, and themselves again when they were UTF-8. */
static void check_emitted(struct base_bytes bytes)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    struct fuzz_text value = {.data = NULL};
    struct json_tokenizer json;
    json_emit_array(&emit);
    json_emit_bytes(&emit, bytes);
    json_emit_u64(&emit, bytes.size);
    json_emit_i64(&emit, -(int64_t)bytes.size);
    json_emit_array_end(&emit);
    FUZZ_CHECK(json_validate(&json, base_text_bytes(&text)));
    check_visible(base_text_bytes(&text));
    json_begin(&json, base_text_bytes(&text));
    (void)json_next(&json);
    struct json_token token = json_next(&json);
    FUZZ_CHECK(token.kind == JSON_STRING);
    naive_unescape(&value, json_span(json.text, token));
    FUZZ_CHECK(is_utf8(fuzz_text_bytes(&value)));
    if (is_utf8(bytes)) {
        FUZZ_CHECK_BYTES(fuzz_text_bytes(&value), bytes);
    }
    fuzz_text_free(&value);
    base_text_free(&text);
}

static void check_printed(struct base_bytes bytes, size_t limit)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_printable(&text, bytes, limit);
    fuzz_check_line(base_text_string(&text));
    check_visible(base_text_bytes(&text));
    /* \u{NNNNNN} is written for two bytes at least, \xNN for one. */
    FUZZ_CHECK(text.size <= (bytes.size < limit ? bytes.size : limit + 3) * 6 + 3);
    base_text_free(&text);
}

static void check_decoded(struct base_bytes bytes)
{
    while (bytes.size > 0) {
        uint32_t actual = 0;
        uint32_t expected = 0;
        size_t length = naive_utf8(bytes, &expected);
        FUZZ_CHECK_U64(base_utf8_decode(bytes, &actual), length);
        FUZZ_CHECK_U64(actual, expected);
        (void)fuzz_take_front(&bytes, length > 0 ? length : 1);
    }
}

/* Without memory the text says so, and nothing else happens. */
static void check_without_memory(struct base_bytes bytes, uint8_t allocation)
{
    struct base_text text = BASE_TEXT_EMPTY;
    fuzz_memory_fail(allocation);
    for (int i = 0; i < 4; i++) {
        base_text_add(&text, bytes);
        base_text_addf(&text, "%d %s", i, "and more of the same, so that it grows beyond what it has");
    }
    FUZZ_CHECK(base_text_out_of_memory(&text) == fuzz_memory_failed());
    base_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t limit = fuzz_take_u8(&input);
    uint8_t allocation = fuzz_take_u8(&input);
    struct base_bytes bytes = fuzz_guard(0, input);
    fuzz_memory_begin();
    check_emitted(bytes);
    check_printed(bytes, limit);
    check_printed(bytes, SIZE_MAX);
    check_decoded(bytes);
    check_without_memory(bytes, allocation % 8);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
