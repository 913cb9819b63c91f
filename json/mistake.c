/* The text is walked by the tokenizer once more, up to the refusal, to know what is open there and what came last. Then
 * a list of checks is asked in turn, the most certain ones first: each looks at the bytes around the refusal, says what
 * it is, and fills the answer. */
#include "json/mistake.h"

#include "base/ascii.h"
#include "base/lines.h"
#include "json/mistake_view.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN = 40, LONGEST_WORD = 64 };

static bool begins_with(const struct json_view *view, size_t at, const char *prefix)
{
    size_t length = strlen(prefix);
    return view->text.size - at >= length && memcmp(view->text.data + at, prefix, length) == 0;
}

/* ---- Answers ---- */

__attribute__((format(printf, 5, 6))) static bool say(struct json_view *view, size_t at, size_t length,
                                                      const char *remedy, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(view->clause, format, arguments);
    va_end(arguments);
    *view->found = (struct json_mistake){.at = at, .length = length, .remedy = remedy};
    return true;
}

/* The same with a part of the text in front, in quotes. */
static bool say_quoted(struct json_view *view, size_t at, size_t length, const char *remedy, const char *rest)
{
    base_text_add_quoted(view->clause, base_bytes_make(view->text.data + at, length), SHOWN);
    base_text_add_string(view->clause, rest);
    *view->found = (struct json_mistake){.at = at, .length = length, .remedy = remedy};
    return true;
}

/* ---- The text as a whole ---- */

static bool is_empty(struct json_view *view)
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
    } else if (json_view_skip_white(view, 0) == view->text.size) {
        (void)say(view, view->at, 0, restore, "the file has nothing but white space");
    } else {
        empty = false;
    }
    view->found->kind = empty ? JSON_MISTAKE_NO_TEXT : JSON_MISTAKE_OTHER;
    return empty;
}

