/* RFC 8259, production by production: what is accepted, and at which byte the rest is refused. */
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

static void check_accepted(const struct base_bytes *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct base_bytes text = sample_copy(rows[i]);
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, text), true, (const char *)rows[i].data);
        CHECK_ROW(json.error_kind, JSON_OK, (const char *)rows[i].data);
        CHECK_ROW(json.at, text.size, (const char *)rows[i].data);
        CHECK_ROW(json.depth, 0, (const char *)rows[i].data);
        sample_free(text);
    }
}

struct refusal {
    struct base_bytes text;
    size_t at;
};

static void check_refused(const struct refusal *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *label = (const char *)rows[i].text.data;
        struct base_bytes text = sample_copy(rows[i].text);
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, text), false, label);
        CHECK_ROW(json.error_kind, JSON_ERROR_SYNTAX, label);
        CHECK_ROW(json.error_at, rows[i].at, label);
        REQUIRE(json.error_text != NULL);
        CHECK(strncmp(json.error_text, "expected ", 9) == 0);
        /* The error stays, whatever is asked. */
        struct json_token again = json_next(&json);
        CHECK_ROW(again.kind, JSON_ERROR, label);
        CHECK_ROW(again.begin, rows[i].at, label);
        CHECK_ROW(again.end, rows[i].at, label);
        CHECK_ROW(json.error_at, rows[i].at, label);
        sample_free(text);
    }
}

UNIT_TEST(accepts_every_kind_of_value_at_the_root)
{
    static const struct base_bytes rows[] = {
        TEXT("{}"),   TEXT("[]"),    TEXT("\"\""),     TEXT("\"a\""), TEXT("0"),
        TEXT("true"), TEXT("false"), TEXT("null"),     TEXT(" 1 "),   TEXT("\t\n\r []\t\n\r "),
        TEXT("{ }"),  TEXT("[ ]"),   TEXT("{\"\":0}"),
    };
    check_accepted(rows, COUNT_OF(rows));
}

UNIT_TEST(accepts_numbers)
{
    static const struct base_bytes rows[] = {
        TEXT("-0"),         TEXT("-1"),      TEXT("10"),
        TEXT("1234567890"), TEXT("0.0"),     TEXT("0.10"),
        TEXT("-0.5"),       TEXT("1e1"),     TEXT("1E1"),
        TEXT("1e+1"),       TEXT("1e-1"),    TEXT("0e0"),
        TEXT("0E-00"),      TEXT("1.5e007"), TEXT("[0,-0]"),
        TEXT("1e999"),      TEXT("-1.5E+5"), TEXT("123456789012345678901234567890123456789012345678901234567890"),
    };
    check_accepted(rows, COUNT_OF(rows));
}

