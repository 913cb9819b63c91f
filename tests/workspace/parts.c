/* The small parts: paths, uuids, suggestions, pointers, lists, formats. */
#include "base/directory.h"
#include "base/names.h"
#include "base/suggest.h"
#include "base/text.h"
#include "tests/workspace/fixture.h"
#include "workspace/document/problem.h"
#include "workspace/model/format.h"
#include "workspace/model/uuid.h"
#include "workspace/path.h"
#include "workspace/place.h"
#include "json/tokenizer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

UNIT_TEST(plain_relative_paths_are_taken)
{
    static const char *const paths[] = {"a", "a/b", "..a", "a..", "...", ".hidden", "a b/c\td", "ä/ö.png", "a:b"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        CHECK(workspace_path_fault(paths[i]) == NULL);
    }
}

UNIT_TEST(other_paths_are_refused_with_the_reason)
{
    static const struct {
        const char *path;
        const char *fault;
    } cases[] = {
        {"", "is empty"},
        {"/a", "is absolute"},
        {"/", "is absolute"},
        {"a\\b", "has a backslash"},
        {"a//b", "has an empty component"},
        {"a/", "has an empty component"},
        {".", "has the component \".\""},
        {"a/./b", "has the component \".\""},
        {"a/.", "has the component \".\""},
        {"..", "has the component \"..\""},
        {"a/../b", "has the component \"..\""},
        {"a/b/..", "has the component \"..\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_STRING(workspace_path_fault(cases[i].path), cases[i].fault);
    }
}

UNIT_TEST(a_root_may_not_lie_with_the_registry)
{
    CHECK(workspace_root_fault(".prometeu") != NULL);
    CHECK(workspace_root_fault(".prometeu/x") != NULL);
    CHECK(workspace_root_fault(".prometeux") == NULL);
    CHECK(workspace_root_fault("a/.prometeu") == NULL);
}

UNIT_TEST(within_is_a_matter_of_whole_components)
{
    CHECK(workspace_path_within("a", "a"));
    CHECK(workspace_path_within("a/b", "a"));
    CHECK(!workspace_path_within("ab", "a"));
    CHECK(!workspace_path_within("a", "a/b"));
    CHECK(workspace_path_compare("a/b", "a") > 0);
    CHECK(workspace_path_compare("a/b", "a-b") < 0);
    CHECK(workspace_path_compare("a\x01", "a/b") > 0);
    CHECK(workspace_path_compare("a\x01", "a") > 0);
    CHECK(workspace_path_compare("\xc3", "z") > 0);
    CHECK(workspace_path_compare("a", "a") == 0);
}

static void check_display_of(struct workspace_place place, const char *a, const char *b, const char *expected)
{
    char *assets = workspace_place_assets(&place);
    char *path = workspace_assets_path(assets, a, b);
    CHECK_STRING(path, expected);
    free(path);
    free(assets);
}

static void check_display(const char *directory, const char *a, const char *b, const char *expected)
{
    check_display_of((struct workspace_place){.project = directory}, a, b, expected);
}

UNIT_TEST(messages_name_paths_as_they_were_typed)
{
    check_display(".", NULL, NULL, "assets");
    check_display("", "a", NULL, "assets/a");
    check_display(".", "a/b", "asset.json", "assets/a/b/asset.json");
    check_display("game", "a", NULL, "game/assets/a");
    check_display("game//", "a", NULL, "game/assets/a");
    check_display("/", "a", NULL, "/assets/a");
    check_display("..", "a", NULL, "../assets/a");
    check_display("./", "a", NULL, "assets/a");
    check_display("x", "a", NULL, "x/assets/a");
    check_display_of((struct workspace_place){"x", "art//"}, "a", NULL, "x/art/a");
    check_display_of((struct workspace_place){"", "../art"}, "a", "b", "../art/a/b");
    check_display_of((struct workspace_place){"x", "/srv/art/"}, "a", NULL, "/srv/art/a");
    check_display_of((struct workspace_place){"/", "art"}, NULL, NULL, "/art");
}

UNIT_TEST(uuids_have_one_spelling)
{
    CHECK(workspace_uuid_is_valid(UUID_1));
    CHECK(workspace_uuid_is_valid("0123abcd-ef01-2345-6789-abcdef012345"));
    CHECK(!workspace_uuid_is_valid(""));
    CHECK(!workspace_uuid_is_valid("0123ABCD-ef01-2345-6789-abcdef012345"));
    CHECK(!workspace_uuid_is_valid("0123abcd-ef01-2345-6789-abcdef01234"));
    CHECK(!workspace_uuid_is_valid("0123abcd-ef01-2345-6789-abcdef0123456"));
    CHECK(!workspace_uuid_is_valid("0123abcdxef01-2345-6789-abcdef012345"));
    CHECK(!workspace_uuid_is_valid("0123abcd-ef01-2345-67890abcdef012345"));
    CHECK(!workspace_uuid_is_valid("0123abcg-ef01-2345-6789-abcdef012345"));
}

UNIT_TEST(drawn_uuids_are_version_4_and_differ)
{
    char a[WORKSPACE_UUID_SIZE + 1];
    char b[WORKSPACE_UUID_SIZE + 1];
    for (unsigned i = 0; i < 100; i++) {
        REQUIRE(workspace_uuid_draw(a) == 0 && workspace_uuid_draw(b) == 0);
        CHECK(workspace_uuid_is_valid(a));
        CHECK(a[14] == '4');
        CHECK(strchr("89ab", a[19]) != NULL);
        CHECK(strcmp(a, b) != 0);
    }
}

static unsigned distance(const char *word, const char *name)
{
    return base_edit_distance(base_bytes_of_string(word), name);
}

UNIT_TEST(suggestions_are_close)
{
    CHECK_U64(distance("name", "name"), 0);
    CHECK_U64(distance("Name", "name"), 0);
    CHECK_U64(distance("ABYZ", "abyz"), 0);
    CHECK_U64(distance("@bc[", "`bc{"), BASE_DISTANCE_FAR);
    CHECK_U64(distance("nmae", "name"), 1);
    CHECK_U64(distance("naem", "name"), 1);
    CHECK_U64(distance("nam", "name"), 1);
    CHECK_U64(distance("names", "name"), 1);
    CHECK_U64(distance("title", "name"), BASE_DISTANCE_FAR);
    CHECK_U64(distance("", "name"), BASE_DISTANCE_FAR);
    CHECK_U64(distance("includedInBuild", "included_in_build"), 2);
    CHECK_U64(distance("sprite", "sprites"), 1);
    CHECK_U64(distance("xname", "name"), 1);
    CHECK_U64(distance("xxoutput", "output"), 2);
    CHECK_U64(distance("outpxx", "output"), 2);
    CHECK_U64(distance("outxxx", "output"), BASE_DISTANCE_FAR);
    char long_word[65] = {0};
    memset(long_word, 'a', 64);
    CHECK_U64(distance(long_word, long_word), BASE_DISTANCE_FAR);
    CHECK_U64(distance(long_word + 1, long_word + 1), 0);
    static const char *const names[] = {"slot", "enabled", "slots"};
    CHECK_STRING(base_suggest(base_bytes_of_string("slto"), names, 3), "slot");
    CHECK_STRING(base_suggest(base_bytes_of_string("slots"), names, 3), "slots");
    CHECK(base_suggest(base_bytes_of_string("banana"), names, 3) == NULL);
}

UNIT_TEST(formats_types_and_banks_have_names)
{
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        const struct workspace_format_facts *facts = &workspace_formats[i];
        CHECK(workspace_format_find(facts->name) == facts);
        CHECK_STRING(workspace_format_name(facts->type, facts->format), facts->name);
        const char *bank = workspace_asset_bank_name(facts->type);
        CHECK(strncmp(facts->name, bank, strlen(bank)) == 0 && facts->name[strlen(bank)] == '/');
    }
    CHECK_STRING(workspace_format_name(WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_SOUND_PCM16LE), "");
    CHECK(workspace_format_find("GLYPH") == NULL);
    CHECK_STRING(workspace_format_of_type(WORKSPACE_ASSET_GLYPH)->name, "GLYPH/indexed_v1");
    CHECK_STRING(workspace_format_of_type(WORKSPACE_ASSET_SOUND)->name, "SOUNDS/pcm16le_v1");
    CHECK_STRING(workspace_format_of_type(WORKSPACE_ASSET_SCENE)->name, "SCENE/raw_v1");
    enum workspace_asset_type type = WORKSPACE_ASSET_GLYPH;
    CHECK(workspace_asset_type_find("sound_bank", &type) && type == WORKSPACE_ASSET_SOUND);
    CHECK(!workspace_asset_type_find("sound", &type));
    CHECK_STRING(workspace_asset_type_name(WORKSPACE_ASSET_SCENE), "scene_bank");
}