static bool is_other_encoding(struct json_view *view)
{
    static const char remedy[] = "Save the file as UTF-8 without a byte-order mark (BOM).";
    size_t size = view->text.size;
    bool wide = begins_with(view, 0, "\xFF\xFE") || begins_with(view, 0, "\xFE\xFF");
    bool bare = size >= 4 && ((json_view_byte(view, 0) == 0) != (json_view_byte(view, 1) == 0)) &&
                ((json_view_byte(view, 0) == 0) == (json_view_byte(view, 2) == 0)) &&
                ((json_view_byte(view, 1) == 0) == (json_view_byte(view, 3) == 0));
    if (begins_with(view, 0, "\xFF\xFE") && size >= 4 && json_view_byte(view, 2) == 0 && json_view_byte(view, 3) == 0) {
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

static bool is_conflict(struct json_view *view)
{
    bool is = base_lines_is_conflict(view->text, view->at) &&
              say(view, view->at, 0,
                  "Keep one side of each conflict, and remove the lines with <<<<<<<, ======= and >>>>>>>.",
                  "the file has an unresolved merge: this line is a marker of version control");
    view->found->kind = is ? JSON_MISTAKE_MERGE : JSON_MISTAKE_OTHER;
    return is;
}

static bool is_comment(struct json_view *view)
{
    bool block = begins_with(view, view->at, "/*");
    if (!block && !begins_with(view, view->at, "//") && json_view_byte(view, view->at) != '#') {
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

static bool is_stray_comma(struct json_view *view)
{
    uint8_t byte = json_view_byte(view, view->at);
    if (view->after == JSON_AFTER_COMMA && is_closing(byte)) {
        return say(view, view->last - 1, 1, "Remove the comma.", "a comma comes before the closing '%c'", byte);
    }
    if (byte != ',') {
        return false;
    }
    if (view->after == JSON_AFTER_COMMA) {
        return say(view, view->at, 1, "Remove one of them.", "there are two commas");
    }
    if (view->after == JSON_AFTER_OPENING) {
        return say(view, view->at, 1, "Remove the comma.", "a comma comes before the first value");
    }
    return view->after == JSON_AFTER_ALL && say(view, view->at, 1, "Remove the comma.", "a comma comes after the end");
}

static bool is_wrong_separator(struct json_view *view)
{
    uint8_t byte = json_view_byte(view, view->at);
    if (view->after == JSON_AFTER_VALUE && byte == ';') {
        return say(view, view->at, 1, "Write a comma in its place.", "a semicolon separates two values");
    }
    if (view->after == JSON_AFTER_VALUE && byte == ':') {
        return say(view, view->at, 1, "Write a comma in its place, or begin an object with '{'.",
                   "a colon comes after a value that is not a key");
    }
    return false;
}

/* Whether a key is what has to come. */
static bool is_at_key(const struct json_view *view)
{
    return (view->after == JSON_AFTER_OPENING || view->after == JSON_AFTER_COMMA) && view->depth > 0 &&
           view->open[view->depth - 1].object;
}

/* A key whose colon is missing: the tokenizer has not returned it. */
static bool is_missing_colon(struct json_view *view)
{
    struct json_tokenizer json;
    size_t begin = json_view_skip_white(view, view->last);
    if (!is_at_key(view) || json_view_byte(view, begin) != '"' || begin >= view->at) {
        return false;
    }
    json_begin(&json, base_bytes_make(view->text.data + begin, view->at - begin));
    struct json_token token = json_next(&json);
    if (token.kind != JSON_STRING || view->at == view->text.size) {
        return false;
    }
    uint8_t byte = json_view_byte(view, view->at);
    if (byte == '=') {
        return say(view, view->at, 1, "Write a colon in its place.", "'=' comes after a key");
    }
    bool alone = byte == ',' || is_closing(byte);
    return say_quoted(view, begin + 1, token.end - token.begin,
                      alone ? "Write a colon and a value after it." : "Write a colon after it.",
                      alone ? " has no value" : " has no colon after it");
}

static bool is_missing_value(struct json_view *view)
{
    uint8_t byte = json_view_byte(view, view->at);
    return view->after == JSON_AFTER_KEY && (byte == ',' || is_closing(byte)) &&
           say(view, view->at, 1, "Write a value before it, or remove the key.", "the key has no value");
}

static bool begins_value(uint8_t byte)
{
    return byte == '"' || byte == '\'' || byte == '{' || byte == '[' || json_view_is_word(byte);
}

/* What follows belongs to an outer container, and the comma would not help: a member that is further to the left, or an
 * object right after a member. */
static bool is_unclosed_before(struct json_view *view)
{
    if (view->after != JSON_AFTER_VALUE || view->depth < 2) {
        return false;
    }
    const struct json_open *open = &view->open[view->depth - 1];
    uint8_t byte = json_view_byte(view, view->at);
    if (!(byte == '{' && open->object) && !(byte == '"' && json_view_is_outside(view, view->at))) {
        return false;
    }
    return say(view, view->at, 0, open->object ? "Write '},' before it." : "Write '],' before it.",
               "the '%c' of line %" PRIu64 " is not closed before this", open->object ? '{' : '[',
               json_view_line(view, open->at));
}

static bool is_missing_comma(struct json_view *view)
{
    uint8_t byte = json_view_byte(view, view->at);
    bool joined = view->at == view->last && json_view_is_word(byte);
    if (view->after != JSON_AFTER_VALUE || joined || !begins_value(byte)) {
        return false;
    }
    return say(view, view->at, 0, "Write a comma between the two.",
               "a comma is missing between this and what ends in line %" PRIu64, json_view_line(view, view->last));
}

static bool is_wrong_bracket(struct json_view *view)
{
    uint8_t byte = json_view_byte(view, view->at);
    if (!is_closing(byte)) {
        return false;
    }
    if (view->after == JSON_AFTER_ALL) {
        return say(view, view->at, 1, "Remove it, or the one that closes too early.", "'%c' closes nothing", byte);
    }
    if (view->depth == 0) {
        return false;
    }
    const struct json_open *open = &view->open[view->depth - 1];
    return open->object != (byte == '}') && (view->after == JSON_AFTER_VALUE || view->after == JSON_AFTER_OPENING) &&
           say(view, view->at, 1, "Close first what was opened last.",
               "'%c' comes where the '%c' of line %" PRIu64 " has to be closed", byte, open->object ? '{' : '[',
               json_view_line(view, open->at));
}

static bool is_unclosed(struct json_view *view)
{
    if (view->at < view->text.size || view->depth == 0) {
        return false;
    }
    const struct json_open *open = view->has_uneven ? &view->uneven : &view->open[view->depth - 1];
    char bracket = open->object ? '{' : '[';
    if (view->has_uneven) {
        return say(view, view->uneven_at, 0,
                   open->object ? "Write the missing '}' there." : "Write the missing ']' there.",
                   "the '%c' of line %" PRIu64 " is not closed before line %" PRIu64, bracket,
                   json_view_line(view, open->at), json_view_line(view, view->uneven_at));
    }
    return say(view, view->at, 0, open->object ? "Write the missing '}'." : "Write the missing ']'.",
               "the '%c' of line %" PRIu64 " is not closed", bracket, json_view_line(view, open->at));
}

/* ---- Strings ---- */

/* Where the string begins that the refusal lies in, or the size of the text. */
static size_t string_around(const struct json_view *view)
{
    size_t begin = json_view_skip_white(view, view->last);
    bool inside = view->after != JSON_AFTER_VALUE && begin < view->at && json_view_byte(view, begin) == '"';
    return inside ? begin : view->text.size;
}

static bool is_unclosed_string(struct json_view *view)
{
    size_t begin = string_around(view);
    uint8_t byte = json_view_byte(view, view->at);
    if (begin == view->text.size) {
        return false;
    }
    if (view->at == view->text.size || byte == '\n' || byte == '\r') {
        return say(view, view->at, 0, "Write the closing quote; a line break in a text is written as \\n.",
                   "the string of line %" PRIu64 " is not closed", json_view_line(view, begin));
    }
    if (byte == '\t') {
        return say(view, view->at, 1, "Write \\t in its place.", "a string has a tab in it");
    }
    if (byte < ' ') {
        return say(view, view->at, 1, "Remove it.", "a string has a control character in it");
    }
    return view->at > begin && json_view_byte(view, view->at - 1) == '\\' &&
           say(view, view->at - 1, 2, "Write \\\\ for a backslash; paths have / between their names.",
               "a string has a backslash that begins no escape");
}

static bool is_wrong_quote(struct json_view *view)
{
    static const char *const marks[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "\xC2\xAB",     "\xC2\xBB"};
    static const char remedy[] = "Write \" in its place.";
    uint8_t byte = json_view_byte(view, view->at);
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
static struct base_bytes word_around(const struct json_view *view)
{
    size_t begin = view->at;
    size_t end = view->at;
    while (begin > view->last && json_view_is_word(view->text.data[begin - 1])) {
        begin--;
    }
    while (end < view->text.size && json_view_is_word(view->text.data[end]) && end - begin < LONGEST_WORD) {
        end++;
    }
    return base_bytes_make(view->text.data + begin, end - begin);
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

static bool is_wrong_word(struct json_view *view)
{
    struct base_bytes word = word_around(view);
    size_t begin = word.size > 0 ? (size_t)(word.data - view->text.data) : view->at;
    if (word.size == 0 || view->after == JSON_AFTER_ALL || (view->after == JSON_AFTER_VALUE && begin > view->last)) {
        return false;
    }
    if (is_at_key(view)) {
        return say_quoted(view, begin, word.size, "Write the key between double quotes.", " is a key without quotes");
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (base_ascii_equals(word, words[i].word)) {
            return say_quoted(view, begin, word.size, words[i].remedy, words[i].rest);
        }
    }
    return !is_number_like(word) &&
           say_quoted(view, begin, word.size, "Write a text between double quotes.", " is a text without quotes");
}

/* A number that begins well, so that the tokenizer may have taken a part of it as a value. */
static bool is_wrong_number(struct json_view *view)
{
    size_t begin = view->at;
    size_t end = view->at;
    while (begin > 0 && json_view_is_word(view->text.data[begin - 1])) {
        begin--;
    }
    while (end < view->text.size && json_view_is_word(view->text.data[end]) && end - begin < LONGEST_WORD) {
        end++;
    }
    struct base_bytes word = base_bytes_make(view->text.data + begin, end - begin);
    bool taken = begin < view->last; /* a part of it */
    if (is_at_key(view) || (taken && !json_view_is_word(json_view_byte(view, view->at))) || !is_number_like(word)) {
        return false;
    }
    return say_quoted(view, begin, word.size,
                      "Write the number in decimal digits alone, without a plus sign or zeros before it.",
                      " is not a number of JSON");
}

/* ---- All of it ---- */

static bool is_other_language(struct json_view *view)
{
    size_t begin = json_view_skip_white(view, 0);
    if (view->after != JSON_AFTER_NOTHING || begin == view->text.size) {
        return false;
    }
    bool markup = json_view_byte(view, begin) == '<';
    return say(view, begin, 1, "Restore the file from version control or a copy.", "%s",
               markup ? "the text is XML or HTML" : "the text does not begin as JSON does, with '{'");
}

static bool is_second_value(struct json_view *view)
{
    return view->after == JSON_AFTER_ALL && view->at < view->text.size &&
           say(view, view->at, 1, "Remove what comes after the last closing bracket.",
               "more text comes after the end of the value");
}

static bool is_not_utf8(struct json_view *view, enum json_error kind)
{
    bool broken = kind == JSON_ERROR_ENCODING && json_view_byte(view, view->at) >= 0x80;
    return broken && say(view, view->at, 1, "Save the file as UTF-8.",
                         "the byte 0x%02X is not UTF-8: the text is in another encoding, such as Latin-1",
                         json_view_byte(view, view->at));
}

static bool is_mistake_of_syntax(struct json_view *view)
{
    static bool (*const checks[])(struct json_view *) = {
        is_comment,         is_stray_comma,   is_wrong_separator, is_missing_colon, is_missing_value,
        is_unclosed_string, is_wrong_bracket, is_unclosed,        is_wrong_quote,   is_wrong_number,
        is_unclosed_before, is_missing_comma, is_other_language,  is_wrong_word,    is_second_value};
    bool found = false;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && !found; i++) {
        found = checks[i](view);
    }
    return found;
}

/* Whether the text ends where something is open, in the middle of a word or not, and all before that is right. */
static bool is_cut(const struct json_view *view)
{
    const struct json_mistake *found = view->found;
    bool lasts = view->text.size - found->at <= found->length;
    bool ends = view->at == view->text.size || json_view_is_word(json_view_byte(view, view->text.size - 1));
    return view->depth > 0 && lasts && ends;
}

struct json_mistake json_mistake_find(const struct json_tokenizer *refused, struct base_text *clause)
{
    struct json_mistake found = {.at = refused->error_at};
    struct json_view view = {.text = refused->text, .at = refused->error_at, .clause = clause, .found = &found};
    if (is_empty(&view) || is_other_encoding(&view) || is_conflict(&view) || is_not_utf8(&view, refused->error_kind)) {
        return found;
    }
    if (refused->error_kind == JSON_ERROR_SYNTAX) {
        json_view_walk(&view, refused);
        if (is_mistake_of_syntax(&view)) {
            found.kind = is_cut(&view) ? JSON_MISTAKE_CUT : JSON_MISTAKE_OTHER;
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
