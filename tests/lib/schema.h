/* Keywords of JSON Schema for the tables of the service. The two programs that print docs/schemas/ share them.
 *
 * Running out of memory shows in the text. */
#ifndef PRPACK_TESTS_LIB_SCHEMA_H
#define PRPACK_TESTS_LIB_SCHEMA_H

#include "service/operations.h"
#include "json/emit.h"

enum { SCHEMA_TABLES = 8 };

/* A schema that is written, and the tables that it refers to by name, in the order of the first reference. `emit` is
 * made by json_emit_make with the text. */
struct schema {
    struct base_text text;
    struct json_emit emit;
    const struct service_table *tables[SCHEMA_TABLES];
    size_t table_count;
};

/* Prints what `emit` writes. Returns the status of the program. */
int schema_print(void (*emit)(struct schema *schema));

/* An object under a key: the caller writes its members between the two calls. */
void schema_open(struct schema *schema, const char *key);
void schema_close(struct schema *schema);

/* One keyword, or one member, with its value. */
void schema_string(struct schema *schema, const char *key, const char *value);
void schema_boolean(struct schema *schema, const char *key, bool value);
void schema_names(struct schema *schema, const char *key, const char *const *names, size_t count);
void schema_type(struct schema *schema, const char *type, bool nullable);

/* A reference to a definition. */
void schema_reference(struct schema *schema, const char *name);
/* The same for a table, which is then among the tables. */
void schema_refer(struct schema *schema, const struct service_table *table);

/* The members of a table, within `properties`. */
void schema_properties(struct schema *schema, const struct service_table *table);
/* The keywords of an object with these members, of which `command` is one more unless it is NULL. */
void schema_object(struct schema *schema, const struct service_table *table, const char *command);
/* The schema of a value. */
void schema_member(struct schema *schema, const struct service_member *member);

#endif
