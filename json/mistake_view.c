#include "json/mistake_view.h"

#include "base/lines.h"

#include <string.h>

uint8_t json_view_byte(const struct json_view *view, size_t at)
{
    return at < view->text.size ? view->text.data[at] : 0;
}

bool json_view_is_white(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

bool json_view_is_word(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '$' || byte == '+' || byte == '-' || byte == '.' || byte >= 0x80;
}

size_t json_view_skip_white(const struct json_view *view, size_t at)
{
    while (at < view->text.size && json_view_is_white(view->text.data[at])) {
        at++;
    }
    return at;
}

uint64_t json_view_line(const struct json_view *view, size_t at)
{
    struct base_lines lines = base_lines_of(view->text);
    uint64_t line = 0;
    uint64_t column = 0;
    (void)base_lines_find(&lines, at, &line, &column);
    return line;
}

static void begin_line(struct json_view *view, size_t begin)
{
    size_t end = begin;
    while (end < view->text.size && (view->text.data[end] == ' ' || view->text.data[end] == '\t')) {
        end++;
    }
    view->line = (struct json_line){.at = begin, .begin = begin, .indent = end - begin};
}

static void go_to(struct json_view *view, size_t at)
{
    const uint8_t *end = NULL;
    while (view->line.at < at && (end = memchr(view->text.data + view->line.at, '\n', at - view->line.at)) != NULL) {
        begin_line(view, (size_t)(end - view->text.data) + 1);
    }
    view->line.at = at;
}

/* Whether nothing but blanks comes before the place in its line. */
static bool begins_line(const struct json_view *view)
{
    return view->line.at - view->line.begin == view->line.indent;
}

bool json_view_is_outside(struct json_view *view, size_t at)
{
    go_to(view, at);
    return view->depth > 1 && begins_line(view) && view->line.indent < view->last_indent &&
           view->line.indent <= view->open[view->depth - 1].indent;
}

static void open_container(struct json_view *view, struct json_token token)
{
    view->open[view->depth++] =
        (struct json_open){.at = token.begin, .indent = view->line.indent, .object = token.kind == JSON_OBJECT_BEGIN};
    view->after = JSON_AFTER_OPENING;
}

static void note_uneven(struct json_view *view, size_t at)
{
    if (!view->has_uneven) {
        view->has_uneven = true;
        view->uneven = view->open[view->depth - 1];
        view->uneven_at = at;
    }
}

static void close_container(struct json_view *view, struct json_token token)
{
    if (begins_line(view) && view->line.indent < view->open[view->depth - 1].indent) {
        note_uneven(view, token.begin);
    }
    view->depth--;
    view->after = view->depth > 0 ? JSON_AFTER_VALUE : JSON_AFTER_ALL;
}

/* A member of an outer object, by its place, shows that the inner one lacks its end. */
static void take_key(struct json_view *view, struct json_token token)
{
    if (json_view_is_outside(view, token.begin - 1)) {
        note_uneven(view, token.begin - 1);
    }
    view->after = JSON_AFTER_KEY;
}

static void take(struct json_view *view, struct json_token token)
{
    if (token.kind == JSON_KEY) {
        take_key(view, token);
        return;
    }
    go_to(view, token.begin);
    if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
        open_container(view, token);
    } else if (token.kind == JSON_OBJECT_END || token.kind == JSON_ARRAY_END) {
        close_container(view, token);
    } else {
        view->after = view->depth > 0 ? JSON_AFTER_VALUE : JSON_AFTER_ALL;
    }
}

void json_view_walk(struct json_view *view, const struct json_tokenizer *refused)
{
    struct json_tokenizer json;
    json_begin(&json, refused->text);
    json.task = refused->task;
    begin_line(view, 0);
    for (struct json_token token = json_next(&json); token.kind != JSON_ERROR && token.kind != JSON_END;
         token = json_next(&json)) {
        take(view, token);
        view->last = json.at;
        view->last_indent = view->line.indent;
    }
    /* The tokenizer takes a comma together with what follows it. */
    size_t next = json_view_skip_white(view, view->last);
    if (view->after == JSON_AFTER_VALUE && next < view->at && view->text.data[next] == ',') {
        view->last = next + 1;
        view->after = JSON_AFTER_COMMA;
    }
}
