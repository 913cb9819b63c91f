/* A JSON document from outside: read, checked as a whole, then taken apart with value.h. docs/contracts/workspace.md,
 * 1.2.
 *
 * Threads: a document belongs to one thread at a time. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_DOCUMENT_H
#define PRPACK_WORKSPACE_DOCUMENT_DOCUMENT_H

#include "base/findings.h"
#include "base/stamp.h"
#include "json/locate.h"

/* What sort of document: how its faults are called, and how large it may be. */
struct workspace_document_kind {
    const char *name;
    enum diag syntax;
    enum diag shape;
    enum diag value;
    uint64_t limit; /* bytes */
};

extern const struct workspace_document_kind workspace_document_registry;
extern const struct workspace_document_kind workspace_document_declaration;

/* Everything in it is borrowed, except what the locator makes itself. */
struct workspace_document {
    struct base_task *task; /* or NULL */
    const struct workspace_document_kind *kind;
    struct base_bytes text;
    const char *file; /* path as the user knows it */
    bool has_asset_id;
    int32_t asset_id;       /* of the record that led here */
    unsigned request_field; /* that the findings are about; 0 unless the caller sets it */
    enum diag_cause cause;  /* of the next fault alone, as are the next two; the caller may set them. Borrowed */
    const char *subject;
    const char *remedy;
    struct base_findings *findings;
    struct json_locator locator;
    struct base_lines lines;
};

/* Reads the file `relative` below root_fd, up to the kind's limit. Returns the memory (free() it) and its size, or NULL
 * with the reason in findings; a file that is not there is reported as `missing`, or not at all if that is DIAG_NONE.
 * place names the file. seen, which may be NULL, is set on success. */
uint8_t *workspace_document_read(const struct workspace_document_kind *kind, int root_fd, const char *relative,
                                 const struct base_place *place, enum diag missing, size_t *size,
                                 struct base_content *seen, struct base_findings *findings);

/* Checks text as 1.2 says, steps 2 to 4, and prepares *document for value.h. False with the reasons in findings; the
 * document is then of no use. place gives file and asset_id; its file must outlive the document. task may be NULL: when
 * it was cancelled, the findings may be wrong. */
bool workspace_document_begin(struct workspace_document *document, const struct workspace_document_kind *kind,
                              struct base_bytes text, struct base_task *task, const struct base_place *place,
                              struct base_findings *findings);

/* Adds a finding at the key or value whose span begins at `position`, with its JSON pointer, its line, and its length
 * unless it is an object or array: then it is that object or array which lacks something. expected and actual may be
 * NULL. */
__attribute__((format(printf, 6, 7))) void workspace_document_fault(struct workspace_document *document,
                                                                    enum diag diagnostic, size_t position,
                                                                    const char *expected, const char *actual,
                                                                    const char *format, ...);

/* The same at a whole value: an object or array is itself at fault. */
__attribute__((format(printf, 6, 0))) void workspace_document_faultv(struct workspace_document *document,
                                                                     enum diag diagnostic, struct json_token value,
                                                                     const char *expected, const char *actual,
                                                                     const char *format, va_list arguments);

#endif
