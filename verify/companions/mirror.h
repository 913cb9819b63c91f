/* asset_table.json and preload.json: the bytes of the header's arrays. */
#ifndef PRPACK_VERIFY_COMPANIONS_MIRROR_H
#define PRPACK_VERIFY_COMPANIONS_MIRROR_H

#include "verify/companions/companion.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Compares one of them with the header's array: bytes first, then member by member. */
void verify_check_mirror(const struct verify_subject *subject, const struct verify_facts *facts,
                         const struct verify_companion *companion, struct json_token array, enum diag mismatch,
                         struct verify_sink *sink);

#endif
