/* The text is walked by the tokenizer once more, up to the refusal, to know what is open there and what came last. Then
 * a list of checks is asked in turn, the most certain ones first: each looks at the bytes around the refusal, says what
 * it is, and fills the answer. */
#include "json/mistake.h"

#include "base/lines.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN = 40, LONGEST_WORD = 64 };

/* What came last before the refusal. */
enum after {
    AFTER_NOTHING, /* the text begins */
    AFTER_OPENING, /* a bracket opened */
    AFTER_KEY,     /* a key and its colon */
    AFTER_VALUE,   /* a value inside of a container */
    AFTER_COMMA,
    AFTER_ALL /* the value of the whole text */
};

/* A container that is open. */
struct open {
    size_t at;
    bool object;
};

struct view {
    struct base_bytes text;
    size_t at;   /* of the refusal */
    size_t last; /* the end of what came last, a comma included */
    enum after after;
    struct open open[JSON_MAX_DEPTH];
    unsigned depth;
    bool has_uneven; /* a container whose bracket is further to the left where it closes than where it opens */
    struct open uneven;
    const char *expected; /* by the tokenizer */
    struct base_text *clause;
    struct json_mistake *found;
};

/* ---- Bytes ---- */

/* The byte, or 0 beyond the end. */
static uint8_t byte_at(const struct view *view, size_t at)
{
    return at < view->text.size ? view->text.data[at] : 0;
}

static bool is_white(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static bool is_word(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '$' || byte == '+' || byte == '-' || byte == '.' || byte >= 0x80;
}

static size_t skip_white(const struct view *view, size_t at)
{
    while (at < view->text.size && is_white(view->text.data[at])) {
        at++;
    }
    return at;
}

static bool begins_with(const struct view *view, size_t at, const char *prefix)
{
    size_t length = strlen(prefix);
    return view->text.size - at >= length && memcmp(view->text.data + at, prefix, length) == 0;
}

static uint64_t line_of(const struct view *view, size_t at)
{
    struct base_lines lines = base_lines_of(view->text);
    uint64_t line = 0;
    uint64_t column = 0;
    (void)base_lines_find(&lines, at, &line, &column);
    return line;
}

/* The blanks at the begin of a line; *first says whether nothing else comes before `at`. */
static size_t indent_of(struct base_bytes text, size_t at, bool *first)
{
    size_t begin = at;
    while (begin > 0 && text.data[begin - 1] != '\n') {
        begin--;
    }
    size_t end = begin;
    while (end < at && (text.data[end] == ' ' || text.data[end] == '\t')) {
        end++;
    }
    *first = end == at;
    return end - begin;
}

/* ---- The walk ---- */

static void open_container(struct view *view, struct json_token token)
{
    view->open[view->depth++] = (struct open){.at = token.begin, .object = token.kind == JSON_OBJECT_BEGIN};
    view->after = AFTER_OPENING;
}

static void close_container(struct view *view, struct json_token token)
{
    bool ends_line = false;
    bool begins_line = false;
    const struct open *open = &view->open[--view->depth];
    size_t closing = indent_of(view->text, token.begin, &begins_line);
    size_t opening = indent_of(view->text, open->at, &ends_line);
    if (!view->has_uneven && begins_line && closing < opening) {
        view->has_uneven = true;
        view->uneven = *open;
    }
    view->after = view->depth > 0 ? AFTER_VALUE : AFTER_ALL;
}

/* Walks up to the refusal. */
static void walk(struct view *view, const struct json_tokenizer *refused)
{
    struct json_tokenizer json;
    json_begin(&json, refused->text);
    json.task = refused->task;
    for (struct json_token token = json_next(&json); token.kind != JSON_ERROR && token.kind != JSON_END;
         token = json_next(&json)) {
        view->last = json.at;
        if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
            open_container(view, token);
        } else if (token.kind == JSON_OBJECT_END || token.kind == JSON_ARRAY_END) {
            close_container(view, token);
        } else if (token.kind == JSON_KEY) {
            view->after = AFTER_KEY;
        } else {
            view->after = view->depth > 0 ? AFTER_VALUE : AFTER_ALL;
        }
    }
    /* The tokenizer takes a comma together with what follows it. */
    size_t next = skip_white(view, view->last);
    if (view->after == AFTER_VALUE && next < view->at && view->text.data[next] == ',') {
        view->last = next + 1;
        view->after = AFTER_COMMA;
    }
}