UNIT_TEST(problems_with_files_are_one_finding_each)
{
    static const struct {
        int problem;
        const char *reading;
        const char *writing;
    } cases[] = {
        {ENOENT, "input-missing", "environment-write"},
        {ENOTDIR, "input-missing", "environment-write"},
        {ENOMEM, "environment-memory", "environment-memory"},
        {BASE_FILE_NOT_REGULAR, "input-not-regular", "environment-write"},
        {BASE_FILE_OUTSIDE_ROOT, "path-outside", "environment-write"},
        {ELOOP, "path-outside", "environment-write"},
        {BASE_FILE_SHRUNK, "input-changed", "environment-write"},
        {EIO, "environment-read", "environment-write"},
        {EMFILE, "environment-read", "environment-write"},
    };
    struct base_place place = BASE_NOWHERE;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool memory = cases[i].problem == ENOMEM;
        struct base_findings findings;
        place.file = unit_path("f");
        base_findings_init(&findings);
        workspace_report_read_problem(&findings, &place, cases[i].problem, DIAG_INPUT_MISSING, "it is gone");
        CHECK_ONLY(&findings, cases[i].reading, "f", -1, NULL);
        CHECK(findings.out_of_memory == memory);
        base_findings_free(&findings);
        base_report_write_failure(&findings, &place, "write it", cases[i].problem);
        CHECK_ONLY(&findings, cases[i].writing, "f", -1, NULL);
        CHECK(findings.out_of_memory == memory);
        base_findings_free(&findings);
    }
}
