/* Fills a request by its table: what a front end was given, member by member. */
#ifndef PRPACK_SERVICE_TABLE_ASSIGN_H
#define PRPACK_SERVICE_TABLE_ASSIGN_H

#include "service/table/member.h"

/* Sets a value of a request that has the member's kind. Returns false, and changes nothing, when the table does not
 * allow the value. Strings are borrowed. A string is not compared with `words`: the operation does so, and says which
 * word would be right. */
bool service_member_set_boolean(const struct service_member *member, void *record, bool value);
bool service_member_set_count(const struct service_member *member, void *record, uint64_t value);
bool service_member_set_string(const struct service_member *member, void *record, const char *value);
bool service_member_set_strings(const struct service_member *member, void *record, struct service_strings value);

#endif
