/* A JSON document from outside: read, checked as a whole, then taken apart with value.h. docs/contracts/workspace.md, 1.2.
 *
 * Threads: a document belongs to one thread at a time. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_H
#define PRPACK_WORKSPACE_DOCUMENT_H

#include "base/findings.h"
#include "workspace/locate.h"
#include "workspace/stamp.h"

/* What sort of document: how its faults are called, and how large it may be. */
struct pp_document_kind {
    const char *name;
    enum pp_diagnostic syntax;
    enum pp_diagnostic shape;
    enum pp_diagnostic value;
    uint64_t limit; /* bytes */
};

extern const struct pp_document_kind pp_document_registry;
extern const struct pp_document_kind pp_document_declaration;

/* Everything in it is borrowed, except what the locator makes itself. */
struct pp_document {
    const struct pp_document_kind *kind;
    struct pp_bytes text;
    const char *file; /* path as the user knows it */
    bool has_asset_id;
    int32_t asset_id; /* of the record that led here */
    struct pp_findings *findings;
    struct pp_locator locator;
};

/* Reads the file `relative` below root_fd, up to the kind's limit. Returns the memory (free() it) and its size, or NULL
 * with the reason in findings; a file that is not there is reported as `missing`. place names the file. seen, which may
 * be NULL, is set on success. */
uint8_t *pp_document_read(const struct pp_document_kind *kind, int root_fd, const char *relative,
                          const struct pp_place *place, enum pp_diagnostic missing, size_t *size, struct pp_seen *seen,
                          struct pp_findings *findings);

/* Checks text as 1.2 says, steps 2 to 4, and prepares *document for value.h. False with the reasons in findings; the
 * document is then of no use. place gives file and asset_id; its file must outlive the document. */
bool pp_document_begin(struct pp_document *document, const struct pp_document_kind *kind, struct pp_bytes text,
                       const struct pp_place *place, struct pp_findings *findings);

/* Adds a finding at the key or value whose span begins at `position`, with its JSON pointer. expected and actual may be
 * NULL. */
__attribute__((format(printf, 6, 7))) void pp_document_fault(struct pp_document *document,
                                                             enum pp_diagnostic diagnostic, size_t position,
                                                             const char *expected, const char *actual,
                                                             const char *format, ...);

#endif
