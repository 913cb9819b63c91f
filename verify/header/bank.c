#include "verify/header/bank.h"

#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdio.h>

enum { MOST_MEMBERS = 8, NUMBER_TEXT = 24 };

void verify_bank_read(const struct verify_entry_view *view, struct verify_bank_member members[], size_t count)
{
    struct json_member wanted[MOST_MEMBERS] = {{.name = NULL}};
    struct json_token tokens[MOST_MEMBERS];
    const struct json_table table = {wanted, count, NULL};
    for (size_t i = 0; i < count; i++) {
        wanted[i].name = members[i].name;
    }
    (void)json_object_read(view->header, view->metadata, &table, tokens, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        members[i].token = tokens[i];
        members[i].right = false;
        members[i].known =
            json_token_integer(view->header, tokens[i], -JSON_EXACT_MAX, JSON_EXACT_MAX, &members[i].value);
    }
}

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
