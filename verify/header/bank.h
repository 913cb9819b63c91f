/* The integer members that a bank requires in metadata: assets-pa-v1.md 2.1, 2.2. */
#ifndef PRPACK_VERIFY_HEADER_BANK_H
#define PRPACK_VERIFY_HEADER_BANK_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* One entry, as the rules of its bank see it. */
struct verify_entry_view {
    const struct verify_subject *subject;
    struct base_bytes header;
    struct verify_sink *sink;
    struct verify_entry *known; /* its row; the rules of a bank add what they find to it */
    size_t index;
    struct json_token metadata; /* the whole object; kind JSON_END when unusable */
    struct json_token size;     /* the tokens, for positions; the numbers below count */
    struct json_token decoded_size;
    bool has_size, has_decoded_size; /* usable and exact */
    uint64_t size_value;
    uint64_t decoded_size_value;
};

struct verify_bank_member {
    const char *name;        /* has no character that JSON or a pointer would escape */
    struct json_token token; /* whole; kind JSON_END when the member is missing */
    bool known;              /* an integer within ±(2^53-1) */
    bool right;              /* and what the bank requires; set by `check` */
    int64_t value;
};

/* The rules of one bank. metadata.c finds the members, in one walk over the metadata, and then calls `check`. */
struct verify_bank {
    const char *const *names; /* of the members */
    size_t count;             /* <= VERIFY_BANK_MEMBERS_MAX */
    /* Checks the members, in the order of `names`, and the sizes. When they are valid, adds what the payload stage
     * needs to view->known. */
    void (*check)(const struct verify_entry_view *view, struct verify_bank_member members[]);
};

enum { VERIFY_BANK_MEMBERS_MAX = 8 };

/* Adds a finding about a member that is not right, unless metadata-float or entry-range-exact has it already. */
void verify_report_bank_member(const struct verify_entry_view *view, enum diag diagnostic,
                               const struct verify_bank_member *member, const char *expected, const char *text);

/* Adds a finding about size or decoded_size. */
void verify_report_bank_size(const struct verify_entry_view *view, enum diag diagnostic, bool decoded,
                             uint64_t expected);

#endif
