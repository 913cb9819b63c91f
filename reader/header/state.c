#include "reader/header/state.h"

bool reader_parse_stop(struct reader_parse *parse, enum reader_header_result result)
{
    parse->result = result;
    return false;
}

bool reader_parse_report(struct reader_parse *parse, const struct reader_fault *fault)
{
    return parse->sink(parse->context, fault) || reader_parse_stop(parse, READER_HEADER_STOPPED);
}

struct reader_fault reader_fault_at(struct base_bytes header, enum diag diagnostic, struct json_token value,
                                    const char *text)
{
    /* The token of a string lies between its quotes; the fault is at the first quote. */
    size_t quote = value.kind == JSON_STRING ? 1 : 0;
    struct base_bytes actual = {.data = NULL};
    if (value.end > value.begin - quote) {
        actual = base_bytes_make(header.data + value.begin - quote, value.end + quote - (value.begin - quote));
    }
    return (struct reader_fault){
        .diagnostic = diagnostic,
        .class_ = DIAG_CLASS_L,
        .at = value.begin - quote,
        .entry = -1,
        .preload = -1,
        .text = text,
        .actual = actual,
    };
}