/* ---- Answers ---- */

__attribute__((format(printf, 5, 6))) static bool say(struct view *view, size_t at, size_t length, const char *remedy,
                                                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(view->clause, format, arguments);
    va_end(arguments);
    *view->found = (struct json_mistake){.at = at, .length = length, .remedy = remedy};
    return true;
}

/* The same with a part of the text in front, in quotes. */
static bool say_quoted(struct view *view, size_t at, size_t length, const char *remedy, const char *rest)
{
    base_text_add_char(view->clause, '"');
    base_text_add_printable(view->clause, base_bytes_make(view->text.data + at, length), SHOWN);
    base_text_add_char(view->clause, '"');
    base_text_add_string(view->clause, rest);
    *view->found = (struct json_mistake){.at = at, .length = length, .remedy = remedy};
    return true;
}

/* ---- The text as a whole ---- */

static bool is_empty(struct view *view)
{
    size_t zeros = 0;
    while (zeros < view->text.size && view->text.data[zeros] == 0) {
        zeros++;
    }
    static const char restore[] = "Restore the file from version control or a copy.";
    bool empty = true;
    if (view->text.size == 0) {
        (void)say(view, 0, 0, restore, "the file is empty");
    } else if (zeros == view->text.size) {
        (void)say(view, 0, zeros, restore,
                  "the file has nothing but zero bytes, as after a crash while it was written");
    } else if (skip_white(view, 0) == view->text.size) {
        (void)say(view, view->at, 0, restore, "the file has nothing but white space");
    } else {
        empty = false;
    }
    view->found->kind = empty ? JSON_MISTAKE_NO_TEXT : JSON_MISTAKE_OTHER;
    return empty;
}

static bool is_other_encoding(struct view *view)
{
    static const char remedy[] = "Save the file as UTF-8 without a byte-order mark (BOM).";
    size_t size = view->text.size;
    bool wide = begins_with(view, 0, "\xFF\xFE") || begins_with(view, 0, "\xFE\xFF");
    bool bare = size >= 4 && ((byte_at(view, 0) == 0) != (byte_at(view, 1) == 0)) &&
                ((byte_at(view, 0) == 0) == (byte_at(view, 2) == 0)) &&
                ((byte_at(view, 1) == 0) == (byte_at(view, 3) == 0));
    if (begins_with(view, 0, "\xFF\xFE") && size >= 4 && byte_at(view, 2) == 0 && byte_at(view, 3) == 0) {
        return say(view, 0, 4, remedy, "the text is UTF-32; expected UTF-8");
    }
    if (wide || bare) {
        return say(view, 0, wide ? 2 : 1, remedy, "the text is UTF-16; expected UTF-8");
    }
    if (begins_with(view, 0, "\xEF\xBB\xBF")) {
        return say(view, 0, 3, remedy, "the text begins with a byte-order mark (BOM)");
    }
    return false;
}

static bool is_conflict(struct view *view)
{
    bool is = base_lines_is_conflict(view->text, view->at) &&
              say(view, view->at, 0,
                  "Keep one side of each conflict, and remove the lines with <<<<<<<, ======= and >>>>>>>.",
                  "the file has an unresolved merge: this line is a marker of version control");
    view->found->kind = is ? JSON_MISTAKE_MERGE : JSON_MISTAKE_OTHER;
    return is;
}

static bool is_comment(struct view *view)
{
    bool block = begins_with(view, view->at, "/*");
    if (!block && !begins_with(view, view->at, "//") && byte_at(view, view->at) != '#') {
        return false;
    }
    size_t end = view->at;
    while (end < view->text.size && view->text.data[end] != '\n') {
        end++;
    }
    return say(view, view->at, end - view->at, "Remove the comment.",
               "this is a comment, and JSON does not have comments");
}

/* ---- Commas, colons, brackets ---- */

static bool is_closing(uint8_t byte)
{
    return byte == '}' || byte == ']';
}

