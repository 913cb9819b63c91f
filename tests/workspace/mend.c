/* A registry that a merge without prpack has left: docs/contracts/workspace.md, 8.13. */
#include "workspace/edit/mend.h"

#include "base/directory.h"
#include "tests/workspace/fixture.h"
#include "workspace/registry/registry.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"
#define HEAD "{\n'schema_version': 1,\n"
#define NEXT(number) "'next_asset_id': " number ",\n'assets': [\n"
#define RECORD(id, uuid, root)                                                                                         \
    "{'asset_id': " id ", 'asset_uuid': '" uuid "', 'root': '" root "', 'included_in_build': true}"
#define END "\n]}\n"
#define OURS "<<<<<<< HEAD\n"
#define BASE "||||||| 1234567\n"
#define MIDDLE "=======\n"
#define THEIRS ">>>>>>> other\n"
#define UUID_4 "00000000-0000-4000-8000-000000000004"
#define A RECORD("1", UUID_1, "a")

/* Mends the text. *text is the new one: that of the plan's step, or of the conflicts. */
static enum workspace_mend_end mend(const char *document, char **text, struct base_findings *findings)
{
    int fd;
    struct workspace_plan plan;
    struct base_text conflicts;
    (void)put(INDEX, document);
    REQUIRE(base_directory_open(&fd, AT_FDCWD, unit_path("assets")) == 0);
    base_findings_init(findings);
    enum workspace_mend_end end = workspace_plan_mend(fd, "assets", NULL, &plan, &conflicts, findings);
    CHECK_U64(plan.step_count, end == WORKSPACE_MENDED ? 1 : 0);
    CHECK(conflicts.size == 0 || end == WORKSPACE_MEND_CONFLICTS);
    *text = strdup(base_text_string(end == WORKSPACE_MENDED ? &plan.steps[0].content : &conflicts));
    REQUIRE(*text != NULL);
    base_text_free(&conflicts);
    workspace_plan_free(&plan);
    (void)close(fd);
    return end;
}

/* What a registry has: "ID:ROOT-LAST_DIGIT_OF_UUID" per record, then the next id. */
static void describe(const char *text, struct base_text *what)
{
    struct workspace_registry registry;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(workspace_registry_parse(base_bytes_of_string(text), NULL, &BASE_NOWHERE, &registry, &findings));
    for (size_t i = 0; i < registry.count; i++) {
        const struct workspace_record *record = &registry.records[i];
        base_text_addf(what, "%d:%s-%c ", (int)record->asset_id, record->root, record->asset_uuid[35]);
    }
    base_text_addf(what, "%d", (int)registry.next_asset_id);
    workspace_registry_free(&registry);
    base_findings_free(&findings);
}

static void check_mended(const char *document, const char *expected, unsigned renumbered)
{
    struct base_findings findings;
    struct base_text what = BASE_TEXT_EMPTY;
    char *text;
    CHECK_U64(mend(document, &text, &findings), WORKSPACE_MENDED);
    CHECK_U64(findings.total[DIAG_ASSET_RENUMBERED], renumbered);
    CHECK_U64(findings.count, renumbered);
    base_findings_free(&findings);
    describe(text, &what);
    CHECK_STRING(base_text_string(&what), expected);
    base_text_free(&what);
    free(text);
}

/* The same with findings about what one side may have removed. */
static void check_unsure(const char *document, const char *expected, unsigned count, const char *says)
{
    struct base_findings findings;
    struct base_text what = BASE_TEXT_EMPTY;
    char *text;
    CHECK_U64(mend(document, &text, &findings), WORKSPACE_MENDED);
    REQUIRE(findings.count == count && count > 0);
    CHECK_U64(findings.total[DIAG_MERGE_UNSURE], count);
    CHECK_U64(findings.items[0].severity, BASE_WARNING);
    CHECK_SAYS(&findings, 0, says);
    base_findings_free(&findings);
    describe(text, &what);
    CHECK_STRING(base_text_string(&what), expected);
    base_text_free(&what);
    free(text);
}

UNIT_TEST(a_registry_needs_nothing)
{
    struct base_findings findings;
    char *text;
    CHECK_U64(mend(HEAD NEXT("2") A END, &text, &findings), WORKSPACE_MEND_NOT_NEEDED);
    CHECK_U64(findings.count, 0);
    base_findings_free(&findings);
    free(text);
}

