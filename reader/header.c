#include "reader/header.h"

#include "reader/parse.h"

bool pp_parse_stop(struct pp_parse *parse, enum pp_header_result result)
{
    parse->result = result;
    return false;
}

bool pp_parse_report(struct pp_parse *parse, const struct pp_fault *fault)
{
    return parse->sink(parse->context, fault) || pp_parse_stop(parse, PP_HEADER_STOPPED);
}

struct pp_fault pp_fault_at(struct pp_bytes header, enum pp_diagnostic diagnostic, struct pp_json_token value,
                            const char *text)
{
    /* The token of a string stands between its quotes, the fault at the first of them. */
    size_t quote = value.kind == PP_JSON_STRING ? 1 : 0;
    struct pp_bytes actual = {.data = NULL};
    if (value.end > value.begin - quote) {
        actual = pp_bytes_make(header.data + value.begin - quote, value.end + quote - (value.begin - quote));
    }
    return (struct pp_fault){
        .diagnostic = diagnostic,
        .class_ = PP_CLASS_L,
        .at = value.begin - quote,
        .entry = -1,
        .preload = -1,
        .text = text,
        .actual = actual,
    };
}

/* ---- The text ---- */

static enum pp_diagnostic json_diagnostic(enum pp_json_error error)
{
    switch (error) {
    case PP_JSON_ERROR_ENCODING:
        return PP_JSON_ENCODING;
    case PP_JSON_ERROR_DEPTH:
        return PP_JSON_DEPTH;
    case PP_JSON_OK:
    case PP_JSON_ERROR_SYNTAX:
        break;
    }
    return PP_JSON_SYNTAX;
}

/* 4.2, 2: the first faulty byte decides, and nothing else is judged. */
static bool judge_text(struct pp_parse *parse)
{
    struct pp_json json;
    if (pp_json_validate(&json, parse->header)) {
        return true;
    }
    struct pp_fault fault = {
        .diagnostic = json_diagnostic(json.error_kind),
        .class_ = PP_CLASS_L,
        .at = json.error_at,
        .entry = -1,
        .preload = -1,
        .text = json.error_text,
    };
    return pp_parse_report(parse, &fault) && pp_parse_stop(parse, PP_HEADER_UNUSABLE);
}

/* ---- The root ---- */

/* Where the two arrays of the root stand. Each tokenizer stands behind the '[' of its array. */
struct root {
    bool has_table;  /* a usable asset_table */
    bool seen_table; /* the member, whatever its type */
    bool usable_preload;
    struct pp_json preload;
};

static bool report_shape(struct pp_parse *parse, struct pp_json_token value, const char *member, const char *text,
                         const char *expected)
{
    struct pp_fault fault = pp_fault_at(parse->header, PP_HEADER_SHAPE, value, text);
    fault.member = member;
    fault.expected = expected;
    return pp_parse_report(parse, &fault);
}

static struct pp_bytes span_between(struct pp_bytes header, size_t begin, const struct pp_json *json)
{
    return pp_bytes_make(header.data + begin, json->at - begin);
}

static bool read_asset_table(struct pp_parse *parse, struct pp_json *json, struct pp_json_token value,
                             struct root *root)
{
    root->seen_table = true;
    if (value.kind != PP_JSON_ARRAY_BEGIN) {
        value.end = pp_json_skip(json, value).end;
        return report_shape(parse, value, "asset_table", "asset_table is no array", "an array");
    }
    root->has_table = true;
    if (!pp_parse_entries(parse, json)) {
        return false;
    }
    parse->builder.table.asset_table = span_between(parse->header, value.begin, json);
    return true;
}

/* preload may stand before asset_table: it is only marked here, and read when the ids are known. */
static bool mark_preload(struct pp_parse *parse, struct pp_json *json, struct pp_json_token value, struct root *root)
{
    struct pp_table *table = &parse->builder.table;
    table->has_preload = true;
    struct pp_json behind = *json;
    struct pp_json_token last = pp_json_skip(json, value);
    if (last.kind == PP_JSON_ERROR) {
        return pp_parse_stop(parse, PP_HEADER_UNUSABLE);
    }
    if (value.kind != PP_JSON_ARRAY_BEGIN) {
        value.end = last.end;
        return report_shape(parse, value, "preload", "preload is no array", "an array");
    }
    root->usable_preload = true;
    root->preload = behind;
    table->preload_array = span_between(parse->header, value.begin, json);
    return true;
}

static bool read_member(struct pp_parse *parse, struct pp_json *json, struct pp_json_token key, struct root *root)
{
    struct pp_bytes span = pp_json_span(parse->header, key);
    struct pp_json_token value = pp_json_next(json);
    if (!root->seen_table && pp_json_is(span, "asset_table")) {
        return read_asset_table(parse, json, value, root);
    }
    if (!parse->builder.table.has_preload && pp_json_is(span, "preload")) {
        return mark_preload(parse, json, value, root);
    }
    return pp_json_skip(json, value).kind != PP_JSON_ERROR || pp_parse_stop(parse, PP_HEADER_UNUSABLE);
}

static bool read_root(struct pp_parse *parse, struct root *root)
{
    struct pp_json json;
    pp_json_begin(&json, parse->header);
    struct pp_json_token open = pp_json_next(&json);
    if (open.kind != PP_JSON_OBJECT_BEGIN) {
        open.end = pp_json_skip(&json, open).end;
        return report_shape(parse, open, NULL, "the header is no object", "an object");
    }
    for (;;) {
        struct pp_json_token key = pp_json_next(&json);
        if (key.kind == PP_JSON_OBJECT_END) {
            break;
        }
        if (key.kind != PP_JSON_KEY) {
            return pp_parse_stop(parse, PP_HEADER_UNUSABLE);
        }
        if (!read_member(parse, &json, key, root)) {
            return false;
        }
    }
    return root->seen_table ||
           report_shape(parse, open, "asset_table", "the header has no asset_table", "the member asset_table");
}

/* ---- All of it ---- */

static bool parse_all(struct pp_parse *parse)
{
    struct root root = {.has_table = false};
    if (!judge_text(parse) || !read_root(parse, &root)) {
        return false;
    }
    if (!pp_table_sort(&parse->builder.table)) {
        return pp_parse_stop(parse, PP_HEADER_NO_MEMORY);
    }
    if (!pp_parse_judge_ids(parse)) {
        return false;
    }
    if (root.usable_preload && !pp_parse_preload(parse, &root.preload, root.has_table)) {
        return false;
    }
    if (!pp_parse_judge_duplicates(parse)) {
        return false;
    }
    return root.has_table || pp_parse_stop(parse, PP_HEADER_UNUSABLE);
}

enum pp_header_result pp_header_parse(struct pp_bytes header, const struct pp_header_frame *frame, pp_fault_sink sink,
                                      void *context, struct pp_table *table)
{
    struct pp_parse parse = {
        .header = header, .frame = frame, .sink = sink, .context = context, .result = PP_HEADER_PARSED};
    *table = (struct pp_table){.rows = NULL};
    if (parse_all(&parse)) {
        pp_table_finish(&parse.builder, table);
    } else {
        pp_table_free(&parse.builder.table);
    }
    return parse.result;
}
