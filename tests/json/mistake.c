/* What people write in place of JSON is called by its name, at the place that has to be corrected. Documents are
 * written with ' for ", and ` for '. */
#include "json/mistake.h"
#include "tests/lib/sample.h"

#include <stdio.h>
#include <stdlib.h>

/* One ^ marks the place, two of them its begin and end. */
struct row {
    const char *document;
    const char *says;
    const char *remedy; /* a part of it; NULL: any */
};

struct spelled {
    char *text;
    size_t size;
    size_t marks[2];
    size_t mark_count;
};

static struct spelled spell(const char *document)
{
    struct spelled spelled = {.text = malloc(strlen(document) + 1)};
    REQUIRE(spelled.text != NULL);
    for (const char *at = document; *at != '\0'; at++) {
        if (*at == '^') {
            REQUIRE(spelled.mark_count < 2);
            spelled.marks[spelled.mark_count++] = spelled.size;
        } else {
            spelled.text[spelled.size++] = (char)(*at == '\'' ? '"' : *at == '`' ? '\'' : *at);
        }
    }
    return spelled;
}

static void check(struct base_bytes text, const char *name, size_t at, size_t length, const char *says,
                  const char *remedy)
{
    struct base_bytes bytes = sample_copy(text);
    struct json_tokenizer json;
    struct base_text clause = BASE_TEXT_EMPTY;
    CHECK_ROW(json_validate(&json, bytes), false, name);
    struct json_mistake found = json_mistake_find(&json, &clause);
    CHECK_ROW(found.at, at, name);
    CHECK_ROW(found.length, length, name);
    CHECK_ROW(strstr(base_text_string(&clause), says) != NULL, true, base_text_string(&clause));
    CHECK_ROW(remedy == NULL || (found.remedy != NULL && strstr(found.remedy, remedy) != NULL), true, name);
    base_text_free(&clause);
    sample_free(bytes);
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct spelled spelled = spell(rows[i].document);
        size_t length = spelled.mark_count == 2 ? spelled.marks[1] - spelled.marks[0] : 0;
        check(base_bytes_make(spelled.text, spelled.size), rows[i].document, spelled.marks[0], length, rows[i].says,
              rows[i].remedy);
        free(spelled.text);
    }
}