/* As git writes it: lines that both sides have are outside of the conflict. */
UNIT_TEST(two_new_assets_with_one_id_get_ids_of_their_own)
{
    check_mended(HEAD NEXT("3") A ",\n{'asset_id': 2,\n" OURS "'asset_uuid': '" UUID_3 "', 'root': 'c',\n" MIDDLE
                                  "'asset_uuid': '" UUID_2 "', 'root': 'b',\n" THEIRS "'included_in_build': true}" END,
                 "1:a-1 2:b-2 3:c-3 4", 1);
}

UNIT_TEST(the_style_with_base_says_what_was_removed)
{
    check_mended(HEAD NEXT("4") A "\n" OURS BASE ", " RECORD("2", UUID_2, "b") "\n" MIDDLE ", " RECORD(
                     "2", UUID_2, "b") ", " RECORD("3", UUID_3, "c") "\n" THEIRS END,
                 "1:a-1 3:c-3 4", 0);
}

/* The zealous style leaves out of base what both sides begin with: it is not JSON then. */
UNIT_TEST(a_base_that_cannot_be_read_is_inferred)
{
    check_mended(HEAD NEXT("3") A ",\n{'asset_id': 2,\n" OURS "'asset_uuid': '" UUID_3 "', 'root': 'c',\n" BASE MIDDLE
                                  "'asset_uuid': '" UUID_2 "', 'root': 'b',\n" THEIRS "'included_in_build': true}" END,
                 "1:a-1 2:b-2 3:c-3 4", 1);
}

UNIT_TEST(lines_may_end_with_carriage_returns)
{
    check_mended(HEAD NEXT("3") A ",\r\n<<<<<<< HEAD\r\n" RECORD("2", UUID_3, "c") "\r\n=======\r\n" RECORD(
                     "2", UUID_2, "b") "\r\n>>>>>>> other\r\n" END,
                 "1:a-1 2:b-2 3:c-3 4", 1);
}

/* One side has removed an asset, the other has added one beside it: the files say which is which. */
UNIT_TEST(without_base_the_directory_decides)
{
    static const char document[] =
        HEAD NEXT("4") A "\n" OURS MIDDLE ", " RECORD("2", UUID_2, "b") ", " RECORD("3", UUID_3, "c") "\n" THEIRS END;
    (void)put("assets/c/asset.json", "{}");
    check_unsure(document, "1:a-1 3:c-3 4", 1, "only one side of the merge has \"c\"");
    (void)put("assets/b/asset.json", "{}");
    check_unsure(document, "1:a-1 2:b-2 3:c-3 4", 2, "only one side of the merge has \"b\"");
}

/* The files of both sides are merged already, so a directory that is there alone is the one that an asset went to. */
UNIT_TEST(without_base_the_directory_says_who_moved_an_asset)
{
    static const char document[] = HEAD NEXT("2") "{'asset_id': 1, 'asset_uuid': '" UUID_1 "',\n" OURS
                                                  "'root': 'a', 'included_in_build': false}\n" MIDDLE
                                                  "'root': 'b', 'included_in_build': true}\n" THEIRS END;
    (void)put("assets/b/asset.json", "{}");
    check_mended(document, "1:b-1 2", 0);
    (void)unlink(unit_path("assets/b/asset.json"));
    (void)put("assets/a/asset.json", "{}");
    check_mended(document, "1:a-1 2", 0);
}

UNIT_TEST(an_id_that_the_other_side_never_gave_out_was_added)
{
    check_mended(HEAD OURS NEXT("2") A "\n" MIDDLE NEXT("3") A ", " RECORD("2", UUID_2, "b") "\n" THEIRS END,
                 "1:a-1 2:b-2 3", 0);
}

UNIT_TEST(records_with_one_id_are_mended_without_markers)
{
    check_mended(HEAD NEXT("2") A ", " RECORD("1", UUID_3, "c") ", " RECORD("1", UUID_2, "b") END,
                 "1:a-1 2:b-2 3:c-3 4", 2);
    check_mended(HEAD NEXT("5") RECORD("3", UUID_3, "c") ", " RECORD("1", UUID_1, "a") END, "1:a-1 3:c-3 5", 0);
}

