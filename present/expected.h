/* What the value of a member of a request may be, in words. */
#ifndef PRPACK_PRESENT_EXPECTED_H
#define PRPACK_PRESENT_EXPECTED_H

#include "base/text.h"
#include "service/table/member.h"

/* Appends which values the table allows, as in "8, 16 or 32" or "a number from 1 to 64". Returns false, and appends
 * nothing, where any value of the member's kind is right. */
bool present_expected_add(struct base_text *text, const struct service_member *member);

#endif