UNIT_TEST(commas_colons_and_comments)
{
    static const struct row rows[] = {
        {"{'a':1^,^\n}", "a comma comes before the closing '}'", "Remove the comma."},
        {"{'a':[1^,^ ]}", "a comma comes before the closing ']'", "Remove the comma."},
        {"{'a':1,^,^'b':2}", "two commas", "Remove one"},
        {"{^,^'a':1}", "before the first value", "Remove the comma."},
        {"{'a':1}^,^", "after the end", "Remove the comma."},
        {"{'a':1\n ^'b':2}", "a comma is missing between this and what ends in line 1", "Write a comma"},
        {"['a'^'b']", "a comma is missing", "Write a comma"},
        {"{'a':1^;^'b':2}", "a semicolon", "Write a comma"},
        {"{'a'^=^1}", "'=' comes after a key", "Write a colon"},
        {"{'^a^' 1}", "\"a\" has no colon after it", "Write a colon"},
        {"{'^a^'}", "\"a\" has no value", "a colon and a value"},
        {"{'a':^}^", "the key has no value", "Write a value"},
        {"^// mine^\n{}", "a comment", "Remove the comment."},
        {"{\n ^/* x */^\n'a':1}", "a comment", "Remove the comment."},
        {"{'a':1, ^# x^\n'b':2}", "a comment", "Remove the comment."},
        {"{}^// end^", "a comment", "Remove the comment."},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(brackets_that_do_not_fit)
{
    static const struct row rows[] = {
        {"{\n'a':1^", "the '{' of line 1 is not closed", "Write the missing '}'."},
        {"{\n'a':[\n1\n^", "the '[' of line 2 is not closed", "Write the missing ']'."},
        {"{\n  'a': {\n    'b': 1\n  ,'c': 2\n^}\n", "the '{' of line 2 is not closed before line 5",
         "Write the missing '}' there."},
        {"{\n  'a': {\n    'b': [\n      1\n    ]\n  ^'c': 2\n}\n", "the '{' of line 2 is not closed before this",
         "Write '},' before it."},
        {"{\n  'a': {\n    'b': 1,\n  ^'c': {\n    'd': 2\n  }\n}\n", "the '{' of line 2 is not closed before line 4",
         "Write the missing '}' there."},
        {"{\n  'a': {\n    'm': {\n      'b': 1\n  ^},\n  'c': 2\n}\n", "the '{' of line 3 is not closed before line 5",
         "Write the missing '}' there."},
        {"{\n  'a': [\n    'b'\n  ^'c': 2\n}\n", "the '[' of line 2 is not closed before this",
         "Write '],' before it."},
        {"{\n  'a': [\n    {\n      'b': 1\n    ^{\n      'b': 2\n    }\n  ]\n}\n",
         "the '{' of line 3 is not closed before this", "Write '},' before it."},
        {"{'a':1 ^{}}", "a comma is missing", NULL},
        {"{\n'a': {\n'b': 1\n^'c': 2\n}\n}\n", "a comma is missing", NULL},
        {"{\n'a': {\n'b': 1,\n'c': 2\n}\n^", "the '{' of line 1 is not closed", NULL},
        {"{\n'a':1\n^]^", "']' comes where the '{' of line 1 has to be closed", NULL},
        {"{}^}^", "'}' closes nothing", NULL},
        {"{}^[^]", "more text comes after the end", NULL},
        {"{'a':^", "the '{' of line 1 is not closed", NULL},
    };
    check_rows(rows, COUNT_OF(rows));
}

/* A text that ends too early is another thing than one in which something is wrong, also at its end. */
UNIT_TEST(a_text_that_was_cut_off)
{
    static const struct {
        const char *document;
        enum json_mistake_kind kind;
    } rows[] = {
        {"{", JSON_MISTAKE_CUT},
        {"{\n  'a': 1,\n", JSON_MISTAKE_CUT},
        {"{\n  'a': 1", JSON_MISTAKE_CUT},
        {"{\n  'a': tru", JSON_MISTAKE_CUT},
        {"{\n  'a': -", JSON_MISTAKE_CUT},
        {"{\n  'a", JSON_MISTAKE_CUT},
        {"{\n  'a'", JSON_MISTAKE_CUT},
        {"{\n  'a':", JSON_MISTAKE_CUT},
        {"{\n  'a': [\n    {\n      'b': 1\n    },\n", JSON_MISTAKE_CUT},
        {"{\n  'a': [\n    {\n      'b': 'c", JSON_MISTAKE_CUT},
        {"{\n  'a': {\n    'b': 1\n  ,'c': 2\n}\n", JSON_MISTAKE_OTHER},
        {"{\n  'a': 1\n]", JSON_MISTAKE_OTHER},
        {"{\n  'a': 1,\n}", JSON_MISTAKE_OTHER},
        {"{\n  'a': 1\n}\n}", JSON_MISTAKE_OTHER},
        {"'a", JSON_MISTAKE_OTHER},
        {"nul", JSON_MISTAKE_OTHER},
        {" \n", JSON_MISTAKE_NO_TEXT},
        {"{\n<<<<<<< ours\n", JSON_MISTAKE_MERGE},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct spelled spelled = spell(rows[i].document);
        struct base_bytes bytes = sample_copy(base_bytes_make(spelled.text, spelled.size));
        struct json_tokenizer json;
        struct base_text clause = BASE_TEXT_EMPTY;
        CHECK_ROW(json_validate(&json, bytes), false, rows[i].document);
        CHECK_ROW(json_mistake_find(&json, &clause).kind, rows[i].kind, rows[i].document);
        base_text_free(&clause);
        sample_free(bytes);
        free(spelled.text);
    }
}

UNIT_TEST(words_numbers_and_quotes)
{
    static const struct row rows[] = {
        {"{^name^:1}", "\"name\" is a key without quotes", "between double quotes"},
        {"{'a':1,^b^:1}", "\"b\" is a key without quotes", NULL},
        {"{'a':^hero.png^}", "\"hero.png\" is a text without quotes", NULL},
        {"[^NaN^]", "\"NaN\" is not a number that JSON has", NULL},
        {"[^-Infinity^]", "\"-Infinity\"", NULL},
        {"[^nan^]", "\"nan\" is not a number that JSON has", NULL},
        {"[^True^]", "\"True\"", "Write true"},
        {"[^FALSE^]", "\"FALSE\"", "Write false"},
        {"[^None^]", "\"None\"", "Write null"},
        {"[^undefined^]", "\"undefined\"", "Write null"},
        {"[^01^]", "\"01\" is not a number of JSON", NULL},
        {"{'a':[^01^]}", "\"01\"", NULL},
        {"[^+1^]", "\"+1\"", NULL},
        {"[^.5^]", "\".5\"", NULL},
        {"[^1.^]", "\"1.\"", NULL},
        {"[^0x10^]", "\"0x10\"", NULL},
        {"[^16px^]", "\"16px\"", NULL},
        {"{^`^a`:1}", "single quotes", "Write \""},
        {"[^\xE2\x80\x9C^a']", "a typographic quotation mark", "Write \""},
        {"{'a^\n':1}", "the string of line 1 is not closed", "closing quote"},
        {"{\n'a^", "the string of line 2 is not closed", NULL},
        {"['^\\x^']", "a backslash that begins no escape", "Write \\\\"},
        {"['^\t^']", "a tab", "Write \\t"},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(texts_that_are_something_else)
{
    static const struct row rows[] = {
        {"^", "the file is empty", "Restore"},
        {" \n^", "nothing but white space", "Restore"},
        {"{\n^<<<<<<< HEAD\n}", "an unresolved merge", "Keep one side"},
        {"^\xEF\xBB\xBF^{}", "a byte-order mark", "UTF-8 without"},
        {"['^\xE9^']", "the byte 0xE9 is not UTF-8", "UTF-8"},
        {"^<^html>", "XML or HTML", NULL},
        {"^n^ame: 1", "does not begin as JSON does", NULL},
    };
    check_rows(rows, COUNT_OF(rows));
    check((struct base_bytes)TEXT("\xFF\xFE{\0}\0"), "UTF-16 with a mark", 0, 2, "the text is UTF-16", "UTF-8");
    check((struct base_bytes)TEXT("{\0}\0"), "UTF-16", 0, 1, "the text is UTF-16", "UTF-8");
    check((struct base_bytes)TEXT("\0{\0}"), "UTF-16 of the other order", 0, 1, "the text is UTF-16", "UTF-8");
    check((struct base_bytes)TEXT("\xFF\xFE\0\0{\0\0\0"), "UTF-32", 0, 4, "the text is UTF-32", "UTF-8");
    check((struct base_bytes)TEXT("\0\0\0"), "zeros", 0, 3, "zero bytes", "Restore");
}

/* Each place in a line is found without looking at the whole line again: the square of this size would take minutes. */
UNIT_TEST(a_long_line_costs_one_pass)
{
    enum { OBJECTS = 300000 };
    static const char object[] = "{\"a\":{}},";
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_char(&text, '[');
    for (size_t i = 0; i < OBJECTS; i++) {
        base_text_add_string(&text, object);
    }
    base_text_add_char(&text, ']');
    struct base_bytes bytes = base_bytes_of_string(base_text_string(&text));
    check(bytes, "a long line", bytes.size - 2, 1, "a comma comes before the closing ']'", "Remove the comma.");
    base_text_free(&text);
}
