/* The differences between two arrays of objects, member by member.
 *
 * One array is what is expected, the other one what is there (actual). Elements are paired, the members of a pair are
 * paired by name, and of two values that differ the first difference is reported. Differences arise in the order of the
 * actual array, and within an element in the order of the names. Memory is taken in proportion to the members of one
 * element. Threads: no shared state. */
#ifndef PRPACK_JSON_DIFF_H
#define PRPACK_JSON_DIFF_H

#include "base/text.h"
#include "json/tokenizer.h"

enum json_difference_kind {
    JSON_DIFFERENCE_ELEMENT_MISSING, /* the actual array lacks an element */
    JSON_DIFFERENCE_ELEMENT_ADDED,   /* the actual array has one element too many */
    JSON_DIFFERENCE_MEMBER_MISSING,
    JSON_DIFFERENCE_MEMBER_ADDED,
    JSON_DIFFERENCE_VALUE
};

struct json_difference {
    enum json_difference_kind kind;
    size_t at;                       /* place in the actual text: a string or key at its opening quote */
    const struct base_text *pointer; /* JSON pointer in the actual text, of what lacks a part or differs */
    struct json_token expected;      /* the element, key or value; kind JSON_END: there is none */
    struct json_token actual;
    bool has_id; /* the element has an id */
    int64_t id;
};

struct json_diff {
    struct base_task *task; /* or NULL. When it was cancelled, not all differences are visited */
    struct base_bytes expected_text;
    struct json_token expected; /* an array, whole; kind JSON_END: as if empty */
    struct base_bytes actual_text;
    struct json_token actual; /* an array of objects, whole */

    /* The member with an integer that identifies an element. */
    const char *id;
    /* Both arrays ascend by id: elements of arrays of different lengths are paired by it. Otherwise elements are paired
     * by their position. */
    bool ascends_by_id;

    /* Whether a difference at this token of the actual text is not to be reported. May be NULL. */
    bool (*ignores)(void *context, struct json_token actual);
    void (*visit)(void *context, const struct json_difference *difference);
    void *context;
};

/* Visits every difference. The texts must be JSON. Of a repeated member the first one counts; elements of `expected`
 * that are not objects are passed over. Returns false when memory ran out: members of at least one element were then
 * not compared. Memory can run out for a pointer too: see base_text_out_of_memory. */
bool json_diff_arrays(const struct json_diff *diff);

#endif
