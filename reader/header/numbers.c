#include "reader/header/numbers.h"

#include "json/double.h"
#include "json/walk.h"

/* Shorter integers are below 10^308. */
enum { LONG_INTEGER = 309 };

/* Whether the bytes may have such a number: almost no metadata has an exponent or so many digits, and then no token is
 * looked at again. */
static bool may_have_large_number(struct base_bytes bytes)
{
    size_t digits = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (byte >= '0' && byte <= '9') {
            if (++digits == LONG_INTEGER) {
                return true;
            }
        } else if (digits > 0 && (byte == 'e' || byte == 'E')) {
            return true;
        } else {
            digits = 0;
        }
    }
    return false;
}

static bool report(struct reader_parse *parse, struct json_token number, const struct reader_fault *where)
{
    struct reader_fault fault =
        reader_fault_at(parse->header, DIAG_METADATA_RANGE, number, "the number is beyond the range of a double");
    fault.entry = where->entry;
    fault.has_asset_id = where->has_asset_id;
    fault.asset_id = where->asset_id;
    fault.member = "metadata";
    fault.expected = "a magnitude of at most 1.7976931348623158e308";
    return reader_parse_report(parse, &fault);
}

bool reader_parse_check_numbers(struct reader_parse *parse, struct json_token metadata,
                                const struct reader_fault *where)
{
    if (!may_have_large_number(json_span(parse->header, metadata))) {
        return true;
    }
    struct json_walk walk;
    json_walk_begin(&walk, parse->header, metadata.begin, metadata.end);
    walk.json.task = parse->frame->task;
    for (;;) {
        struct json_token token = json_walk_next(&walk);
        if (token.kind == JSON_END) {
            return true;
        }
        if (token.kind == JSON_ERROR) {
            return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
        }
        if (token.kind == JSON_NUMBER && !json_fits_double(json_span(parse->header, token)) &&
            !report(parse, token, where)) {
            return false;
        }
    }
}
