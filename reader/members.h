/* The known members of one object, an entry or a preload entry, and what is wrong with them. Private to the reader. */
#ifndef PRPACK_READER_MEMBERS_H
#define PRPACK_READER_MEMBERS_H

#include "reader/parse.h"

enum { PP_MEMBERS_MAX = 8 };

/* The values of the known members: of a key that is there twice, the first. A container's token spans all of it. */
struct pp_members {
    const char *const *names;
    unsigned name_count; /* <= PP_MEMBERS_MAX */
    size_t object_at;    /* position of the object's brace */
    struct pp_json_token value[PP_MEMBERS_MAX];
    unsigned present;                 /* bit i: value[i] is there */
    uint8_t in_order[PP_MEMBERS_MAX]; /* the members that are there, as they stand in the text */
    unsigned count;
};

/* What is wrong with one member. diagnostic is PP_FINE when nothing is. The texts are static. */
struct pp_verdict_of_member {
    enum pp_diagnostic diagnostic;
    const char *text;
    const char *expected;
    uint64_t most; /* slice-range alone */
};

/* Reads the object whose '{' is `open`; json stands behind it, and afterwards behind its '}'. names, name_count and
 * object_at are set by this. */
bool pp_members_read(struct pp_parse *parse, struct pp_json *json, struct pp_json_token open, const char *const *names,
                     unsigned name_count, struct pp_members *members);

/* Reports entry-missing-member for each that is not there, then the verdicts in the order of the text. `where` gives
 * entry, preload and asset_id. */
bool pp_members_report(struct pp_parse *parse, const struct pp_members *members,
                       const struct pp_verdict_of_member *verdicts, const struct pp_fault *where);

/* Integers by the ranges that the console takes. On PP_FINE *value is set. */
struct pp_verdict_of_member pp_member_i32(struct pp_bytes header, struct pp_json_token token, int32_t *value);
struct pp_verdict_of_member pp_member_u64(struct pp_bytes header, struct pp_json_token token, uint64_t *value);

/* The value of member `name` of the object at `object_at`; kind PP_JSON_ERROR when it is not there. */
struct pp_json_token pp_member_find(struct pp_bytes header, size_t object_at, const char *name);

#endif
