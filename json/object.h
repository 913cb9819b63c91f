/* Reads an object by a table of the members that it may have.
 *
 * A room writes the table of an object once: names, kinds of values, which members must be there, and how each value is
 * read into C. The object reader finds the members, and reports what does not fit as values; the room turns them into
 * its own messages. The object reader knows no format and no diagnostics.
 *
 * Of a member that occurs more than once, the first one counts; the later ones are reported as repeated. Keys are
 * compared by value, so an escaped key is the same key. Nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_JSON_OBJECT_H
#define PRPACK_JSON_OBJECT_H

#include "json/value.h"
#include "json/walk.h"

/* Sets of kinds, for json_member.kinds. */
enum {
    JSON_KIND_OBJECT = 1U << JSON_OBJECT_BEGIN,
    JSON_KIND_ARRAY = 1U << JSON_ARRAY_BEGIN,
    JSON_KIND_STRING = 1U << JSON_STRING,
    JSON_KIND_NUMBER = 1U << JSON_NUMBER,
    JSON_KIND_BOOLEAN = 1U << JSON_TRUE | 1U << JSON_FALSE
};

/* Reads one value into *target, and returns whether the value is what the member must have. */
typedef bool (*json_member_read)(void *context, struct json_token value, void *target);

/* One member that an object may have. */
struct json_member {
    const char *name;
    const char *expected; /* what the value must be, for messages; the object reader does not look at it */
    unsigned kinds;       /* the kinds of value that are right; 0: any */
    bool required;
    json_member_read read; /* NULL: the value is not read */
    size_t offset;         /* of what `read` fills, in the target of json_object_read */
};

enum json_fault {
    JSON_FAULT_UNKNOWN,  /* the table does not have the member */
    JSON_FAULT_REPEATED, /* an earlier member has the same name */
    JSON_FAULT_KIND,     /* the value has a kind that is not in `kinds` */
    JSON_FAULT_MISSING,  /* the member is required, and the object does not have it */
    JSON_FAULT_VALUE     /* `read` returned false */
};

/* What does not fit the table. */
struct json_object_fault {
    enum json_fault fault;
    const struct json_member *member; /* NULL: UNKNOWN */
    struct json_token object;         /* whole */
    struct json_token key;            /* UNKNOWN, REPEATED and KIND; else its kind is JSON_END */
    struct json_token value;          /* whole; of MISSING its kind is JSON_END */
};

struct json_table {
    const struct json_member *members;
    size_t count;
    void (*visit_fault)(void *context, const struct json_object_fault *fault); /* NULL: faults are only counted */
};

/* Finds the members of the object `object`, whose BEGIN was the last token of the walk, and takes the object to its
 * end. values[i], for i < table->count, becomes the whole value of the first member that is called members[i].name;
 * its kind is JSON_END when there is no such member or when its value has a wrong kind. Reports UNKNOWN, REPEATED and
 * KIND in the order of the text, and then MISSING in the order of the table. Returns whether the members of the table
 * fit it. Other and repeated members do not make the result false: whether they are faults is for the caller to say.
 *
 * When the text is not JSON, the object ends at the error, and the result is false. object.end need not be known. */
bool json_object_find(struct json_walk *walk, struct json_token object, const struct json_table *table,
                      struct json_token values[], void *context);

/* Reads a whole object value of a text: finds its members as json_object_find does, with MISSING left for later. Then,
 * in the order of the table, reads each value into target, or reports MISSING or VALUE. values has room for
 * table->count tokens. Returns what json_object_find returns, and false when a value could not be read; what it fills
 * in the target is then as `read` left it. target may be NULL when no member has an offset. */
bool json_object_read(struct base_task *task, struct base_bytes text, struct json_token object,
                      const struct json_table *table, struct json_token values[], void *target, void *context);

/* The value, whole, of the first member of that name; its kind is JSON_END when there is none or `object` is not an
 * object. */
struct json_token json_object_member(struct base_bytes text, struct json_token object, const char *name);

#endif
