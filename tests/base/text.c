/* The growing buffer: appending, failing for good, handing over; and bytes from outside made safe for a terminal. */
#include "base/text.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

UNIT_TEST(an_empty_text_is_an_empty_string)
{
    struct base_text text = BASE_TEXT_EMPTY;
    CHECK_STRING(base_text_string(&text), "");
    CHECK_U64(base_text_bytes(&text).size, 0);
    CHECK(!base_text_out_of_memory(&text));
    base_text_clear(&text);
    CHECK_STRING(base_text_string(&text), "");
    base_text_free(&text);
    base_text_free(&text);
}

UNIT_TEST(appending)
{
    static const struct base_bytes with_nul = TEXT("b\0c");
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_char(&text, 'a');
    base_text_add(&text, with_nul);
    base_text_add(&text, base_bytes_make(NULL, 0));
    base_text_add_string(&text, "");
    base_text_add_string(&text, "de");
    base_text_addf(&text, "%d-%s", -5, "f");
    CHECK_U64(text.size, 10);
    CHECK(memcmp(base_text_bytes(&text).data, "ab\0cde-5-f", 11) == 0);
    base_text_clear(&text);
    CHECK_U64(text.size, 0);
    CHECK_STRING(base_text_string(&text), "");
    base_text_add_string(&text, "again");
    CHECK_STRING(base_text_string(&text), "again");
    base_text_free(&text);
}

UNIT_TEST(growing_keeps_what_is_there)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (unsigned i = 0; i < 5000; i++) {
        base_text_addf(&text, "%04u", i);
        CHECK(text.size < text.capacity);
        CHECK(text.data[text.size] == '\0');
    }
    CHECK_U64(text.size, 20000);
    CHECK(memcmp(text.data, "00000001", 8) == 0);
    CHECK_STRING(text.data + text.size - 8, "49984999");
    base_text_free(&text);
}

UNIT_TEST(formatting_longer_than_any_buffer)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "%5000d|", 7);
    CHECK_U64(text.size, 5001);
    CHECK(memcmp(text.data + 4998, " 7|", 4) == 0);
    base_text_free(&text);
}

UNIT_TEST(take_hands_the_string_over)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "mine");
    char *taken = base_text_take(&text);
    CHECK_STRING(taken, "mine");
    CHECK(text.data == NULL);
    CHECK_U64(text.size, 0);
    free(taken);
    taken = base_text_take(&text);
    CHECK_STRING(taken, "");
    free(taken);
    base_text_free(&text);
}

UNIT_TEST(out_of_memory_stays)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "kept");
    char longer[1000];
    memset(longer, 'x', sizeof longer);
    memory_fault_after(0);
    base_text_add(&text, base_bytes_make(longer, sizeof longer));
    (void)memory_fault_off();
    CHECK(base_text_out_of_memory(&text));
    CHECK_STRING(base_text_string(&text), "kept");
    /* There is room for these, and memory again. */
    base_text_add_char(&text, '!');
    base_text_add_string(&text, "!");
    base_text_addf(&text, "%d", 1);
    CHECK_STRING(base_text_string(&text), "kept");
    CHECK(base_text_out_of_memory(&text));
    CHECK(base_text_take(&text) == NULL);
    CHECK(text.data == NULL);
    base_text_free(&text);
}

UNIT_TEST(take_without_memory_gives_nothing)
{
    struct base_text text = BASE_TEXT_EMPTY;
    memory_fault_after(0);
    char *taken = base_text_take(&text);
    (void)memory_fault_off();
    CHECK(taken == NULL);
    CHECK(text.data == NULL);
    base_text_free(&text);
}

UNIT_TEST(sizes_that_wrap_are_out_of_memory)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_char(&text, 'a');
    base_text_add(&text, base_bytes_make("", SIZE_MAX));
    CHECK(base_text_out_of_memory(&text));
    base_text_free(&text);
    base_text_add_char(&text, 'a');
    base_text_add(&text, base_bytes_make("", SIZE_MAX - 1));
    CHECK(base_text_out_of_memory(&text));
    CHECK_STRING(base_text_string(&text), "a");
    base_text_free(&text);
}

struct printable_row {
    struct base_bytes bytes;
    const char *expected;
};

static void check_printable(const struct printable_row *rows, size_t count, size_t limit)
{
    for (size_t i = 0; i < count; i++) {
        struct base_bytes bytes = sample_copy(rows[i].bytes);
        struct base_text text = BASE_TEXT_EMPTY;
        base_text_add_printable(&text, bytes, limit);
        CHECK_STRING(base_text_string(&text), rows[i].expected);
        base_text_free(&text);
        sample_free(bytes);
    }
}

UNIT_TEST(printable_shows_what_a_terminal_would_obey)
{
    static const struct printable_row rows[] = {
        {TEXT(""), ""},
        {TEXT("plain \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), "plain \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {TEXT("\0\x1b[31m\n\x7f"), "\\x00\\x1b[31m\\x0a\\x7f"},
        {TEXT("\x1f ~"), "\\x1f ~"},
        {TEXT("\xc2\x9b\xc2\x80\xc2\x9f"), "\\u{009b}\\u{0080}\\u{009f}"},
        {TEXT("\xc2\xa0\xc2\xad"), "\xc2\xa0\\u{00ad}"},
        /* direction and order of what is shown */
        {TEXT("\xe2\x80\xae"), "\\u{202e}"},
        {TEXT("\xe2\x80\xaa\xe2\x81\xa6\xe2\x81\xa9\xd8\x9c"), "\\u{202a}\\u{2066}\\u{2069}\\u{061c}"},
        /* what is not seen */
        {TEXT("a\xe2\x80\x8b"
              "b\xef\xbb\xbf"),
         "a\\u{200b}b\\u{feff}"},
        {TEXT("\xe2\x80\xa8\xe2\x80\xa9"), "\\u{2028}\\u{2029}"},
        {TEXT("\xf3\xa0\x81\x81"), "\\u{e0041}"},
        {TEXT("\xe1\xa0\x8e\xe3\x85\xa4"), "\\u{180e}\\u{3164}"},
        {TEXT("\xe3\x85\xa3\xe3\x85\xa5"), "\xe3\x85\xa3\xe3\x85\xa5"},
        /* what is not UTF-8, byte by byte */
        {TEXT("\xff"
              "a\xc3"),
         "\\xffa\\xc3"},
        {TEXT("\xed\xa0\x80"), "\\xed\\xa0\\x80"},
        {TEXT("\xc0\x8a"), "\\xc0\\x8a"},
    };
    check_printable(rows, COUNT_OF(rows), 100);
}

UNIT_TEST(printable_ends_at_its_limit)
{
    static const struct printable_row rows[] = {
        {TEXT("1234"), "1234"},
        {TEXT("12345"), "1234…"},
        {TEXT("123\xc3\xa9"), "123…"}, /* no half character */
        {TEXT("12\xc3\xa9"), "12\xc3\xa9"},
        {TEXT("12\xc3\xa9"
              "5"),
         "12\xc3\xa9…"},
        {TEXT("\n\n\n\n"), "\\x0a\\x0a\\x0a\\x0a"}, /* bytes of the source count */
        {TEXT("\n\n\n\n\n"), "\\x0a\\x0a\\x0a\\x0a…"},
        {TEXT("123\xff\xff"), "123\\xff…"},
    };
    check_printable(rows, COUNT_OF(rows), 4);
    static const struct printable_row nothing[] = {{TEXT(""), ""}, {TEXT("a"), "…"}};
    check_printable(nothing, COUNT_OF(nothing), 0);
}
