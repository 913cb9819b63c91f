/* The known members of one object, an entry or a preload entry, and what is wrong with them. */
#ifndef PRPACK_READER_HEADER_MEMBERS_H
#define PRPACK_READER_HEADER_MEMBERS_H

#include "reader/header/state.h"
#include "json/object.h"

enum { READER_MEMBERS_MAX = 8 };

/* One object and the values of its members, as json_object_find leaves them. The table has no kinds and no required
 * members: the reader finds out itself what is wrong, since the diagnostic and the order depend on it. */
struct reader_members {
    const struct json_table *table; /* count <= READER_MEMBERS_MAX */
    struct json_token object;
    struct json_token value[READER_MEMBERS_MAX];
};

/* Whether the object has the member. */
static inline bool reader_members_have(const struct reader_members *members, unsigned index)
{
    return members->value[index].kind != JSON_END;
}

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

/* Finds the members of the object whose '{' is `open`. The walk is after it, and afterwards after its '}'. Sets all of
 * *members. */
bool reader_members_read(struct reader_parse *parse, struct json_walk *walk, struct json_token open,
                         const struct json_table *table, struct reader_members *members);

/* Takes an element that is not an object to its end, and reports it as header-shape with that text. `where` gives entry
 * and preload. */
bool reader_members_skip(struct reader_parse *parse, struct json_walk *walk, struct json_token element,
                         const char *text, const struct reader_fault *where);

/* Reports entry-missing-member for each that is not there, then the verdicts in the order of the text. A member that is
 * not there must have none. `where` gives entry, preload and asset_id. */
bool reader_members_report(struct reader_parse *parse, const struct reader_members *members,
                           const struct reader_member_verdict *verdicts, const struct reader_fault *where);

/* Integers by the ranges that the console takes. On DIAG_NONE *value is set. */
struct reader_member_verdict reader_member_i32(struct base_bytes header, struct json_token token, int32_t *value);
struct reader_member_verdict reader_member_u64(struct base_bytes header, struct json_token token, uint64_t *value);

#endif
