#include "verify/examination.h"
#include "verify/outline.h"

#include "base/json_check.h"
#include "reader/layout.h"

#include <stdlib.h>
#include <string.h>

/* What 4.2.3 says of numbers: those that another rule has reported are not judged again, all others are. */
struct spelling {
    struct pp_bytes header;
    size_t first_number;  /* the first number that only this rule judges and that is not canonical, or header.size */
    bool has_judged_zero; /* there is a -0 that another rule has reported */
    uint8_t *patched;     /* NULL, or a copy of the header in which such a -0 becomes -1, which is canonical */
};

static void pass_over(struct spelling *spelling, struct pp_json_token token)
{
    if (token.kind == PP_JSON_NUMBER && pp_bytes_equal(pp_json_span(spelling->header, token), pp_bytes_make("-0", 2))) {
        spelling->has_judged_zero = true;
        if (spelling->patched != NULL) {
            spelling->patched[token.begin + 1] = '1';
        }
    }
}

static void meet_entry(void *context, size_t index, struct pp_json_token element,
                       const struct pp_json_token members[PP_ENTRY_MEMBERS])
{
    struct spelling *spelling = context;
    (void)index;
    (void)element;
    pass_over(spelling, members[PP_ENTRY_ASSET_ID]);   /* below 1: entry-range-exact */
    pass_over(spelling, members[PP_ENTRY_ASSET_NAME]); /* this one and the rest: entry-type */
    pass_over(spelling, members[PP_ENTRY_BANK_TYPE]);
    pass_over(spelling, members[PP_ENTRY_CODEC]);
    pass_over(spelling, members[PP_ENTRY_METADATA]);
}

/* No other rule looks at the numbers of a member that v1 does not know. */
static void meet_unknown(void *context, const char *array, size_t index, struct pp_json_token key,
                         struct pp_json_token value)
{
    struct spelling *spelling = context;
    struct pp_walk walk;
    (void)array;
    (void)index;
    (void)key;
    pp_walk_begin(&walk, spelling->header, pp_token_start(value), value.end + (value.begin - pp_token_start(value)));
    struct pp_json_token token = pp_walk_next(&walk);
    while (token.kind != PP_JSON_END && token.kind != PP_JSON_ERROR) {
        if (token.kind == PP_JSON_NUMBER && !pp_value_is_exact(spelling->header, token) &&
            token.begin < spelling->first_number) {
            spelling->first_number = token.begin;
        }
        token = pp_walk_next(&walk);
    }
}

/* The first difference of the header in which each -0 that another rule has reported counts as canonical. */
static bool difference_without_judged(struct spelling *spelling, const struct pp_outline_visitor *visitor, size_t *at)
{
    spelling->patched = malloc(spelling->header.size);
    if (spelling->patched == NULL) {
        return false;
    }
    memcpy(spelling->patched, spelling->header.data, spelling->header.size);
    (void)pp_outline_walk(spelling->header, visitor);
    *at = pp_json_first_difference(pp_bytes_make(spelling->patched, spelling->header.size));
    free(spelling->patched);
    return true;
}

void pp_examine_canonical(struct pp_examination *examination)
{
    struct pp_bytes header = examination->header;
    struct spelling spelling = {.header = header, .first_number = header.size};
    struct pp_outline_visitor visitor = {.context = &spelling, .entry = meet_entry, .unknown = meet_unknown};
    (void)pp_outline_walk(header, &visitor);
    size_t at = pp_json_first_difference(header);
    if (at < header.size && spelling.has_judged_zero && !difference_without_judged(&spelling, &visitor, &at)) {
        pp_tell_no_memory(&examination->findings, examination->path);
        return;
    }
    if (spelling.first_number < at) {
        at = spelling.first_number;
    }
    if (at < header.size) {
        struct pp_place place = {.file = examination->path, .byte_offset = (int64_t)(PP_PRELUDE_SIZE + at)};
        struct pp_text actual = PP_TEXT_EMPTY;
        pp_text_add_printable(&actual, pp_bytes_make(header.data + at, header.size - at), 16);
        pp_findings_add(&examination->findings, PP_JSON_NOT_CANONICAL, &place, NULL, pp_text_string(&actual),
                        "the header differs from its canonical form here");
        pp_text_free(&actual);
    }
}