static bool is_stray_comma(struct view *view)
{
    uint8_t byte = byte_at(view, view->at);
    if (view->after == AFTER_COMMA && is_closing(byte)) {
        return say(view, view->last - 1, 1, "Remove the comma.", "a comma comes before the closing '%c'", byte);
    }
    if (byte != ',') {
        return false;
    }
    if (view->after == AFTER_COMMA) {
        return say(view, view->at, 1, "Remove one of them.", "there are two commas");
    }
    if (view->after == AFTER_OPENING) {
        return say(view, view->at, 1, "Remove the comma.", "a comma comes before the first value");
    }
    return view->after == AFTER_ALL && say(view, view->at, 1, "Remove the comma.", "a comma comes after the end");
}

static bool is_wrong_separator(struct view *view)
{
    uint8_t byte = byte_at(view, view->at);
    if (view->after == AFTER_VALUE && byte == ';') {
        return say(view, view->at, 1, "Write a comma in its place.", "a semicolon separates two values");
    }
    if (view->after == AFTER_VALUE && byte == ':') {
        return say(view, view->at, 1, "Write a comma in its place, or begin an object with '{'.",
                   "a colon comes after a value that is not a key");
    }
    return false;
}

/* Whether a key is what has to come. */
static bool is_at_key(const struct view *view)
{
    return (view->after == AFTER_OPENING || view->after == AFTER_COMMA) && view->depth > 0 &&
           view->open[view->depth - 1].object;
}

/* A key whose colon is missing: the tokenizer has not returned it. */
static bool is_missing_colon(struct view *view)
{
    struct json_tokenizer json;
    size_t begin = skip_white(view, view->last);
    if (!is_at_key(view) || byte_at(view, begin) != '"' || begin >= view->at) {
        return false;
    }
    json_begin(&json, base_bytes_make(view->text.data + begin, view->at - begin));
    struct json_token token = json_next(&json);
    if (token.kind != JSON_STRING || view->at == view->text.size) {
        return false;
    }
    uint8_t byte = byte_at(view, view->at);
    if (byte == '=') {
        return say(view, view->at, 1, "Write a colon in its place.", "'=' comes after a key");
    }
    bool alone = byte == ',' || is_closing(byte);
    return say_quoted(view, begin + 1, token.end - token.begin,
                      alone ? "Write a colon and a value after it." : "Write a colon after it.",
                      alone ? " has no value" : " has no colon after it");
}

static bool is_missing_value(struct view *view)
{
    uint8_t byte = byte_at(view, view->at);
    return view->after == AFTER_KEY && (byte == ',' || is_closing(byte)) &&
           say(view, view->at, 1, "Write a value before it, or remove the key.", "the key has no value");
}

static bool begins_value(uint8_t byte)
{
    return byte == '"' || byte == '\'' || byte == '{' || byte == '[' || is_word(byte);
}

static bool is_missing_comma(struct view *view)
{
    uint8_t byte = byte_at(view, view->at);
    bool joined = view->at == view->last && is_word(byte);
    if (view->after != AFTER_VALUE || joined || !begins_value(byte)) {
        return false;
    }
    return say(view, view->at, 0, "Write a comma between the two.",
               "a comma is missing between this and what ends in line %" PRIu64, line_of(view, view->last));
}

/* The bracket that opened first of those that may lack their end: brackets that are not in line show it. */
static const struct open *unclosed(const struct view *view)
{
    return view->has_uneven ? &view->uneven : &view->open[view->depth - 1];
}

static bool is_wrong_bracket(struct view *view)
{
    uint8_t byte = byte_at(view, view->at);
    if (!is_closing(byte)) {
        return false;
    }
    if (view->after == AFTER_ALL) {
        return say(view, view->at, 1, "Remove it, or the one that closes too early.", "'%c' closes nothing", byte);
    }
    if (view->depth == 0) {
        return false;
    }
    const struct open *open = &view->open[view->depth - 1];
    return open->object != (byte == '}') && (view->after == AFTER_VALUE || view->after == AFTER_OPENING) &&
           say(view, view->at, 1, "Close first what was opened last.",
               "'%c' comes where the '%c' of line %" PRIu64 " has to be closed", byte, open->object ? '{' : '[',
               line_of(view, open->at));
}

static bool is_unclosed(struct view *view)
{
    if (view->at < view->text.size || view->depth == 0) {
        return false;
    }
    const struct open *open = unclosed(view);
    return say(view, view->at, 0, open->object ? "Write the missing '}'." : "Write the missing ']'.",
               "the '%c' of line %" PRIu64 " is not closed", open->object ? '{' : '[', line_of(view, open->at));
}

