/* Faults of class L that a reader derived from type definitions does not see (assets-pa-v1.md, 8). prpack refuses the
 * pack all the same, and the message says so. */
#ifndef PRPACK_VERIFY_HEADER_DERIVED_READER_H
#define PRPACK_VERIFY_HEADER_DERIVED_READER_H

#include "reader/header.h"
#include "json/tokenizer.h"

/* In which member the walk is: one that version 1 does not know, the metadata of an entry, or any other. */
enum verify_derived_place { VERIFY_DERIVED_OTHER, VERIFY_DERIVED_UNKNOWN, VERIFY_DERIVED_METADATA };

/* Which member of the root the walk is in. */
enum verify_derived_section { VERIFY_DERIVED_ROOT, VERIFY_DERIVED_TABLE, VERIFY_DERIVED_PRELOAD };

/* A walk through the header that goes forward as far as the faults ask for. Only derived_reader.c writes the members.
 */
struct verify_derived {
    struct base_bytes header;
    struct json_tokenizer json;
    size_t before; /* where the tokenizer was before the last token */
    enum verify_derived_section section;
    enum verify_derived_place place;
    unsigned level; /* of the object that has the member; unless the place is VERIFY_DERIVED_OTHER */
};

/* The header must outlive the walk. task may be NULL. */
void verify_derived_begin(struct verify_derived *derived, struct base_bytes header, struct base_task *task);

/* Whether such a reader may accept the header, as far as this fault goes. Faults that json-* name come in rising order
 * of their positions. */
bool verify_derived_may_accept(struct verify_derived *derived, const struct reader_fault *fault);

#endif
