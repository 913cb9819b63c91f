#include "service/table/member.h"

#include <string.h>

/* The value of a record is copied out: a member has its type, which this file does not know. */
static const void *place_of(const struct service_member *member, const void *record)
{
    return (const char *)record + member->offset;
}

static bool flag_of(const struct service_member *member, const void *record)
{
    bool there;
    memcpy(&there, (const char *)record + member->flag, sizeof there);
    return there;
}

static uint64_t unsigned_at(const void *at, size_t size)
{
    if (size == sizeof(uint32_t)) {
        uint32_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static int64_t signed_at(const void *at, size_t size)
{
    if (size == sizeof(int32_t)) {
        int32_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    int64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static const char *string_at(const void *at)
{
    const char *string;
    memcpy(&string, at, sizeof string);
    return string;
}

static bool read_unsigned(const struct service_member *member, const void *at, struct service_value *value)
{
    value->count = unsigned_at(at, member->size);
    if (member->is_word) {
        value->string = member->words[value->count];
    }
    return !member->null_is_zero || value->count != 0;
}

static bool read_stored(const struct service_member *member, const void *at, struct service_value *value)
{
    switch (member->storage) {
    case SERVICE_STORED_BOOLEAN:
        memcpy(&value->boolean, at, sizeof value->boolean);
        return true;
    case SERVICE_STORED_SIGNED:
        value->integer = signed_at(at, member->size);
        return true;
    case SERVICE_STORED_UNSIGNED:
        return read_unsigned(member, at, value);
    case SERVICE_STORED_STRING:
        value->string = string_at(at);
        return value->string != NULL;
    case SERVICE_STORED_CHARACTERS:
        value->string = at;
        return true;
    case SERVICE_STORED_STRINGS:
    case SERVICE_STORED_NESTED:
        break;
    }
    return false;
}

const struct service_member *service_table_member(const struct service_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].name != NULL && strcmp(table->members[i].name, name) == 0) {
            return &table->members[i];
        }
    }
    return NULL;
}

bool service_member_read(const struct service_member *member, const void *record, struct service_value *value)
{
    if (member->flagged && !flag_of(member, record)) {
        return false;
    }
    return member->get != NULL ? member->get(record, value) : read_stored(member, place_of(member, record), value);
}

bool service_member_applies(const struct service_table *table, const struct service_member *member, const void *record)
{
    if (member->when == NULL) {
        return member->there == NULL || member->there(record);
    }
    struct service_value value = {.boolean = false, .string = ""};
    if (!service_member_read(service_table_member(table, member->when), record, &value)) {
        return false;
    }
    return member->is != NULL ? strcmp(value.string, member->is) == 0 : value.boolean;
}

const void *service_member_nested(const struct service_member *member, const void *record)
{
    return member->flagged && !flag_of(member, record) ? NULL : place_of(member, record);
}
