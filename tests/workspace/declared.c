#include "tests/workspace/declared.h"

#include <stdio.h>
#include <stdlib.h>

bool parse_declaration(const char *document, int64_t *mark, struct workspace_declaration *declaration,
                       struct base_findings *findings)
{
    char *text = spell(document, mark);
    struct base_place place = BASE_NOWHERE;
    place.file = unit_path("asset.json");
    base_findings_init(findings);
    bool fine = workspace_declaration_parse(base_bytes_of_string(text), &place, NULL, declaration, findings);
    free(text);
    return fine;
}

void check_faulty(const char *document, const char *id, const char *pointer, const char *says, unsigned line)
{
    int64_t mark;
    struct workspace_declaration declaration;
    struct base_findings findings;
    CHECK(!parse_declaration(document, &mark, &declaration, &findings));
    check_only(&findings, id, "asset.json", mark, pointer, line);
    check_says(&findings, 0, says, line);
    CHECK(declaration.name == NULL && declaration.metadata == NULL && declaration.input_count == 0);
    base_findings_free(&findings);
}

void parse_fine(const char *document, struct workspace_declaration *declaration)
{
    int64_t mark;
    struct base_findings findings;
    bool fine = parse_declaration(document, &mark, declaration, &findings);
    if (!fine) {
        (void)fprintf(stderr, "refused: %s\n", findings.count > 0 ? findings.items[0].message : "(nothing)");
    }
    REQUIRE(fine);
    CHECK_U64(findings.count, 0);
    base_findings_free(&findings);
}

void check_variants(const char *base, const struct variant *variants, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *document = replaced(base, variants[i].old, variants[i].new);
        check_faulty(document, variants[i].id, variants[i].pointer, variants[i].says, (unsigned)i);
        free(document);
    }
}

void parse_replaced(const char *base, const char *old, const char *new, struct workspace_declaration *declaration)
{
    char *document = replaced(base, old, new);
    parse_fine(document, declaration);
    free(document);
}