/* All others keep their ids, also those that come next. */
UNIT_TEST(records_with_one_id_move_no_third_one)
{
    check_mended(HEAD NEXT("3") RECORD("1", UUID_2, "b") ", " RECORD("1", UUID_1, "a") ", " RECORD("2", UUID_3, "c")
                     END,
                 "1:a-1 2:c-3 3:b-2 4", 1);
    check_mended(HEAD NEXT("9") RECORD("1", UUID_4, "d") ", " RECORD("1", UUID_2, "b") ", " RECORD(
                     "1", UUID_1, "a") ", " RECORD("7", UUID_3, "c") END,
                 "1:a-1 7:c-3 9:b-2 10:d-4 11", 2);
}

/* git has joined two additions outside of the conflict, which is about the next id alone. */
UNIT_TEST(records_with_one_id_outside_of_a_conflict_move_no_third_one)
{
    check_mended(HEAD OURS NEXT("3") MIDDLE NEXT("4")
                     THEIRS RECORD("1", UUID_2, "b") ", " RECORD("1", UUID_1, "a") ", " RECORD("2", UUID_3, "c") END,
                 "1:a-1 2:c-3 4:b-2 5", 1);
}

/* What git has joined outside of a conflict is in the base between markers, too. With one id twice it is read, ... */
UNIT_TEST(a_base_with_one_id_twice_counts)
{
    check_mended(HEAD NEXT("4") A ",\n" RECORD("3", UUID_4, "d") "\n" OURS BASE ", " RECORD(
                     "3", UUID_3, "c") "\n" MIDDLE ", " RECORD("3", UUID_3, "c") "\n" THEIRS END,
                 "1:a-1 3:d-4 4", 0);
}

/* ... and with one uuid twice it is not: "x" is the one that is there, so "b" is where the asset was. */
UNIT_TEST(a_base_with_one_uuid_twice_is_inferred)
{
    (void)put("assets/x/asset.json", "{}");
    check_mended(HEAD NEXT("4") A ",\n" OURS RECORD("2", UUID_2, "x") "\n" BASE RECORD("2", UUID_2, "b") ", " RECORD(
                     "3", UUID_2, "x") "\n" MIDDLE RECORD("2", UUID_2, "b") "\n" THEIRS END,
                 "1:a-1 2:x-2 4", 0);
}

/* A side may have one root twice if the merge takes one of the two records out. */
UNIT_TEST(a_root_that_one_side_has_twice_may_go)
{
    check_mended(HEAD NEXT("4") A
                 "\n" OURS BASE ", " RECORD("3", UUID_3, "a") "\n" MIDDLE ", " RECORD("3", UUID_3, "a") "\n" THEIRS END,
                 "1:a-1 4", 0);
}

/* ---- What is left ---- */

static void check_conflict(const char *document, const char *says)
{
    struct base_findings findings;
    char *text;
    CHECK_U64(mend(document, &text, &findings), WORKSPACE_MEND_CONFLICTS);
    CHECK_U64(findings.total[DIAG_MERGE_CONFLICT], findings.count);
    REQUIRE(findings.count > 0);
    CHECK_STRING(findings.items[0].file, INDEX);
    CHECK_SAYS(&findings, 0, says);
    base_findings_free(&findings);
    /* Mending it again finds the same conflict; no text means that nothing is to be written. */
    char *again;
    CHECK(strlen(text) > 0);
    CHECK_U64(mend(text, &again, &findings), WORKSPACE_MEND_CONFLICTS);
    CHECK_STRING(again, "");
    base_findings_free(&findings);
    free(again);
    free(text);
}

UNIT_TEST(an_asset_at_two_places_stays_a_conflict)
{
    check_conflict(HEAD NEXT("3") "{'asset_id': 1, 'asset_uuid': '" UUID_1 "',\n" OURS "'root': 'b',\n" MIDDLE
                                  "'root': 'c',\n" THEIRS "'included_in_build': true}" END,
                   "in lines 5 to 19: its directory is \"b\" in ours and \"c\" in theirs");
    (void)put("assets/a/asset.json", "{}");
    (void)put("assets/a/b/asset.json", "{}");
    check_conflict(HEAD NEXT("3") "\n" OURS A "\n" MIDDLE RECORD("2", UUID_2, "a/b") "\n" THEIRS END,
                   "contains the one");
}

UNIT_TEST(what_one_side_has_removed_and_the_other_moved_stays_a_conflict)
{
    check_conflict(HEAD NEXT("3") OURS BASE A "\n" MIDDLE RECORD("1", UUID_1, "b") "\n" THEIRS END,
                   "ours has removed it, and theirs has moved it to \"b\"");
    check_conflict(HEAD NEXT("3") "<<<<<<< ours\n" A "\n=======\n>>>>>>> theirs (removed)\n" END,
                   "theirs has removed it, and ours has moved it");
}

