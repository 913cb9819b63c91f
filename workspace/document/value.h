/* The values of an accepted document, one at a time, each with its place; and the reading of them into C.
 *
 * Nothing here reports twice: a function that returns false or NULL has added its findings. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_VALUE_H
#define PRPACK_WORKSPACE_DOCUMENT_VALUE_H

#include "workspace/document/document.h"
#include "workspace/model/members.h"
#include "json/object.h"

static inline bool workspace_value_present(struct json_token value)
{
    return value.kind != JSON_END;
}

/* What a value is, for messages: `"text"`, `5`, `an object`. The text is appended. */
void workspace_value_describe(const struct workspace_document *document, struct json_token value,
                              struct base_text *text);

/* A finding at a value; `actual` describes the value. */
__attribute__((format(printf, 5, 6))) void workspace_value_fault(struct workspace_document *document,
                                                                 enum diag diagnostic, struct json_token value,
                                                                 const char *expected, const char *format, ...);

/* ---- Kinds ---- */

/* "a string" … for one of the sets JSON_KIND_*. Static. */
const char *workspace_kinds_text(unsigned kinds);

/* Whether the value has one of the kinds, numbers of any spelling being integers here; else adds a shape finding, in
 * which `what` names the value. */
bool workspace_value_require(struct workspace_document *document, struct json_token value, unsigned kinds,
                             const char *what);

/* Sorts the members of an object into values[], in the order of the wanted ones: a member that is absent or of another
 * kind has kind JSON_END. Reports unknown, missing and mistyped members; `what` names the object in messages, NULL: as
 * the table does. False when there was one. */
bool workspace_value_members(struct workspace_document *document, struct json_token object, const char *what,
                             const struct workspace_table *wanted, struct json_token *values);

/* ---- Reading ---- */

/* A string's value on the heap (free() it), NUL-terminated; NULL when memory ran out. */
char *workspace_value_string(struct workspace_document *document, struct json_token value);

/* Refuses a NUMBER with a fraction or an exponent; the remedy has the integer that it is, if it is one. */
void workspace_value_not_integral(struct workspace_document *document, enum diag diagnostic, struct json_token value,
                                  const char *expected, const char *what);

/* A NUMBER as an integer that the member, whose rule is WORKSPACE_RULE_RANGE, may be. */
bool workspace_value_ranged(struct workspace_document *document, struct json_token value,
                            const struct workspace_member *member, int64_t *result);

/* A NUMBER as an integer from minimum to maximum. */
bool workspace_value_integer(struct workspace_document *document, struct json_token value, const char *what,
                             int64_t minimum, int64_t maximum, int64_t *result);

/* Whether schema_version, the member of an object, is 1 or is left for workspace_value_members to check. */
bool workspace_value_schema_known(struct workspace_document *document, struct json_token object);

#endif
