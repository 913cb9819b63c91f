/* How much of a text is read between two looks at the task: in long tokens, too. */
#include "base/text.h"
#include "tests/lib/unit.h"
#include "json/check.h"
#include "json/scan.h"
#include "json/value.h"

#include <stdlib.h>

enum { SIZE = 1 << 20, LEAST_LOOKS = SIZE / JSON_LOOK_BYTES };

struct asking {
    unsigned looks;
    unsigned cancel_at; /* 0: never */
};

static bool ask(void *context)
{
    struct asking *asking = context;
    return ++asking->looks == asking->cancel_at;
}

static struct base_task task_of(struct asking *asking)
{
    struct base_task task = BASE_TASK_INIT;
    task.ask = ask;
    task.ask_context = asking;
    return task;
}

/* begin, then `piece` until the text has SIZE bytes or more, then end. */
static struct base_text text_of(const char *begin, const char *piece, const char *end)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, begin);
    while (base_text_bytes(&text).size < SIZE) {
        base_text_add_string(&text, piece);
    }
    base_text_add_string(&text, end);
    REQUIRE(!base_text_out_of_memory(&text));
    return text;
}

/* ---- The tokenizer ---- */

/* Whether the text is accepted when the task is cancelled at that look. */
static bool finish(struct base_bytes bytes, struct asking *asking)
{
    struct base_task task = task_of(asking);
    struct json_tokenizer json;
    json_begin(&json, bytes);
    json.task = &task;
    bool fine = json_finish(&json);
    CHECK(fine || json.error_kind == JSON_ERROR_CANCELLED);
    CHECK(fine || json.error_at <= ((size_t)asking->looks + 1) * JSON_LOOK_BYTES);
    return fine;
}

static void check_tokens(const char *begin, const char *piece, const char *end)
{
    struct base_text text = text_of(begin, piece, end);
    struct base_bytes bytes = base_text_bytes(&text);
    struct asking all = {.looks = 0};
    CHECK(finish(bytes, &all));
    CHECK(all.looks >= LEAST_LOOKS - 1 && all.looks <= 2 * LEAST_LOOKS);
    for (unsigned look = 1; look <= all.looks; look++) {
        struct asking asking = {.cancel_at = look};
        CHECK(!finish(bytes, &asking));
        CHECK_U64(asking.looks, look);
    }
    base_text_free(&text);
}

UNIT_TEST(the_tokenizer_looks_in_every_long_token)
{
    check_tokens("\"", "plain text ", "\"");
    check_tokens("\"", "\\u0041\\n", "\"");
    check_tokens("[\"", "\xC3\xA9", "\"]");
    check_tokens("{\"", "key", "\":1}");
    check_tokens("{\"", "\\t", "\" : 1}");
    check_tokens("1", "0", "");
    check_tokens("0.", "12", "");
    check_tokens("1e", "0", "1");
    check_tokens("", " \n\t", "true");
    check_tokens("[1", "  ", ",2]");
    check_tokens("[1,", "\r\n", "2]");
    check_tokens("{\"a\"", " ", ":1}");
    check_tokens("{\"a\":", " ", "1}");
    check_tokens("[1]", " ", "");
    check_tokens("[1", ",2,[],{\"a\":null}", "]");
}

/* ---- What is done with a long token ---- */

UNIT_TEST(a_long_string_is_decoded_piece_by_piece)
{
    struct base_text text = text_of("\"", "\\u0041", "\"");
    struct json_tokenizer json;
    json_begin(&json, base_text_bytes(&text));
    struct json_token token = json_next(&json);
    struct asking asking = {.looks = 0};
    struct base_task task = task_of(&asking);
    char *string = json_token_long_string(base_text_bytes(&text), token, &task);
    REQUIRE(string != NULL);
    CHECK_U64(strlen(string), (token.end - token.begin) / 6);
    CHECK(asking.looks >= SIZE / 6 / 4096 - 1);
    free(string);
    asking = (struct asking){.cancel_at = 2};
    task = task_of(&asking);
    string = json_token_long_string(base_text_bytes(&text), token, &task);
    REQUIRE(string != NULL);
    CHECK_U64(asking.looks, 2);
    CHECK(strlen(string) < (size_t)3 * 4096);
    free(string);
    base_text_free(&text);
}

UNIT_TEST(the_spelling_of_a_long_string_is_compared_piece_by_piece)
{
    struct base_text text = text_of("\"", "\\n", "\"");
    struct asking asking = {.looks = 0};
    struct base_task task = task_of(&asking);
    CHECK_U64(json_first_difference(base_text_bytes(&text), &task), base_text_bytes(&text).size);
    CHECK(asking.looks >= LEAST_LOOKS + SIZE / 2 / 4096 - 2);
    base_text_free(&text);
}

/* ---- The fast way ---- */

static void check_scan(const char *begin, const char *piece, const char *end)
{
    struct base_text text = text_of(begin, piece, end);
    struct base_bytes bytes = base_text_bytes(&text);
    struct asking asking = {.looks = 0};
    struct base_task task = task_of(&asking);
    struct json_scan_nest nest = {.task = &task};
    const uint8_t *last = bytes.data + bytes.size;
    CHECK(json_scan_object(&nest, bytes.data + 1, last) == last);
    CHECK(asking.looks >= LEAST_LOOKS - 2);
    for (unsigned look = 1; look <= asking.looks; look += 5) {
        struct asking cancelling = {.cancel_at = look};
        struct base_task cancelled = task_of(&cancelling);
        struct json_scan_nest other = {.task = &cancelled};
        CHECK(json_scan_object(&other, bytes.data + 1, last) == NULL);
        CHECK_U64(cancelling.looks, look);
    }
    base_text_free(&text);
}

UNIT_TEST(the_fast_way_looks_in_long_strings)
{
    check_scan("{\"a\":\"", "plain text ", "\"}");
    check_scan("{\"a\":\"", "\\n", "\"}");
    check_scan("{\"a\":[\"", "\xC3\xA9", "\"]}");
    check_scan("{\"", "key", "\":1}");
}

UNIT_TEST(a_string_may_end_at_any_place_of_a_stretch)
{
    char *data = malloc(2 * JSON_SCAN_STRETCH + 16);
    REQUIRE(data != NULL);
    for (size_t whole = 1; whole <= 2; whole++) {
        for (size_t near = 0; near < 8; near++) {
            size_t size = whole * JSON_SCAN_STRETCH + near - 4;
            memset(data, 'a', size);
            data[size] = '"';
            data[size + 1] = ',';
            const uint8_t *begin = (const uint8_t *)data;
            CHECK(json_scan_string(begin, begin + size + 2, NULL) == begin + size);
            CHECK(json_scan_string(begin, begin + size + 1, NULL) == begin + size);
            CHECK(json_scan_string(begin, begin + size, NULL) == NULL);
            data[JSON_SCAN_STRETCH - 1] = '\\'; /* an escape that lies across the stretch, or after the end */
            data[JSON_SCAN_STRETCH] = 'n';
            if (size > JSON_SCAN_STRETCH) {
                CHECK(json_scan_string(begin, begin + size + 2, NULL) == begin + size);
            }
        }
    }
    free(data);
}
