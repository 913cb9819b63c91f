/* The members of entries and preload elements: the rules of class C for single entries. */
#ifndef PRPACK_VERIFY_HEADER_MEMBERS_H
#define PRPACK_VERIFY_HEADER_MEMBERS_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/header/outline.h"

/* Checks every member; fills asset_table, preload, entries and preloads. Needs a header that is JSON. False: memory ran
 * out, and there is no table. */
bool verify_check_members(const struct verify_subject *subject, struct verify_facts *facts,
                          const struct verify_outline *outline, struct verify_sink *sink);

#endif
