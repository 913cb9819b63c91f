#include "verify/bank.h"

#include <inttypes.h>
#include <stdio.h>

enum { MOST_MEMBERS = 8, NUMBER_TEXT = 24 };

void pp_bank_read(const struct pp_examination *examination, const struct pp_entry_view *view,
                  struct pp_bank_member members[], size_t count)
{
    const char *names[MOST_MEMBERS] = {NULL};
    struct pp_json_token tokens[MOST_MEMBERS];
    for (size_t i = 0; i < count; i++) {
        names[i] = members[i].name;
    }
    pp_tokens_object(examination->header, view->metadata, names, count, tokens, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        members[i].token = tokens[i];
        members[i].right = false;
        members[i].known =
            pp_token_integer(examination->header, tokens[i], -PP_EXACT_MAX, PP_EXACT_MAX, &members[i].value);
    }
}

void pp_bank_tell(struct pp_examination *examination, const struct pp_entry_view *view, enum pp_diagnostic diagnostic,
                  const struct pp_bank_member *member, const char *expected, const char *text)
{
    bool missing = member->token.kind == PP_JSON_END;
    if (member->token.kind == PP_JSON_NUMBER && !member->known) {
        return; /* 4.2.5: metadata-float or entry-range-exact */
    }
    struct pp_spot spot = {
        .at = missing ? view->metadata.begin : pp_token_start(member->token),
        .array = "asset_table",
        .index = view->index,
        .member = "metadata",
        .entry = view->known,
    };
    if (!missing) {
        spot.key = pp_bytes_of_string(member->name);
    }
    struct pp_bytes actual = {.data = NULL};
    pp_tell(examination, diagnostic, &spot, expected,
            missing ? actual : pp_token_bytes(examination->header, member->token), "metadata.%s: %s", member->name,
            missing ? "the member is missing" : text);
}

void pp_bank_tell_size(struct pp_examination *examination, const struct pp_entry_view *view,
                       enum pp_diagnostic diagnostic, bool decoded, uint64_t expected)
{
    struct pp_json_token token = decoded ? view->decoded_size : view->size;
    const char *name = decoded ? "decoded_size" : "size";
    struct pp_spot spot = {
        .at = token.begin, .array = "asset_table", .index = view->index, .member = name, .entry = view->known};
    char number[NUMBER_TEXT];
    (void)snprintf(number, sizeof number, "%" PRIu64, expected);
    pp_tell(examination, diagnostic, &spot, number, pp_token_bytes(examination->header, token),
            "%s: not what the metadata gives", name);
}
