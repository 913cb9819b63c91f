/* Declarations that are parsed without a workspace around them: what is taken, and what is refused where.
 *
 * Documents are written as fixture.h says. */
#ifndef PRPACK_TESTS_WORKSPACE_DECLARED_H
#define PRPACK_TESTS_WORKSPACE_DECLARED_H

#include "tests/workspace/fixture.h"
#include "workspace/declaration/declaration.h"

/* Parses the document as asset.json in the test's directory. *mark is where its ^ was, or -1. Initializes the findings;
 * base_findings_free() ends them, and workspace_declaration_free() a declaration that was taken. */
bool parse_declaration(const char *document, int64_t *mark, struct workspace_declaration *declaration,
                       struct base_findings *findings);

/* The document is taken without a finding; the test ends when it is not. workspace_declaration_free() it. */
void parse_fine(const char *document, struct workspace_declaration *declaration);
/* The same for base with the first `old` replaced by `new`. */
void parse_replaced(const char *base, const char *old, const char *new, struct workspace_declaration *declaration);

/* The document is refused, its only finding is this one, at its ^, and nothing of it is left in the declaration. */
void check_faulty(const char *document, const char *id, const char *pointer, const char *says, unsigned line);

/* A fault: base with the first `old` replaced by `new` is refused as the other members say. */
struct variant {
    const char *old;
    const char *new;
    const char *id;
    const char *pointer;
    const char *says;
};

void check_variants(const char *base, const struct variant *variants, size_t count);
#define CHECK_VARIANTS(base, variants) check_variants(base, variants, sizeof(variants) / sizeof((variants)[0]))

#endif