static void check_left(const char *document, enum workspace_mend_end end, enum diag diagnostic, const char *says)
{
    struct base_findings findings;
    char *text;
    CHECK_U64(mend(document, &text, &findings), end);
    CHECK_STRING(text, "");
    REQUIRE(findings.count == 1);
    CHECK_U64(findings.items[0].diagnostic, diagnostic);
    CHECK_SAYS(&findings, 0, says);
    base_findings_free(&findings);
    free(text);
}

static void check_unclear(const char *document, unsigned line, const char *says)
{
    struct base_findings findings;
    char *text;
    check_left(document, WORKSPACE_MEND_UNCLEAR, DIAG_REGISTRY_SYNTAX, says);
    (void)mend(document, &text, &findings);
    CHECK_U64(findings.items[0].place.line, line);
    CHECK_U64(findings.items[0].cause, DIAG_CAUSE_REGISTRY_UNCLEAR);
    CHECK_STRING(findings.items[0].subject, INDEX);
    base_findings_free(&findings);
    free(text);
}

UNIT_TEST(what_cannot_be_taken_apart_stays)
{
    static const char order[] = "this line is out of the order in which git writes them";
    check_unclear(HEAD OURS NEXT("2") A END, 3, order);
    check_unclear(HEAD OURS OURS NEXT("2") MIDDLE NEXT("3") THEIRS MIDDLE NEXT("4") THEIRS A END, 4, order);
    check_unclear(HEAD THEIRS NEXT("2") A END, 3, order);
}

UNIT_TEST(conflicts_whose_sides_are_not_registries_stay)
{
    check_unclear(HEAD OURS NEXT("2") MIDDLE "nonsense\n" THEIRS A END, 3, "with the second side of each, ");
    check_unclear(HEAD OURS "nonsense\n" MIDDLE NEXT("2") THEIRS A END, 3, "with the first side of each, ");
    check_unclear(HEAD NEXT("3") A "\n" OURS MIDDLE ", " RECORD("2", UUID_1, "b") "\n" THEIRS END, 6,
                  "with the second side of each, two records have one asset_uuid");
}

/* A conflict in which taking one side gives no registry is not written. */
UNIT_TEST(conflicts_of_which_a_side_has_one_root_twice_stay)
{
    (void)put("assets/a/asset.json", "{}");
    check_unclear(HEAD NEXT("4") A "\n" OURS MIDDLE ", " RECORD("3", UUID_3, "a") "\n" THEIRS END, 6,
                  "the directory \"a\" is that of both " UUID_1 " and " UUID_3);
    check_unclear(HEAD OURS NEXT("4") MIDDLE NEXT("5") THEIRS A ", " RECORD("3", UUID_3, "a") END, 3,
                  "the directory \"a\" is that of both");
    check_unclear(HEAD OURS NEXT("4") MIDDLE NEXT("5") THEIRS A ", " RECORD("3", UUID_3, "a/b") END, 3,
                  "the directory of " UUID_3 ", \"a/b\", lies in that of " UUID_1 ", \"a\"");
}

static void check_failed(const char *document, enum diag diagnostic)
{
    check_left(document, WORKSPACE_MEND_FAILED, diagnostic, "");
}

UNIT_TEST(what_is_not_a_registry_for_other_reasons_stays)
{
    check_failed(HEAD NEXT("0") A END, DIAG_REGISTRY_SHAPE);
    check_failed(HEAD NEXT("3") A ", " RECORD("2", UUID_1, "b") END, DIAG_REGISTRY_DUPLICATE);
    check_failed(HEAD NEXT("3") A ", " RECORD("2", UUID_2, "a") END, DIAG_REGISTRY_DUPLICATE);
    check_failed(HEAD NEXT("3") A ", " RECORD("2", UUID_2, "a/b") END, DIAG_ROOT_INVALID);
}

UNIT_TEST(a_registry_that_is_not_there_is_missing)
{
    struct workspace_plan plan;
    struct base_text text;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK_U64(workspace_plan_mend(AT_FDCWD, "assets", NULL, &plan, &text, &findings), WORKSPACE_MEND_FAILED);
    CHECK_U64(findings.total[DIAG_WORKSPACE_MISSING], 1);
    base_findings_free(&findings);
    base_text_free(&text);
    workspace_plan_free(&plan);
}
