/* Requests and results as tables of members: what each member is called in JSON, what it may be, and where it lies in
 * the C struct that has it.
 *
 * A table describes one struct. A front end that walks the tables can print every result and read every request without
 * knowing an operation; docs/schemas/report.schema.json is printed from them. The struct that a table describes is
 * called its record. Tables are constant and shared by all threads. Reading a member changes nothing. */
#ifndef PRPACK_SERVICE_TABLE_MEMBER_H
#define PRPACK_SERVICE_TABLE_MEMBER_H

#include "service/report.h"
#include "service/request.h"

enum service_kind {
    SERVICE_KIND_BOOLEAN,
    SERVICE_KIND_COUNT, /* an integer that is not negative */
    SERVICE_KIND_SIZE,  /* the same in bytes: a front end for people takes K, M and G */
    SERVICE_KIND_INTEGER,
    SERVICE_KIND_STRING,
    SERVICE_KIND_PATH,       /* a string that names a file or a directory */
    SERVICE_KIND_JSON,       /* an object, of which the record has the text */
    SERVICE_KIND_JSON_ARRAY, /* an array of objects, of which the record has the text */
    SERVICE_KIND_REMEDY,     /* what to do about a diagnostic, in the words of the front end */
    SERVICE_KIND_COMMAND,    /* what to run for a finding, likewise */
    SERVICE_KIND_OBJECT,
    SERVICE_KIND_LIST,
    SERVICE_KIND_COUNTS, /* an object whose members are counts; its rows are struct service_count */
    SERVICE_KIND_MEMBERS /* not a member, but all members of another table */
};

/* How the record holds a value. */
enum service_storage {
    SERVICE_STORED_NESTED, /* a struct of its own: the record of an object, or of the rows of a list */
    SERVICE_STORED_BOOLEAN,
    SERVICE_STORED_SIGNED,
    SERVICE_STORED_UNSIGNED,
    SERVICE_STORED_STRING,     /* const char *, or char *; NULL is null */
    SERVICE_STORED_CHARACTERS, /* char[] */
    SERVICE_STORED_STRINGS     /* struct service_strings */
};

/* A row of SERVICE_KIND_COUNTS. */
struct service_count {
    const char *name;
    uint64_t count;
};

/* How many findings name a file. */
struct service_file_count {
    const char *file;
    uint64_t errors;
    uint64_t warnings;
};

/* What was read: the part that belongs to the member's kind is set. */
struct service_value {
    bool boolean;
    uint64_t count;
    int64_t integer;
    const char *string; /* of the record, or `space` */
    enum diag diagnostic;
    const struct base_finding *finding; /* of SERVICE_KIND_REMEDY; NULL: any finding of the diagnostic */
    char space[BASE_HASH_HEX + 1];
};

/* Room for a row that is made when it is asked for. */
union service_row {
    struct service_report_asset asset;
    struct service_report_preload preload;
    struct service_count count;
    struct service_file_count file_count;
};

struct service_table;

/* The record of the row at *at, in the record or in *space; NULL after the last row. Takes *at to the next row. *at is
 * 0 before the first row, and counts as the function likes. */
typedef const void *(*service_rows)(const void *record, size_t *at, union service_row *space);

struct service_member {
    const char *name; /* in JSON; the member that describes the rows of a list has none */
    const char *help; /* what it says, or what it asks for; NULL where the name says it */
    enum service_kind kind;

    /* What the value may be. */
    bool nullable;
    bool not_empty;                    /* of STRING and PATH */
    bool required;                     /* of a request: there is no default, and a list is not empty */
    int64_t least;                     /* of COUNT and INTEGER */
    int64_t most;                      /* of COUNT and INTEGER; 0: any */
    const unsigned *choices;           /* of COUNT: only these; ends with 0 */
    const char *const *words;          /* of STRING: only these; ends with NULL */
    const char *pattern;               /* of STRING: a regular expression of JSON Schema */
    const char *when;                  /* only there when this earlier member of the same table … */
    const char *is;                    /* … is this word; NULL: is true */
    bool (*there)(const void *record); /* only there when this says so; or NULL */
    const char *argument; /* of a request: what a front end may call the value, in place of its own word; or NULL */
    const char *called;   /* of a request: what front ends call the member; NULL: its name */
    const char *fallback; /* of a request: the default of a string; else the default is false, null or empty */

    /* Where the value lies. */
    size_t offset; /* in the record */
    size_t size;   /* of what lies there */
    size_t flag;   /* of a bool in the record, if `flagged` */
    enum service_storage storage;
    bool flagged; /* the bool at `flag` says whether there is a value; else it is null */
    bool null_is_zero;
    bool is_word; /* an unsigned number lies there, an index of `words` */
    /* Reads a value that is not stored as it is shown; false: null. */
    bool (*get)(const void *record, struct service_value *value);

    const struct service_table *table; /* of OBJECT and MEMBERS */
    const struct service_member *row;  /* of LIST and COUNTS: what the rows are */
    service_rows rows;                 /* of a result's LIST and COUNTS */
};

struct service_table {
    const char *name; /* of a table that several results have; else NULL */
    const struct service_member *members;
    size_t count;
};

/* Initialisers of a member: where the field of a record lies, and how it is stored. */
#define SERVICE_STORAGE_OF(value)                                                                                      \
    _Generic((value), bool                                                                                             \
             : SERVICE_STORED_BOOLEAN, int                                                                             \
             : SERVICE_STORED_SIGNED, long                                                                             \
             : SERVICE_STORED_SIGNED, long long                                                                        \
             : SERVICE_STORED_SIGNED, unsigned                                                                         \
             : SERVICE_STORED_UNSIGNED, unsigned long                                                                  \
             : SERVICE_STORED_UNSIGNED, unsigned long long                                                             \
             : SERVICE_STORED_UNSIGNED, char *                                                                         \
             : SERVICE_STORED_STRING, const char *                                                                     \
             : SERVICE_STORED_STRING, struct service_strings                                                           \
             : SERVICE_STORED_STRINGS, default                                                                         \
             : SERVICE_STORED_NESTED)
#define SERVICE_AT(record, field)                                                                                      \
    .storage = SERVICE_STORAGE_OF(((record *)NULL)->field), .offset = offsetof(record, field),                         \
    .size = sizeof(((record *)NULL)->field)
/* A string in an array of char. */
#define SERVICE_IN_PLACE(record, field) .storage = SERVICE_STORED_CHARACTERS, .offset = offsetof(record, field)
/* A value that can be missing: a bool of the record says whether it is there. */
#define SERVICE_IF(record, field) .nullable = true, .flagged = true, .flag = offsetof(record, field)

/* The table of an array of members. */
#define SERVICE_TABLE(array)                                                                                           \
    {                                                                                                                  \
        .members = (array), .count = sizeof(array) / sizeof *(array)                                                   \
    }

/* What front ends call a member of a request: an option or a parameter, with '_' between its words. */
static inline const char *service_member_called(const struct service_member *member)
{
    return member->called != NULL ? member->called : member->name;
}

/* The member of that name, or NULL. */
const struct service_member *service_table_member(const struct service_table *table, const char *name);

/* Reads a value of another kind than OBJECT, LIST, COUNTS or MEMBERS. False: it is null. */
bool service_member_read(const struct service_member *member, const void *record, struct service_value *value);

/* Whether this record has the member at all: `when` and `is` hold. */
bool service_member_applies(const struct service_table *table, const struct service_member *member, const void *record);

/* The record of what is nested: of an object, of the rows of a list, of the members of another table. NULL when the
 * value is null. */
const void *service_member_nested(const struct service_member *member, const void *record);

#endif
