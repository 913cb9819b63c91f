/* The known members of one object, an entry or a preload entry, and what is wrong with them. */
#ifndef PRPACK_READER_HEADER_MEMBERS_H
#define PRPACK_READER_HEADER_MEMBERS_H

#include "reader/header/state.h"

enum { READER_MEMBERS_MAX = 8 };

/* The values of the known members: of a key that is there twice, the first. A container's token spans all of it. */
struct reader_members {
    const char *const *names;
    unsigned name_count; /* <= READER_MEMBERS_MAX */
    size_t object_at;    /* position of the object's brace */
    struct json_token value[READER_MEMBERS_MAX];
    unsigned present;                     /* bit i: value[i] is there */
    uint8_t in_order[READER_MEMBERS_MAX]; /* the members that are there, in the order of the text */
    unsigned count;
};

/* What is wrong with one member. diagnostic is DIAG_NONE when nothing is. The texts are static. */
struct reader_member_verdict {
    enum diag diagnostic;
    const char *text;
    const char *expected;
    uint64_t most; /* slice-range alone */
};

static inline struct reader_member_verdict reader_member_verdict(enum diag diagnostic, const char *text,
                                                                 const char *expected)
{
    return (struct reader_member_verdict){.diagnostic = diagnostic, .text = text, .expected = expected};
}

/* Reads the object whose '{' is `open`. json is after it, and afterwards after its '}'. names, name_count and
 * object_at are set by this. */
bool reader_members_read(struct reader_parse *parse, struct json_tokenizer *json, struct json_token open,
                         const char *const *names, unsigned name_count, struct reader_members *members);

/* Reports entry-missing-member for each that is not there, then the verdicts in the order of the text. `where` gives
 * entry, preload and asset_id. */
bool reader_members_report(struct reader_parse *parse, const struct reader_members *members,
                           const struct reader_member_verdict *verdicts, const struct reader_fault *where);

/* Integers by the ranges that the console takes. On DIAG_NONE *value is set. */
struct reader_member_verdict reader_member_i32(struct base_bytes header, struct json_token token, int32_t *value);
struct reader_member_verdict reader_member_u64(struct base_bytes header, struct json_token token, uint64_t *value);

/* The value of member `name` of the object at `object_at`; kind JSON_ERROR when it is not there. */
struct json_token reader_member_find(struct base_bytes header, size_t object_at, const char *name);

#endif
