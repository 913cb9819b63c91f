/* A JSON document of the workspace, checked as a whole and then taken apart: docs/contracts/workspace.md, 1.2. This is
 * a reading of its own, apart from workspace/.
 *
 * Nothing here reports twice: what returns false has added its findings. Threads: a document belongs to one thread at a
 * time. */
#ifndef PRPACK_VERIFY_WORKSPACE_DOCUMENT_H
#define PRPACK_VERIFY_WORKSPACE_DOCUMENT_H

#include "base/findings.h"
#include "json/locate.h"
#include "json/object.h"

/* How the faults of a document are called, and how large it may be. */
struct verify_document_kind {
    const char *name;
    uint64_t limit; /* bytes */
    enum diag missing, syntax, shape, value;
};

extern const struct verify_document_kind verify_document_registry;
extern const struct verify_document_kind verify_document_declaration;

/* path, task and findings are borrowed; the task may be NULL. */
struct verify_document {
    const struct verify_document_kind *kind;
    const char *path; /* as findings name it */
    bool has_asset_id;
    int32_t asset_id;
    struct base_task *task;
    struct base_findings *findings;
    enum diag_cause cause; /* of the next finding alone, as are the next two; the caller may set them. Borrowed */
    const char *subject;
    const char *remedy;
    struct base_bytes text;
    uint8_t *memory; /* owned */
    struct json_locator locator;
    struct base_lines lines; /* of text */
};

/* Reads the file `relative` below root_fd and checks the steps 1 to 4 of 1.2. The caller has set kind, path, task,
 * findings and perhaps the asset; all else is zero. Close the document in any case. */
bool verify_document_open(struct verify_document *document, int root_fd, const char *relative);
void verify_document_close(struct verify_document *document);

/* A place of a document that is closed before the place is reported. */
struct verify_document_place {
    uint32_t at, length, line, column, character;
};
struct verify_document_place verify_document_place_of(struct verify_document *document, struct json_token value);
struct base_place verify_document_place(const struct verify_document_place *place);

/* Adds a finding at the byte `at`, with its JSON pointer, and with its length unless an object or array begins there:
 * that one lacks something. expected may be NULL; actual.data may be NULL. */
__attribute__((format(printf, 6, 7))) void verify_document_report(struct verify_document *document,
                                                                  enum diag diagnostic, size_t at, const char *expected,
                                                                  struct base_bytes actual, const char *format, ...);

/* The same about a value, which is quoted. */
__attribute__((format(printf, 5, 6))) void verify_document_report_value(struct verify_document *document,
                                                                        enum diag diagnostic, struct json_token value,
                                                                        const char *expected, const char *format, ...);

/* Finds the members of an object by their table: values[i] is that of members[i], or has the kind JSON_END. Unknown,
 * missing and mistyped members are shape findings, in which `name` stands for the object. */
bool verify_document_members(struct verify_document *document, struct json_token object, const char *name,
                             const struct json_member members[], size_t count, struct json_token values[]);

/* A NUMBER within [low, high]; anything else is a value finding with the text of the range. JSON_END is false without a
 * finding. */
bool verify_document_integer(struct verify_document *document, struct json_token value, const char *name, int64_t low,
                             int64_t high, int64_t *number);

/* Whether schema_version of the root is 1. Only another integer ends the reading (a value finding); what is not an
 * integer is left to verify_document_members and verify_document_integer. */
bool verify_document_is_version_1(struct verify_document *document, struct json_token root);

/* A STRING on the heap, freed by the caller; NULL when memory ran out. */
char *verify_document_string(struct verify_document *document, struct json_token value);

static inline bool verify_is_present(struct json_token value)
{
    return value.kind != JSON_END;
}

#endif
