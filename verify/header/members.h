/* Everything of class C in the members of the header: assets-pa-v1.md 4.2. */
#ifndef PRPACK_VERIFY_HEADER_MEMBERS_H
#define PRPACK_VERIFY_HEADER_MEMBERS_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Checks every member in one pass; fills asset_table, preload, entries and preloads. Needs a header that is JSON.
 * False: memory ran out, and there is no table. */
bool verify_check_members(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink);

/* Checks entry number `index` of facts, of which only `at` is known so far. It is an object, and members are the whole
 * values of verify_entry_members. */
void verify_check_entry(const struct verify_subject *subject, const struct verify_facts *facts, size_t index,
                        const struct json_token members[], struct verify_sink *sink);

#endif
