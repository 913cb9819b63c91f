#include "verify/header/bank.h"

#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_TEXT = 24 };

void verify_report_bank_member(const struct verify_entry_view *view, enum diag diagnostic,
                               const struct verify_bank_member *member, const char *expected, const char *text)
{
    bool missing = member->token.kind == JSON_END;
    if (member->token.kind == JSON_NUMBER && !member->known) {
        return; /* 4.2.5: metadata-float or entry-range-exact */
    }
    struct verify_spot spot = {
        .at = missing ? view->metadata.begin : json_token_start(member->token),
        .array = "asset_table",
        .index = view->index,
        .member = "metadata",
        .entry = view->known,
    };
    if (!missing) {
        spot.key = base_bytes_of_string(member->name);
    }
    struct base_bytes actual = {.data = NULL};
    verify_report_in_header(view->subject, view->sink, diagnostic, &spot, expected,
                            missing ? actual : json_token_bytes(view->header, member->token), "%s%s",
                            missing ? "the metadata does not have the member " : "", missing ? member->name : text);
}

void verify_report_bank_size(const struct verify_entry_view *view, enum diag diagnostic, bool decoded,
                             uint64_t expected)
{
    struct json_token token = decoded ? view->decoded_size : view->size;
    const char *name = decoded ? "decoded_size" : "size";
    struct verify_spot spot = {
        .at = token.begin, .array = "asset_table", .index = view->index, .member = name, .entry = view->known};
    char number[NUMBER_TEXT];
    (void)snprintf(number, sizeof number, "%" PRIu64, expected);
    verify_report_in_header(view->subject, view->sink, diagnostic, &spot, number, json_token_bytes(view->header, token),
                            "the metadata gives another size");
}
