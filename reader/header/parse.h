/* The general way in parts: one parse, its tokenizer, its table and its faults. Private to the reader. */
#ifndef PRPACK_READER_HEADER_PARSE_H
#define PRPACK_READER_HEADER_PARSE_H

#include "reader/header.h"
#include "reader/header/table.h"
#include "json/tokenizer.h"

/* Every function that returns bool returns false when the parse is over before its end; result then says why. */
struct reader_parse {
    struct base_bytes header;
    const struct reader_header_frame *frame;
    reader_fault_sink sink;
    void *context;
    struct reader_table_builder builder;
    enum reader_header_result result;
};

bool reader_parse_stop(struct reader_parse *parse, enum reader_header_result result);
bool reader_parse_report(struct reader_parse *parse, const struct reader_fault *fault);

/* A fault of class L at `value`, in nothing in particular. */
struct reader_fault reader_fault_at(struct base_bytes header, enum diag diagnostic, struct json_token value,
                                    const char *text);

/* asset_table: json stands behind its '['. Fills the rows, judges every element, and stands behind its ']'. */
bool reader_parse_entries(struct reader_parse *parse, struct json_tokenizer *json);
/* The second and every later holder of an id. Needs the sorted table. */
bool reader_parse_check_ids(struct reader_parse *parse);
/* preload: json stands behind its '['. Needs the sorted table; has_table tells whether there is one. */
bool reader_parse_preload(struct reader_parse *parse, struct json_tokenizer *json, bool has_table);
/* json-duplicate-key, with the class that its place has. */
bool reader_parse_check_duplicates(struct reader_parse *parse);

#endif