/* ---- Strings ---- */

/* Where the string begins that the refusal lies in, or the size of the text. */
static size_t string_around(const struct view *view)
{
    size_t begin = skip_white(view, view->last);
    bool inside = view->after != AFTER_VALUE && begin < view->at && byte_at(view, begin) == '"';
    return inside ? begin : view->text.size;
}

static bool is_unclosed_string(struct view *view)
{
    size_t begin = string_around(view);
    uint8_t byte = byte_at(view, view->at);
    if (begin == view->text.size) {
        return false;
    }
    if (view->at == view->text.size || byte == '\n' || byte == '\r') {
        return say(view, view->at, 0, "Write the closing quote; a line break in a text is written as \\n.",
                   "the string of line %" PRIu64 " is not closed", line_of(view, begin));
    }
    if (byte == '\t') {
        return say(view, view->at, 1, "Write \\t in its place.", "a string has a tab in it");
    }
    if (byte < ' ') {
        return say(view, view->at, 1, "Remove it.", "a string has a control character in it");
    }
    return view->at > begin && byte_at(view, view->at - 1) == '\\' &&
           say(view, view->at - 1, 2, "Write \\\\ for a backslash; paths have / between their names.",
               "a string has a backslash that begins no escape");
}

static bool is_wrong_quote(struct view *view)
{
    static const char *const marks[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "\xC2\xAB",     "\xC2\xBB"};
    static const char remedy[] = "Write \" in its place.";
    uint8_t byte = byte_at(view, view->at);
    if (byte == '\'' || byte == '`') {
        return say(view, view->at, 1, "Write \" in its place, here and at the end of the string.",
                   byte == '\'' ? "a string is in single quotes" : "a string is in backquotes");
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (view->at < view->text.size && begins_with(view, view->at, marks[i])) {
            return say(view, view->at, strlen(marks[i]), remedy, "this is a typographic quotation mark");
        }
    }
    return false;
}

/* ---- Words and numbers ---- */

/* The word that the refusal lies in: a run of letters, digits and signs, not cut off by what came last. */
static struct base_bytes word_around(const struct view *view)
{
    size_t begin = view->at;
    size_t end = view->at;
    while (begin > view->last && is_word(view->text.data[begin - 1])) {
        begin--;
    }
    while (end < view->text.size && is_word(view->text.data[end]) && end - begin < LONGEST_WORD) {
        end++;
    }
    return base_bytes_make(view->text.data + begin, end - begin);
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + ('a' - 'A')) : byte;
}

static bool is_called(struct base_bytes word, const char *name)
{
    size_t length = strlen(name);
    bool is = word.size == length;
    for (size_t i = 0; is && i < length; i++) {
        is = lower(word.data[i]) == (uint8_t)name[i];
    }
    return is;
}

/* Words of other languages, in lower case. */
static const struct {
    const char *word;
    const char *remedy;
    const char *rest;
} words[] = {
    {"nan", "Write a number.", " is not a number that JSON has"},
    {"infinity", "Write a number.", " is not a number that JSON has"},
    {"-infinity", "Write a number.", " is not a number that JSON has"},
    {"inf", "Write a number.", " is not a number that JSON has"},
    {"-inf", "Write a number.", " is not a number that JSON has"},
    {"-nan", "Write a number.", " is not a number that JSON has"},
    {"true", "Write true, in lower case.", " is not written so in JSON"},
    {"false", "Write false, in lower case.", " is not written so in JSON"},
    {"null", "Write null, in lower case.", " is not written so in JSON"},
    {"none", "Write null in its place.", " is not a word of JSON"},
    {"nil", "Write null in its place.", " is not a word of JSON"},
    {"undefined", "Write null in its place.", " is not a word of JSON"},
    {"yes", "Write true in its place.", " is not a word of JSON"},
    {"on", "Write true in its place.", " is not a word of JSON"},
    {"no", "Write false in its place.", " is not a word of JSON"},
    {"off", "Write false in its place.", " is not a word of JSON"},
};