UNIT_TEST(accepts_strings)
{
    static const struct base_bytes rows[] = {
        TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
        TEXT("\"\\u0000\\u001f\\uABCD\\uabcd\""),
        TEXT("\"\\uD7FF\\uE000\\uFFFF\""),
        TEXT("\"\\ud800\\udc00\""),
        TEXT("\"\\uDBFF\\uDFFF\""),
        TEXT("\" \x7f'/{}[],:\""),
        TEXT("\"1234567\\n\""),
        TEXT("\"12345678\""),
        TEXT("\"12345678\\\\\""),
        TEXT("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""),
    };
    check_accepted(rows, COUNT_OF(rows));
}

UNIT_TEST(accepts_containers)
{
    static const struct base_bytes rows[] = {
        TEXT("[1]"),
        TEXT("[1,2]"),
        TEXT("[ 1 , [ ] , { } , \"\" , true , false , null ]"),
        TEXT("{\"a\":1}"),
        TEXT("{ \"a\" : 1 , \"b\" : { \"c\" : [ { } ] } }"),
        TEXT("{\"a\":1,\"a\":2}"),
        TEXT("{\"a\":{},\"b\":[]}"),
        TEXT("[[],[[]],{\"a\":[]}]"),
    };
    check_accepted(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_a_missing_value)
{
    static const struct refusal rows[] = {
        {TEXT(""), 0},          {TEXT(" "), 1},   {TEXT("\n\n"), 2},    {TEXT("]"), 0},      {TEXT("}"), 0},
        {TEXT(","), 0},         {TEXT(":"), 0},   {TEXT("[,1]"), 1},    {TEXT("[1,,2]"), 3}, {TEXT("{\"a\":}"), 5},
        {TEXT("{\"a\":,}"), 5}, {TEXT("[1,"), 3}, {TEXT("{\"a\":"), 5}, {TEXT("[:]"), 1},    {TEXT("\0"), 0},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_what_is_not_a_value)
{
    static const struct refusal rows[] = {
        {TEXT("a"), 0},         {TEXT("'a'"), 0}, {TEXT("True"), 0}, {TEXT("NaN"), 0},     {TEXT("Infinity"), 0},
        {TEXT("-Infinity"), 1}, {TEXT("tru"), 3}, {TEXT("trux"), 3}, {TEXT("fals"), 4},    {TEXT("falSe"), 3},
        {TEXT("nul"), 3},       {TEXT("nil"), 1}, {TEXT("t"), 1},    {TEXT("// a\n1"), 0}, {TEXT("/**/1"), 0},
        {TEXT("\x7f"), 0},      {TEXT("\v1"), 0}, {TEXT("\f1"), 0},  {TEXT("[\b]"), 1},    {TEXT("[1\0]"), 2},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_numbers_that_others_take)
{
    static const struct refusal rows[] = {
        {TEXT("01"), 1},        {TEXT("00"), 1},   {TEXT("-01"), 2},   {TEXT("1."), 2},    {TEXT("1.e1"), 2},
        {TEXT(".5"), 0},        {TEXT("-.5"), 1},  {TEXT("+1"), 0},    {TEXT("1e"), 2},    {TEXT("1E"), 2},
        {TEXT("1e+"), 3},       {TEXT("1e-"), 3},  {TEXT("1e+-1"), 3}, {TEXT("1e1.5"), 3}, {TEXT("-"), 1},
        {TEXT("--1"), 1},       {TEXT("-a"), 1},   {TEXT("1.2.3"), 3}, {TEXT("0x10"), 1},  {TEXT("1_000"), 1},
        {TEXT("[-]"), 2},       {TEXT("[1.]"), 3}, {TEXT("[1e]"), 3},  {TEXT("[01]"), 2},  {TEXT("1e1e1"), 3},
        {TEXT("{\"a\":-}"), 6}, {TEXT("1,5"), 1},  {TEXT("0.x"), 2},   {TEXT("-0."), 3},   {TEXT("1 e1"), 2},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_broken_strings)
{
    static const struct refusal rows[] = {
        {TEXT("\""), 1},
        {TEXT("\"a"), 2},
        {TEXT("\"12345678"), 9},
        {TEXT("\"a\n\""), 2},
        {TEXT("\"\x00\""), 1},
        {TEXT("\"\x1f\""), 1},
        {TEXT("\"\t\""), 1},
        {TEXT("\"1234567\x01\""), 8},
        {TEXT("\"12345678\x01\""), 9},
        {TEXT("\"\\"), 2},
        {TEXT("\"\\\""), 3},
        {TEXT("\"\\a\""), 2},
        {TEXT("\"\\'\""), 2},
        {TEXT("\"\\0\""), 2},
        {TEXT("\"\\x41\""), 2},
        {TEXT("\"\\U0041\""), 2},
        {TEXT("\"\\u"), 3},
        {TEXT("\"\\u1"), 4},
        {TEXT("\"\\u12"), 5},
        {TEXT("\"\\u123"), 6},
        {TEXT("\"\\u1234"), 7},
        {TEXT("\"\\u\""), 3},
        {TEXT("\"\\u1\""), 4},
        {TEXT("\"\\u123\""), 6},
        {TEXT("\"\\ug000\""), 3},
        {TEXT("\"\\u0G00\""), 4},
        {TEXT("\"\\u00`0\""), 5},
        {TEXT("\"\\u000:\""), 6},
        {TEXT("\"\\u000/\""), 6},
        {TEXT("\"\\u000@\""), 6},
        {TEXT("\"\\u 041\""), 3},
        {TEXT("\"\\ud8g0\""), 5},
        {TEXT("\"\\\0\""), 2},
        {TEXT("\"\\\n\""), 2},
        {TEXT("{\"\\q\":1}"), 3},
        {TEXT("{\"a"), 3},
        {TEXT("\"\\u00\0\""), 5},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_broken_structure)
{
    static const struct refusal rows[] = {
        {TEXT("[1,]"), 3},
        {TEXT("{\"a\":1,}"), 7},
        {TEXT("["), 1},
        {TEXT("{"), 1},
        {TEXT("[1"), 2},
        {TEXT("{\"a\""), 4},
        {TEXT("{\"a\":1"), 6},
        {TEXT("{\"a\":1,"), 7},
        {TEXT("[1 2]"), 3},
        {TEXT("[\"a\" \"b\"]"), 5},
        {TEXT("[1:2]"), 2},
        {TEXT("[\"a\":1]"), 4},
        {TEXT("{\"a\" 1}"), 5},
        {TEXT("{\"a\",1}"), 4},
        {TEXT("{\"a\"}"), 4},
        {TEXT("{\"a\"::1}"), 5},
        {TEXT("{1:2}"), 1},
        {TEXT("{a:1}"), 1},
        {TEXT("{true:1}"), 1},
        {TEXT("{[]:1}"), 1},
        {TEXT("{,}"), 1},
        {TEXT("{\"a\":1 \"b\":2}"), 7},
        {TEXT("{\"a\":1;}"), 6},
        {TEXT("{\"a\":1,,}"), 7},
        {TEXT("[}"), 1},
        {TEXT("{]"), 1},
        {TEXT("[1}"), 2},
        {TEXT("{\"a\":1]"), 6},
        {TEXT("[[1}"), 3},
        {TEXT("{\"a\":[}"), 6},
        {TEXT("[{]"), 2},
        {TEXT("{\"a\":{]}"), 6},
        {TEXT("{\"a\":1,1:2}"), 7},
        {TEXT("{\"a\":1,}}"), 7},
        {TEXT("[1,}"), 3},
        {TEXT("{\"a\":1,]"), 7},
        {TEXT("{\"a\":1:2}"), 6},
        {TEXT("[[[]]"), 5},
        {TEXT("{null"), 1},
        {TEXT("[tru]"), 4},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_text_after_the_value)
{
    static const struct refusal rows[] = {
        {TEXT("1 2"), 2},    {TEXT("{}{}"), 2},     {TEXT("[]]"), 2},      {TEXT("{}}"), 2},        {TEXT("{},"), 2},
        {TEXT("null\0"), 4}, {TEXT("truetrue"), 4}, {TEXT("\"\"\"\""), 2}, {TEXT("[] //"), 3},      {TEXT("1\v"), 1},
        {TEXT("{} \0"), 3},  {TEXT("true1"), 4},    {TEXT("0true"), 1},    {TEXT("[]\xc3\xa9"), 2},
    };
    check_refused(rows, COUNT_OF(rows));
}

UNIT_TEST(refuses_an_empty_text_without_memory)
{
    struct json_tokenizer json;
    CHECK(!json_validate(&json, base_bytes_make(NULL, 0)));
    CHECK_U64(json.error_kind, JSON_ERROR_SYNTAX);
    CHECK_U64(json.error_at, 0);
    CHECK_STRING(json.error_text, "expected a value");
}

UNIT_TEST(says_what_was_expected)
{
    static const struct {
        const char *text;
        const char *expected;
    } rows[] = {
        {"[", "expected a value or ']'"},
        {"[1,]", "expected a value"},
        {"{", "expected a key or '}'"},
        {"{\"a\":1,}", "expected a key"},
        {"{\"a\"}", "expected ':'"},
        {"[1 1]", "expected ',' or ']'"},
        {"{\"a\":1 1}", "expected ',' or '}'"},
        {"1 1", "expected nothing after the value"},
        {"nope", "expected true, false or null"},
        {"01", "expected no digit after a leading zero"},
        {"-", "expected a digit"},
        {"\"", "expected a closing quote"},
        {"\"\n\"", "expected control characters in strings to be escaped"},
        {"\"\\x\"", "expected one of \"\\/bfnrtu after a backslash"},
        {"\"\\u12\"", "expected four hexadecimal digits"},
        {"\"\\udc00\"", "expected a surrogate escape only in a pair, high then low"},
        {"\xff", "expected UTF-8"},
        {"\xef\xbb\xbf", "expected UTF-8 without a byte-order mark"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_tokenizer json;
        CHECK(!json_validate(&json, base_bytes_of_string(rows[i].text)));
        CHECK_STRING(json.error_text, rows[i].expected);
    }
}

/* A document with every kind of token and escape. */
static const char sample[] = " { \"a\\n\\u00e9\" : [ -1.5e+10 , true , false , null , \"x\\/\\\\\" , { } , [ ] ] , "
                             "\"b\" : { \"c\" : 0 } } ";

UNIT_TEST(refuses_every_beginning_at_its_end)
{
    size_t whole = sizeof sample - 2; /* without the white space at its end, which nothing asks for */
    for (size_t size = 0; size < whole; size++) {
        struct base_bytes text = sample_copy(base_bytes_make(sample, size));
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, text), false, sample + size);
        CHECK_ROW(json.error_kind, JSON_ERROR_SYNTAX, sample + size);
        CHECK_ROW(json.error_at, size, sample + size);
        sample_free(text);
    }
    struct json_tokenizer json;
    CHECK(json_validate(&json, base_bytes_make(sample, whole)));
    CHECK(json_validate(&json, base_bytes_make(sample, whole + 1)));
}

UNIT_TEST(takes_no_control_character_but_white_space_anywhere)
{
    char text[sizeof sample];
    for (size_t at = 0; at + 1 < sizeof sample; at++) {
        memcpy(text, sample, sizeof text);
        text[at] = '\x01';
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, base_bytes_make(text, sizeof text - 1)), false, sample + at);
        CHECK_ROW(json.error_at, at, sample + at);
    }
}

/* Writes `depth` openings, each an array or an object as the pattern's bits say, and returns the size. */
static size_t open_levels(char *out, unsigned depth, uint64_t pattern)
{
    size_t size = 0;
    for (unsigned i = 0; i < depth; i++) {
        size += sample_append(out + size, (pattern >> (i % 64) & 1) != 0 ? "{\"k\":" : "[");
    }
    return size;
}

static size_t close_levels(char *out, unsigned depth, uint64_t pattern)
{
    for (unsigned i = 0; i < depth; i++) {
        out[i] = (pattern >> ((depth - 1 - i) % 64) & 1) != 0 ? '}' : ']';
    }
    return depth;
}

static const uint64_t patterns[] = {0, UINT64_MAX, 0x5555555555555555, 0xAAAAAAAAAAAAAAAA, 0x123456789ABCDEF0};

UNIT_TEST(accepts_127_levels)
{
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        char text[1024];
        size_t size = open_levels(text, JSON_MAX_DEPTH, patterns[i]);
        text[size++] = '0';
        size += close_levels(text + size, JSON_MAX_DEPTH, patterns[i]);
        struct json_tokenizer json;
        CHECK(json_validate(&json, base_bytes_make(text, size)));
    }
}

UNIT_TEST(refuses_level_128_at_its_bracket)
{
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        for (int object = 0; object < 2; object++) {
            char text[1024];
            size_t size = open_levels(text, JSON_MAX_DEPTH, patterns[i]);
            text[size] = object != 0 ? '{' : '[';
            struct json_tokenizer json;
            CHECK(!json_validate(&json, base_bytes_make(text, size + 1)));
            CHECK_U64(json.error_kind, JSON_ERROR_DEPTH);
            CHECK_U64(json.error_at, size);
            CHECK_U64(json.depth, JSON_MAX_DEPTH);
            CHECK_STRING(json.error_text, "expected at most 127 levels of nesting");
            CHECK_U64(json_next(&json).kind, JSON_ERROR);
        }
    }
}

UNIT_TEST(counts_open_levels_only)
{
    char text[4 * 1000 + 2] = "[";
    size_t size = 1;
    for (int i = 0; i < 1000; i++) {
        size += sample_append(text + size, i == 0 ? "[]" : ",{}");
    }
    text[size++] = ']';
    struct json_tokenizer json;
    CHECK(json_validate(&json, base_bytes_make(text, size)));
}

UNIT_TEST(a_bracket_where_none_may_stand_is_syntax_even_at_level_128)
{
    char text[1024];
    size_t size = open_levels(text, JSON_MAX_DEPTH, UINT64_MAX) - strlen("\"k\":");
    text[size] = '[';
    struct json_tokenizer json;
    CHECK(!json_validate(&json, base_bytes_make(text, size + 1)));
    CHECK_U64(json.error_kind, JSON_ERROR_SYNTAX);
    CHECK_U64(json.error_at, size);
}

UNIT_TEST(knows_at_every_level_which_bracket_closes_it)
{
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        for (unsigned level = 1; level <= JSON_MAX_DEPTH; level++) {
            char text[1024];
            size_t size = open_levels(text, JSON_MAX_DEPTH, patterns[i]);
            text[size++] = '0';
            size_t closers = size;
            size += close_levels(text + size, JSON_MAX_DEPTH, patterns[i]);
            size_t wrong = closers + JSON_MAX_DEPTH - level;
            text[wrong] = text[wrong] == '}' ? ']' : '}';
            struct json_tokenizer json;
            CHECK(!json_validate(&json, base_bytes_make(text, size)));
            CHECK_U64(json.error_kind, JSON_ERROR_SYNTAX);
            CHECK_U64(json.error_at, wrong);
            CHECK_U64(json.depth, level);
        }
    }
}
