/* The general way: checks the text, reads the root, and calls the parts in the order that reader/header.h states. */
#include "reader/header.h"

#include "reader/header/duplicates.h"
#include "reader/header/entry.h"
#include "reader/header/ids.h"
#include "reader/header/preload.h"
#include "reader/header/state.h"
#include "json/check.h"
#include "json/value.h"
#include "json/walk.h"

/* ---- The text ---- */

static enum diag json_diagnostic(enum json_error error)
{
    switch (error) {
    case JSON_ERROR_ENCODING:
        return DIAG_JSON_ENCODING;
    case JSON_ERROR_DEPTH:
        return DIAG_JSON_DEPTH;
    case JSON_OK:
    case JSON_ERROR_SYNTAX:
    case JSON_ERROR_CANCELLED:
        break;
    }
    return DIAG_JSON_SYNTAX;
}

/* 4.2, 2: the first faulty byte decides, and nothing else is checked. */
static bool check_text(struct reader_parse *parse)
{
    struct json_tokenizer json;
    json_begin(&json, parse->header);
    json.task = parse->frame->task;
    if (json_finish_keys(&json, &parse->keys_ascend)) {
        return true;
    }
    if (json.error_kind == JSON_ERROR_CANCELLED) {
        return reader_parse_stop(parse, READER_HEADER_CANCELLED);
    }
    struct reader_fault fault = {
        .diagnostic = json_diagnostic(json.error_kind),
        .class_ = DIAG_CLASS_L,
        .at = json.error_at,
        .entry = -1,
        .preload = -1,
        .text = json.error_text,
    };
    return reader_parse_report(parse, &fault) && reader_parse_stop(parse, READER_HEADER_UNUSABLE);
}

/* ---- The root ---- */

/* What the root has. */
struct root {
    bool has_table;  /* a usable asset_table */
    bool seen_table; /* the member, whatever its type */
    bool seen_preload;
    bool usable_preload;
    struct json_walk preload; /* after the '[' of preload, when it is usable */
};

static bool report_shape(struct reader_parse *parse, struct json_token value, const char *member, const char *text,
                         const char *expected)
{
    struct reader_fault fault = reader_fault_at(parse->header, DIAG_HEADER_SHAPE, value, text);
    fault.member = member;
    fault.expected = expected;
    return reader_parse_report(parse, &fault);
}

static bool read_asset_table(struct reader_parse *parse, struct json_walk *walk, struct json_token value,
                             struct root *root)
{
    root->seen_table = true;
    if (value.kind != JSON_ARRAY_BEGIN) {
        return report_shape(parse, json_walk_whole(walk, value), "asset_table", "asset_table is not an array",
                            "an array");
    }
    root->has_table = true;
    return reader_parse_entries(parse, walk);
}

/* preload may come before asset_table: its place is noted here, and it is read when the ids are known. */
static bool mark_preload(struct reader_parse *parse, struct json_walk *walk, struct json_token value, struct root *root)
{
    root->seen_preload = true;
    struct json_walk inside = *walk;
    struct json_token whole = json_walk_whole(walk, value);
    if (whole.kind == JSON_ERROR) {
        return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
    }
    if (whole.kind != JSON_ARRAY_BEGIN) {
        return report_shape(parse, whole, "preload", "preload is not an array", "an array");
    }
    root->usable_preload = true;
    root->preload = inside;
    return true;
}

static bool read_member(struct reader_parse *parse, struct json_walk *walk, struct json_token key, struct root *root)
{
    struct base_bytes span = json_span(parse->header, key);
    struct json_token value = json_walk_next(walk);
    if (!root->seen_table && json_equals(span, "asset_table")) {
        return read_asset_table(parse, walk, value, root);
    }
    if (!root->seen_preload && json_equals(span, "preload")) {
        return mark_preload(parse, walk, value, root);
    }
    return json_walk_whole(walk, value).kind != JSON_ERROR || reader_parse_stop(parse, READER_HEADER_UNUSABLE);
}

static bool read_root(struct reader_parse *parse, struct root *root)
{
    struct json_walk walk;
    json_walk_begin(&walk, parse->header, 0, parse->header.size);
    walk.json.task = parse->frame->task;
    struct json_token open = json_walk_next(&walk);
    if (open.kind != JSON_OBJECT_BEGIN) {
        return report_shape(parse, json_walk_whole(&walk, open), NULL, "the header is not an object", "an object");
    }
    for (;;) {
        struct json_token key = json_walk_next(&walk);
        if (key.kind == JSON_OBJECT_END) {
            break;
        }
        if (key.kind != JSON_KEY) {
            return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
        }
        if (!read_member(parse, &walk, key, root)) {
            return false;
        }
    }
    return root->seen_table ||
           report_shape(parse, open, "asset_table", "the header has no asset_table", "the member asset_table");
}

/* ---- All of it ---- */

static bool parse_all(struct reader_parse *parse)
{
    struct root root = {.has_table = false};
    if (!check_text(parse) || !read_root(parse, &root)) {
        return false;
    }
    if (!reader_table_sort(&parse->builder.table, parse->frame->task)) {
        return reader_parse_stop(parse, READER_HEADER_NO_MEMORY);
    }
    if (!reader_parse_check_ids(parse)) {
        return false;
    }
    if (root.usable_preload && !reader_parse_preload(parse, &root.preload, root.has_table)) {
        return false;
    }
    if (!reader_parse_check_duplicates(parse)) {
        return false;
    }
    return root.has_table || reader_parse_stop(parse, READER_HEADER_UNUSABLE);
}

enum reader_header_result reader_header_parse(struct base_bytes header, const struct reader_header_frame *frame,
                                              reader_fault_sink sink, void *context, struct reader_table *table)
{
    struct reader_parse parse = {
        .header = header, .frame = frame, .sink = sink, .context = context, .result = READER_HEADER_PARSED};
    *table = (struct reader_table){.rows = NULL};
    bool complete = parse_all(&parse);
    if (base_task_cancelled(frame->task)) {
        complete = reader_parse_stop(&parse, READER_HEADER_CANCELLED);
    }
    if (complete) {
        reader_table_finish(&parse.builder, table);
    } else {
        reader_table_free(&parse.builder.table);
    }
    return parse.result;
}
