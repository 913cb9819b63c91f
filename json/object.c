#include "json/object.h"

/* One object while its members are found. */
struct reading {
    const struct json_table *table;
    struct json_token object;
    struct json_token *values;
    void *context;
    bool fits;
};

/* A value of a wrong kind: the member is there, so it is not missing, but there is nothing to read. */
static const struct json_token wrong_kind = {.kind = JSON_ERROR};

static void report_fault(struct reading *reading, enum json_fault fault, const struct json_member *member,
                         struct json_token key, struct json_token value)
{
    reading->fits = reading->fits && (fault == JSON_FAULT_UNKNOWN || fault == JSON_FAULT_REPEATED);
    if (reading->table->visit_fault != NULL) {
        struct json_object_fault found = {
            .fault = fault, .member = member, .object = reading->object, .key = key, .value = value};
        reading->table->visit_fault(reading->context, &found);
    }
}

/* The index of the member, or the number of members. `likely` is tried first: most texts have their members in the
 * order of the table. */
static size_t index_of(const struct json_table *table, struct base_bytes key, size_t likely)
{
    if (likely < table->count && json_equals(key, table->members[likely].name)) {
        return likely;
    }
    size_t i = 0;
    while (i < table->count && !json_equals(key, table->members[i].name)) {
        i++;
    }
    return i;
}

static bool has_kind(const struct json_member *member, struct json_token value)
{
    return member->kinds == 0 || (member->kinds >> value.kind & 1U) != 0;
}

static void keep_member(struct reading *reading, size_t i, struct json_token key, struct json_token value)
{
    const struct json_member *member = &reading->table->members[i];
    if (reading->values[i].kind != JSON_END) {
        report_fault(reading, JSON_FAULT_REPEATED, member, key, value);
    } else if (!has_kind(member, value)) {
        reading->values[i] = wrong_kind;
        report_fault(reading, JSON_FAULT_KIND, member, key, value);
    } else {
        reading->values[i] = value;
    }
}

static void find_members(struct reading *reading, struct json_walk *walk)
{
    const struct json_table *table = reading->table;
    for (size_t i = 0; i < table->count; i++) {
        reading->values[i] = (struct json_token){.kind = JSON_END};
    }
    struct json_token key;
    struct json_token value;
    size_t likely = 0;
    while (json_walk_member(walk, &key, &value)) {
        size_t i = index_of(table, json_span(walk->text, key), likely);
        if (i < table->count) {
            keep_member(reading, i, key, value);
            likely = i + 1;
        } else {
            report_fault(reading, JSON_FAULT_UNKNOWN, NULL, key, value);
        }
    }
    /* The key is the brace at the end of the object, or an error; the value is an error when the key was a key. */
    reading->fits = reading->fits && key.kind == JSON_OBJECT_END;
}

/* Whether there is a value to read; reports a member that is missing. */
static bool check_present(struct reading *reading, size_t i)
{
    const struct json_token none = {.kind = JSON_END};
    const struct json_member *member = &reading->table->members[i];
    bool missing = reading->values[i].kind == JSON_END;
    if (missing && member->required) {
        report_fault(reading, JSON_FAULT_MISSING, member, none, none);
    } else if (reading->values[i].kind == JSON_ERROR) {
        reading->values[i] = none;
    }
    return reading->values[i].kind != JSON_END;
}

bool json_object_find(struct json_walk *walk, struct json_token object, const struct json_table *table,
                      struct json_token values[], void *context)
{
    struct reading reading = {.table = table, .object = object, .values = values, .context = context, .fits = true};
    find_members(&reading, walk);
    for (size_t i = 0; i < table->count; i++) {
        (void)check_present(&reading, i);
    }
    return reading.fits;
}

bool json_object_read(struct base_task *task, struct base_bytes text, struct json_token object,
                      const struct json_table *table, struct json_token values[], void *target, void *context)
{
    const struct json_token none = {.kind = JSON_END};
    struct reading reading = {.table = table, .object = object, .values = values, .context = context, .fits = true};
    struct json_walk walk;
    json_walk_begin_inside(&walk, text, object);
    walk.json.task = task;
    find_members(&reading, &walk);
    for (size_t i = 0; i < table->count; i++) {
        const struct json_member *member = &table->members[i];
        if (check_present(&reading, i) && member->read != NULL) {
            void *place = target != NULL ? (uint8_t *)target + member->offset : NULL;
            if (!member->read(context, values[i], place)) {
                report_fault(&reading, JSON_FAULT_VALUE, member, none, values[i]);
            }
        }
    }
    return reading.fits;
}

struct json_token json_object_member(struct base_bytes text, struct json_token object, const char *name)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    if (object.kind == JSON_OBJECT_BEGIN) {
        json_walk_begin_inside(&walk, text, object);
        while (json_walk_member(&walk, &key, &value)) {
            if (json_equals(json_span(text, key), name)) {
                return value;
            }
        }
    }
    return (struct json_token){.kind = JSON_END};
}