static bool is_number_like(struct base_bytes word)
{
    size_t at = word.size > 0 && (word.data[0] == '+' || word.data[0] == '-') ? 1 : 0;
    at = word.size > at && word.data[at] == '.' ? at + 1 : at;
    return word.size > at && word.data[at] >= '0' && word.data[at] <= '9';
}

static bool is_wrong_word(struct view *view)
{
    struct base_bytes word = word_around(view);
    size_t begin = word.size > 0 ? (size_t)(word.data - view->text.data) : view->at;
    if (word.size == 0 || view->after == AFTER_ALL || (view->after == AFTER_VALUE && begin > view->last)) {
        return false;
    }
    if (is_at_key(view)) {
        return say_quoted(view, begin, word.size, "Write the key between double quotes.", " is a key without quotes");
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_called(word, words[i].word)) {
            return say_quoted(view, begin, word.size, words[i].remedy, words[i].rest);
        }
    }
    return !is_number_like(word) &&
           say_quoted(view, begin, word.size, "Write a text between double quotes.", " is a text without quotes");
}

/* A number that begins well, so that the tokenizer may have taken a part of it as a value. */
static bool is_wrong_number(struct view *view)
{
    size_t begin = view->at;
    size_t end = view->at;
    while (begin > 0 && is_word(view->text.data[begin - 1])) {
        begin--;
    }
    while (end < view->text.size && is_word(view->text.data[end]) && end - begin < LONGEST_WORD) {
        end++;
    }
    struct base_bytes word = base_bytes_make(view->text.data + begin, end - begin);
    bool taken = begin < view->last; /* a part of it */
    if (is_at_key(view) || (taken && !is_word(byte_at(view, view->at))) || !is_number_like(word)) {
        return false;
    }
    return say_quoted(view, begin, word.size,
                      "Write the number in decimal digits alone, without a plus sign or zeros before it.",
                      " is not a number of JSON");
}

/* ---- All of it ---- */

static bool is_other_language(struct view *view)
{
    size_t begin = skip_white(view, 0);
    if (view->after != AFTER_NOTHING || begin == view->text.size) {
        return false;
    }
    bool markup = byte_at(view, begin) == '<';
    return say(view, begin, 1, "Restore the file from version control or a copy.", "%s",
               markup ? "the text is XML or HTML" : "the text does not begin as JSON does, with '{'");
}

static bool is_second_value(struct view *view)
{
    return view->after == AFTER_ALL && view->at < view->text.size &&
           say(view, view->at, 1, "Remove what comes after the last closing bracket.",
               "more text comes after the end of the value");
}

static bool is_not_utf8(struct view *view, enum json_error kind)
{
    bool broken = kind == JSON_ERROR_ENCODING && byte_at(view, view->at) >= 0x80;
    return broken && say(view, view->at, 1, "Save the file as UTF-8.",
                         "the byte 0x%02X is not UTF-8: the text is in another encoding, such as Latin-1",
                         byte_at(view, view->at));
}

static bool is_mistake_of_syntax(struct view *view)
{
    static bool (*const checks[])(struct view *) = {
        is_comment,         is_stray_comma,    is_wrong_separator, is_missing_colon, is_missing_value,
        is_unclosed_string, is_wrong_bracket,  is_unclosed,        is_wrong_quote,   is_wrong_number,
        is_missing_comma,   is_other_language, is_wrong_word,      is_second_value};
    bool found = false;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && !found; i++) {
        found = checks[i](view);
    }
    return found;
}

struct json_mistake json_mistake_find(const struct json_tokenizer *refused, struct base_text *clause)
{
    struct json_mistake found = {.at = refused->error_at};
    struct view view = {.text = refused->text, .at = refused->error_at, .clause = clause, .found = &found};
    if (is_empty(&view) || is_other_encoding(&view) || is_conflict(&view) || is_not_utf8(&view, refused->error_kind)) {
        return found;
    }
    if (refused->error_kind == JSON_ERROR_SYNTAX) {
        walk(&view, refused);
        if (is_mistake_of_syntax(&view)) {
            return found;
        }
    }
    base_text_add_string(clause, refused->error_text);
    return found;
}

const char *json_mistake_subject(const struct json_tokenizer *refused)
{
    if (refused->error_kind == JSON_ERROR_ENCODING) {
        return "not valid text";
    }
    return refused->error_kind == JSON_ERROR_DEPTH ? "nested too deeply" : "not strict JSON";
}
