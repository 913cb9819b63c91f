/* The general way in parts: one parse, its tokenizer, its table and its faults. Private to the reader. */
#ifndef PRPACK_READER_PARSE_H
#define PRPACK_READER_PARSE_H

#include "base/json.h"
#include "reader/header.h"
#include "reader/table.h"

/* Every function that returns bool returns false when the parse is over before its end; result then says why. */
struct pp_parse {
    struct pp_bytes header;
    const struct pp_header_frame *frame;
    pp_fault_sink sink;
    void *context;
    struct pp_table_builder builder;
    enum pp_header_result result;
};

bool pp_parse_stop(struct pp_parse *parse, enum pp_header_result result);
bool pp_parse_report(struct pp_parse *parse, const struct pp_fault *fault);

/* A fault of class L at `value`, in nothing in particular. */
struct pp_fault pp_fault_at(struct pp_bytes header, enum pp_diagnostic diagnostic, struct pp_json_token value,
                            const char *text);

/* asset_table: json stands behind its '['. Fills the rows, judges every element, and stands behind its ']'. */
bool pp_parse_entries(struct pp_parse *parse, struct pp_json *json);
/* The second and every later holder of an id. Needs the sorted table. */
bool pp_parse_judge_ids(struct pp_parse *parse);
/* preload: json stands behind its '['. Needs the sorted table; has_table tells whether there is one. */
bool pp_parse_preload(struct pp_parse *parse, struct pp_json *json, bool has_table);
/* json-duplicate-key, with the class that its place has. */
bool pp_parse_judge_duplicates(struct pp_parse *parse);

#endif
