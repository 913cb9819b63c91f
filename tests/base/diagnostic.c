/* The catalogue against assets-pa-v1.md 4.1, and its own consistency. */
#include "base/diagnostic.h"
#include "tests/lib/sample.h"

/* Ids of the contract and the letters of their classes. */
static const struct {
    const char *id;
    const char *letter;
} of_contract[] = {
    {"file-truncated", "L"},
    {"prelude-magic", "L"},
    {"prelude-legacy", "L"},
    {"prelude-version", "L"},
    {"prelude-header-length", "L"},
    {"prelude-payload-offset", "L"},
    {"prelude-reserved", "C"},
    {"json-encoding", "L"},
    {"json-syntax", "L"},
    {"json-depth", "L"},
    {"json-duplicate-key", "L"},
    {"json-not-canonical", "C"},
    {"header-shape", "L"},
    {"header-unknown-member", "C"},
    {"entry-missing-member", "L"},
    {"entry-type", "L"},
    {"entry-range", "L"},
    {"entry-range-exact", "C"},
    {"id-duplicate", "L"},
    {"id-order", "C"},
    {"name-empty", "C"},
    {"name-duplicate", "C"},
    {"name-control", "C"},
    {"bank-legacy", "L"},
    {"bank-unknown", "L"},
    {"codec-legacy", "L"},
    {"codec-unknown", "L"},
    {"slice-range", "L"},
    {"slice-gap", "C"},
    {"slice-overlap", "C"},
    {"payload-trailing", "C"},
    {"preload-unknown-asset", "L"},
    {"preload-slot-range", "L"},
    {"preload-slot-clash", "L"},
    {"preload-duplicate", "C"},
    {"preload-missing", "C"},
    {"preload-order", "C"},
    {"metadata-range", "L"},
    {"metadata-float", "C"},
    {"metadata-pipeline", "C"},
    {"metadata-nul", "C"},
    {"metadata-decoded-size", "C"},
    {"entry-too-long", "C"},
    {"glyph-metadata", "C"},
    {"glyph-size", "C"},
    {"glyph-palette-unused", "C"},
    {"sound-metadata", "C"},
    {"sound-size", "C"},
    {"companion-missing", "C"},
    {"companion-syntax", "C"},
    {"table-mismatch", "C"},
    {"preload-mismatch", "C"},
    {"hash-mismatch", "C"},
    {"source-changed", "C"},
    {"source-mismatch", "C"},
    {"asset-missing", "C"},
    {"asset-foreign", "C"},
    {"record-mismatch", "C"},
    {"metadata-mismatch", "C"},
    {"pipeline-mismatch", "C"},
    {"palette-mismatch", "C"},
    {"opacity-mismatch", "C"},
    {"tiles-mismatch", "C"},
    {"cartridge-manifest", "L"},
    {"cartridge-asset-missing", "L"},
    {"cartridge-spelling", "C"},
    {"cartridge-reserved", "L"},
    {"environment-memory", "E"},
    {"usage", "U"},
    {"workspace-missing", "W"},
};

UNIT_TEST(rules_of_the_contract_have_their_class)
{
    unsigned of_the_contract = 0;
    for (size_t i = 0; i < COUNT_OF(of_contract); i++) {
        enum diag diagnostic = diag_from_id(base_bytes_of_string(of_contract[i].id));
        CHECK_ROW(diagnostic != DIAG_NONE, true, of_contract[i].id);
        const struct diag_facts *facts = diag_facts(diagnostic);
        CHECK_STRING(facts->id, of_contract[i].id);
        CHECK_STRING(diag_class_letter(facts->class_), of_contract[i].letter);
        of_the_contract += facts->class_ == DIAG_CLASS_L || facts->class_ == DIAG_CLASS_C;
    }
    /* and no other diagnostic is about a pack */
    unsigned in_the_catalogue = 0;
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        enum diag_class class_ = diag_facts((enum diag)i)->class_;
        in_the_catalogue += class_ == DIAG_CLASS_L || class_ == DIAG_CLASS_C;
    }
    CHECK_U64(in_the_catalogue, of_the_contract);
}

UNIT_TEST(every_id_leads_back_to_its_diagnostic)
{
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        const struct diag_facts *facts = diag_facts((enum diag)i);
        /* Equal ids would lead to the first of them. */
        CHECK_ROW(diag_from_id(base_bytes_of_string(facts->id)), i, facts->id);
    }
}

UNIT_TEST(every_diagnostic_says_what_it_means_and_what_to_do)
{
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        const struct diag_facts *facts = diag_facts((enum diag)i);
        CHECK_ROW(strspn(facts->id, "abcdefghijklmnopqrstuvwxyz-"), strlen(facts->id), facts->id);
        CHECK_ROW(strlen(facts->meaning) > 10 && facts->meaning[strlen(facts->meaning) - 1] == '.', true, facts->id);
        CHECK_ROW(strlen(facts->remedy) > 10 && facts->remedy[strlen(facts->remedy) - 1] == '.', true, facts->id);
    }
}

UNIT_TEST(unknown_ids_are_fine)
{
    static const struct base_bytes rows[] = {
        TEXT(""),          TEXT("fine"),        TEXT("slice"),    TEXT("slice-gap "),
        TEXT("SLICE-GAP"), TEXT("slice-gap\0"), TEXT("slice-ga"),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK_ROW(diag_from_id(rows[i]), DIAG_NONE, (const char *)rows[i].data);
    }
}

UNIT_TEST(letters_of_the_classes)
{
    CHECK_STRING(diag_class_letter(DIAG_CLASS_L), "L");
    CHECK_STRING(diag_class_letter(DIAG_CLASS_C), "C");
    CHECK_STRING(diag_class_letter(DIAG_CLASS_W), "W");
    CHECK_STRING(diag_class_letter(DIAG_CLASS_E), "E");
    CHECK_STRING(diag_class_letter(DIAG_CLASS_U), "U");
}
