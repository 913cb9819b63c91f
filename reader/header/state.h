/* One parse of the general way while it runs: its text, its table, its result, and how it reports. Every other file of
 * the general way takes this state; this file knows none of them.
 *
 * Every function that takes the state and returns bool returns false when the parse is over before its end; `result`
 * then says why. */
#ifndef PRPACK_READER_HEADER_STATE_H
#define PRPACK_READER_HEADER_STATE_H

#include "reader/header.h"
#include "reader/header/table.h"
#include "json/tokenizer.h"

struct reader_parse {
    struct base_bytes header;
    const struct reader_header_frame *frame;
    reader_fault_sink sink;
    void *context;
    struct reader_table_builder builder;
    enum reader_header_result result;
    bool keys_ascend; /* in every object, strictly: none is repeated */
};

/* Ends the parse with this result. Returns false, for the caller to return. */
bool reader_parse_stop(struct reader_parse *parse, enum reader_header_result result);
/* Hands a fault to the sink. False when the sink stops the parse. */
bool reader_parse_report(struct reader_parse *parse, const struct reader_fault *fault);

/* A fault of class L at `value`. It belongs to no entry and to no preload element until the caller says so. */
struct reader_fault reader_fault_at(struct base_bytes header, enum diag diagnostic, struct json_token value,
                                    const char *text);

#endif
