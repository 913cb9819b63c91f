#include "service/table/assign.h"

#include <string.h>

/* Copies a value into the record, and notes that it is there. */
static bool put(const struct service_member *member, void *record, const void *value)
{
    const bool there = true;
    memcpy((char *)record + member->offset, value, member->size);
    if (member->flagged) {
        memcpy((char *)record + member->flag, &there, sizeof there);
    }
    return true;
}

static bool is_choice(const unsigned *choices, uint64_t value)
{
    for (size_t i = 0; choices[i] != 0; i++) {
        if (choices[i] == value) {
            return true;
        }
    }
    return false;
}

static bool is_allowed(const struct service_member *member, uint64_t value)
{
    if (member->choices != NULL) {
        return is_choice(member->choices, value);
    }
    return value >= (uint64_t)member->least && (member->most == 0 || value <= (uint64_t)member->most);
}

bool service_member_set_boolean(const struct service_member *member, void *record, bool value)
{
    return member->storage == SERVICE_STORED_BOOLEAN && put(member, record, &value);
}

bool service_member_set_count(const struct service_member *member, void *record, uint64_t value)
{
    if (member->storage != SERVICE_STORED_UNSIGNED || !is_allowed(member, value)) {
        return false;
    }
    if (member->size == sizeof(uint32_t)) {
        uint32_t narrow = (uint32_t)value;
        return value <= UINT32_MAX && put(member, record, &narrow);
    }
    return put(member, record, &value);
}

bool service_member_set_string(const struct service_member *member, void *record, const char *value)
{
    if (member->storage != SERVICE_STORED_STRING || (member->not_empty && value[0] == '\0')) {
        return false;
    }
    return put(member, record, &value);
}

bool service_member_set_strings(const struct service_member *member, void *record, struct service_strings value)
{
    return member->storage == SERVICE_STORED_STRINGS && put(member, record, &value);
}
