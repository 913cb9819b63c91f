/* The values of an accepted document, one at a time, each with its place; and the reading of them into C.
 *
 * Nothing here reports twice: a function that returns false or NULL has added its findings. */
#ifndef PRPACK_WORKSPACE_VALUE_H
#define PRPACK_WORKSPACE_VALUE_H

#include "workspace/document.h"

/* A value, or a key. kind is PP_JSON_END when there is none. begin and end are positions in the document's text: of a
 * string without its quotes, of a container with its brackets. */
struct pp_value {
    enum pp_json_kind kind;
    bool integral; /* PP_JSON_NUMBER */
    size_t begin;
    size_t end;
};

static inline bool pp_value_present(struct pp_value value)
{
    return value.kind != PP_JSON_END;
}

struct pp_bytes pp_value_span(const struct pp_document *document, struct pp_value value);

/* The document's one value. */
struct pp_value pp_value_root(const struct pp_document *document);

/* A walk over the members of an object or the elements of an array. */
struct pp_walk {
    struct pp_json json;
    size_t base;
};

struct pp_walk pp_walk_begin(const struct pp_document *document, struct pp_value container);
/* The next one; false at the end. */
bool pp_walk_element(struct pp_walk *walk, struct pp_value *element);
bool pp_walk_member(struct pp_walk *walk, struct pp_value *key, struct pp_value *value);

/* The member of that name, or none. */
struct pp_value pp_value_member(const struct pp_document *document, struct pp_value object, const char *name);

/* What a value is, for messages: `"text"`, `5`, `an object`. The text is appended. */
void pp_value_describe(const struct pp_document *document, struct pp_value value, struct pp_text *text);

/* A finding at a value, with `actual` told from the value. */
__attribute__((format(printf, 5, 6))) void pp_value_fault(struct pp_document *document, enum pp_diagnostic diagnostic,
                                                          struct pp_value value, const char *expected,
                                                          const char *format, ...);

/* ---- Types ---- */

enum pp_value_type { PP_TYPE_STRING, PP_TYPE_INTEGER, PP_TYPE_BOOLEAN, PP_TYPE_ARRAY, PP_TYPE_OBJECT };

/* "a string" … Static. */
const char *pp_value_type_text(enum pp_value_type type);

/* Whether the value has the type, numbers of any spelling being integers here; else a shape finding, in which `what` names the value. */
bool pp_value_need(struct pp_document *document, struct pp_value value, enum pp_value_type type, const char *what);

/* One member that an object may have. */
struct pp_member {
    const char *name;
    enum pp_value_type type;
    bool needed;
};

/* Sorts the members of an object into values[], in the order of members[]: a member that is absent or of another type
 * is none. Reports unknown, missing and mistyped members; `what` names the object in messages. False when there was
 * one. */
bool pp_value_members(struct pp_document *document, struct pp_value object, const char *what,
                      const struct pp_member *members, size_t count, struct pp_value *values);

/* ---- Reading ---- */

/* A string's value on the heap (free() it), NUL-terminated; NULL when memory ran out. */
char *pp_value_string(struct pp_document *document, struct pp_value value);

/* A NUMBER as an integer from minimum to maximum. */
bool pp_value_integer(struct pp_document *document, struct pp_value value, const char *what, int64_t minimum,
                      int64_t maximum, int64_t *result);

/* Whether schema_version, the member of an object, is 1 or is left for pp_value_members to judge. */
bool pp_value_schema_known(struct pp_document *document, struct pp_value object);

#endif
