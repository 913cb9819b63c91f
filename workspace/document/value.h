/* The values of an accepted document, one at a time, each with its place; and the reading of them into C.
 *
 * Nothing here reports twice: a function that returns false or NULL has added its findings. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_VALUE_H
#define PRPACK_WORKSPACE_DOCUMENT_VALUE_H

#include "workspace/document/document.h"

/* A value, or a key. kind is JSON_END when there is none. begin and end are positions in the document's text: of a
 * string without its quotes, of a container with its brackets. */
struct workspace_value {
    enum json_kind kind;
    bool integral; /* JSON_NUMBER */
    size_t begin;
    size_t end;
};

static inline bool workspace_value_present(struct workspace_value value)
{
    return value.kind != JSON_END;
}

struct base_bytes workspace_value_span(const struct workspace_document *document, struct workspace_value value);

/* The document's one value. */
struct workspace_value workspace_value_root(const struct workspace_document *document);

/* A walk over the members of an object or the elements of an array. */
struct workspace_walk {
    struct json_tokenizer json;
    size_t base;
};

struct workspace_walk workspace_walk_begin(const struct workspace_document *document, struct workspace_value container);
/* The next one; false at the end. */
bool workspace_walk_element(struct workspace_walk *walk, struct workspace_value *element);
bool workspace_walk_member(struct workspace_walk *walk, struct workspace_value *key, struct workspace_value *value);

/* The member of that name, or none. */
struct workspace_value workspace_value_member(const struct workspace_document *document, struct workspace_value object,
                                              const char *name);

/* What a value is, for messages: `"text"`, `5`, `an object`. The text is appended. */
void workspace_value_describe(const struct workspace_document *document, struct workspace_value value,
                              struct base_text *text);

/* A finding at a value, with `actual` told from the value. */
__attribute__((format(printf, 5, 6))) void workspace_value_fault(struct workspace_document *document,
                                                                 enum diag diagnostic, struct workspace_value value,
                                                                 const char *expected, const char *format, ...);

/* ---- Types ---- */

enum workspace_value_type {
    WORKSPACE_TYPE_STRING,
    WORKSPACE_TYPE_INTEGER,
    WORKSPACE_TYPE_BOOLEAN,
    WORKSPACE_TYPE_ARRAY,
    WORKSPACE_TYPE_OBJECT
};

/* "a string" … Static. */
const char *workspace_value_type_text(enum workspace_value_type type);

/* Whether the value has the type, numbers of any spelling being integers here; else a shape finding, in which `what`
 * names the value. */
bool workspace_value_require(struct workspace_document *document, struct workspace_value value,
                             enum workspace_value_type type, const char *what);

/* One member that an object may have. */
struct workspace_member {
    const char *name;
    enum workspace_value_type type;
    bool needed;
};

/* Sorts the members of an object into values[], in the order of members[]: a member that is absent or of another type
 * is none. Reports unknown, missing and mistyped members; `what` names the object in messages. False when there was
 * one. */
bool workspace_value_members(struct workspace_document *document, struct workspace_value object, const char *what,
                             const struct workspace_member *members, size_t count, struct workspace_value *values);

/* ---- Reading ---- */

/* A string's value on the heap (free() it), NUL-terminated; NULL when memory ran out. */
char *workspace_value_string(struct workspace_document *document, struct workspace_value value);

/* A NUMBER as an integer from minimum to maximum. */
bool workspace_value_integer(struct workspace_document *document, struct workspace_value value, const char *what,
                             int64_t minimum, int64_t maximum, int64_t *result);

/* Whether schema_version, the member of an object, is 1 or is left for workspace_value_members to judge. */
bool workspace_value_schema_known(struct workspace_document *document, struct workspace_value object);

#endif
