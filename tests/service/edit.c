/* Plans that are carried out, and edits that were interrupted. */
#include "base/hash.h"
#include "service/transaction/apply.h"
#include "service/transaction/edit_settle.h"
#include "tests/service/interrupted.h"
#include "tests/workspace/attempt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Plans the roots a and b, and carries the plan out. */
static enum service_apply_end add_both(struct base_task *task, struct base_findings *findings)
{
    static const char *const roots[] = {"a", "b"};
    struct workspace workspace;
    struct workspace_plan plan;
    base_findings_init(findings);
    open_fine(&workspace);
    REQUIRE(workspace_plan_add(&workspace, roots, 2, &nothing_said, &plan, findings));
    REQUIRE(plan.added_count == 2);
    struct service_site site;
    REQUIRE(service_site_open(&site, task, WORKSPACE_IN(unit_directory())) == 0);
    enum service_apply_end end = service_apply(task, &site, &plan, NULL, findings);
    service_site_close(&site);
    workspace_plan_free(&plan);
    workspace_close(&workspace);
    return end;
}

static void put_both(void)
{
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
}

static void check_nothing_staged(void)
{
    CHECK(!exists(STAGED_INDEX) && !exists(JOURNAL) && !exists(COMMIT));
    CHECK(!exists("assets/a/.asset.json.new") && !exists("assets/b/.asset.json.new"));
}

/* Nothing of the edit is left. */
static void check_abandoned(const struct base_findings *findings, const char *id, const char *file, const char *says,
                            unsigned line)
{
    check_only(findings, id, file, -1, NULL, line);
    check_says(findings, 0, says, line);
    CHECK(!exists("assets/a/asset.json") && !exists("assets/b/asset.json"));
    struct workspace workspace;
    open_fine(&workspace);
    CHECK_U64(workspace.registry.count, 0);
    workspace_close(&workspace);
}

UNIT_TEST(a_plan_is_carried_out_with_the_modes_of_the_umask)
{
    put_both();
    struct base_findings findings;
    mode_t old = umask(027);
    CHECK(add_both(NULL, &findings) == SERVICE_APPLY_COMPLETE);
    (void)umask(old);
    CHECK_U64(findings.count, 0);
    struct workspace workspace;
    open_fine(&workspace);
    CHECK_U64(workspace.registry.count, 2);
    CHECK(workspace_load(&workspace, &findings));
    CHECK_U64(workspace.asset_count, 2);
    workspace_close(&workspace);
    struct stat status;
    REQUIRE(stat(unit_path("assets/b/asset.json"), &status) == 0);
    CHECK_U64(status.st_mode & 0777, 0640);
    check_nothing_staged();
    base_findings_free(&findings);
}

UNIT_TEST(stages_of_a_process_that_died_are_replaced)
{
    put_both();
    (void)put("assets/b/.asset.json.new", "litter that is longer than the file will be ... ");
    (void)put(STAGED_INDEX, "litter");
    (void)put(JOURNAL, "litter");
    struct base_findings findings;
    CHECK(add_both(NULL, &findings) == SERVICE_APPLY_COMPLETE);
    check_nothing_staged();
    base_findings_free(&findings);
}

/* What has the name of a stage and is not a file of prpack refuses the edit that needs the name, and nothing else. */
static void check_blocked(const char *name, const char *says)
{
    put_both();
    REQUIRE(mkdir(unit_path(name), 0777) == 0);
    struct base_findings findings;
    CHECK(add_both(NULL, &findings) == SERVICE_APPLY_ABANDONED);
    check_abandoned(&findings, "environment-write", name, says, __LINE__);
    base_findings_free(&findings);
    int registry_fd = open_below("assets/.prometeu");
    CHECK(!service_edit_exists(registry_fd));
    (void)close(registry_fd);
    REQUIRE(rmdir(unit_path(name)) == 0);
    check_nothing_staged();
    CHECK(add_both(NULL, &findings) == SERVICE_APPLY_COMPLETE);
    base_findings_free(&findings);
}

UNIT_TEST(a_directory_in_place_of_the_staged_registry_leaves_nothing_behind)
{
    check_blocked(STAGED_INDEX, "could not write the registry: .index.json.new is not a regular file");
}

UNIT_TEST(a_directory_in_place_of_the_staged_history_leaves_nothing_behind)
{
    check_blocked("assets/.prometeu/.history.jsonl.new",
                  "could not write the history: .history.jsonl.new is not a regular file");
}

UNIT_TEST(a_directory_in_place_of_the_journal_leaves_nothing_behind)
{
    check_blocked(JOURNAL, "could not write the registry: .prpack-edit is not a regular file");
}

UNIT_TEST(a_directory_in_place_of_the_committed_journal_leaves_nothing_behind)
{
    check_blocked(COMMIT, "could not write the registry: .prpack-edit-commit is not a regular file");
}

UNIT_TEST(one_asset_json_that_cannot_be_written_leaves_none)
{
    check_blocked("assets/b/.asset.json.new", "could not write the file: .asset.json.new is not a regular file");
}

UNIT_TEST(a_link_with_the_name_of_a_stage_stays)
{
    put_both();
    (void)put("outside", "not ours");
    REQUIRE(symlink("../../outside", unit_path("assets/b/.asset.json.new")) == 0);
    struct base_findings findings;
    CHECK(add_both(NULL, &findings) == SERVICE_APPLY_ABANDONED);
    check_abandoned(&findings, "environment-write", "assets/b/.asset.json.new", "is not a regular file", __LINE__);
    CHECK(exists("assets/b/.asset.json.new"));
    check_file("outside", "not ours");
    base_findings_free(&findings);
}

UNIT_TEST(a_cancelled_edit_leaves_nothing)
{
    put_both();
    static const char *const roots[] = {"a", "b"};
    struct base_task task = BASE_TASK_INIT;
    struct base_findings findings;
    struct workspace workspace;
    struct workspace_plan plan;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_plan_add(&workspace, roots, 2, &nothing_said, &plan, &findings));
    struct service_site site;
    REQUIRE(service_site_open(&site, &task, WORKSPACE_IN(unit_directory())) == 0);
    base_task_cancel(&task);
    CHECK(service_apply(&task, &site, &plan, NULL, &findings) == SERVICE_APPLY_ABANDONED);
    CHECK_U64(findings.count, 0);
    CHECK(!exists("assets/a/asset.json") && !exists("assets/b/asset.json"));
    check_nothing_staged();
    service_site_close(&site);
    workspace_plan_free(&plan);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

/* ---- Interrupted edits ---- */

static const char new_index[] = "{'schema_version':1,'next_asset_id':3,'assets':["
                                "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'a','included_in_build':true},"
                                "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'b','included_in_build':true}]}";

static const char leaving_index[] = "{'schema_version':1,'next_asset_id':4,'assets':["
                                    "{'asset_id':3,'asset_uuid':'" UUID_2 "','root':'c','included_in_build':true}]}";

/* An edit that was committed and then interrupted. */
static void put_committed(const char *lines)
{
    put_both();
    (void)put(STAGED_INDEX, new_index);
    (void)put("assets/a/.asset.json.new", "{'new':'a'}");
    (void)put("assets/b/.asset.json.new", "{'new':'b'}");
    put_journal(COMMIT, 3, lines, 4);
}

static void check_old(void)
{
    check_file(INDEX, "{'schema_version':1,'next_asset_id':1,'assets':[]}");
}

static void check_completed(void)
{
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign);
    check_file("assets/a/asset.json", "{'new':'a'}");
    check_file("assets/b/asset.json", "{'new':'b'}");
    check_file(INDEX, new_index);
    check_nothing_staged();
}

UNIT_TEST(a_committed_edit_is_completed)
{
    put_committed("1\n2\n");
    check_completed();
}

UNIT_TEST(an_edit_of_an_earlier_version_is_completed)
{
    put_committed("1\n2\n");
    put_journal(COMMIT, 2, "1\n2\n", 4);
    check_completed();
}

UNIT_TEST(an_edit_that_is_half_in_place_is_completed)
{
    put_committed("1\n2\n");
    REQUIRE(rename(unit_path("assets/a/.asset.json.new"), unit_path("assets/a/asset.json")) == 0);
    REQUIRE(rename(unit_path(STAGED_INDEX), unit_path(INDEX)) == 0);
    check_completed();
}

UNIT_TEST(an_edit_that_was_not_committed_is_undone)
{
    put_committed("1\n2\n");
    REQUIRE(rename(unit_path(COMMIT), unit_path(JOURNAL)) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && !exists("assets/a/asset.json") && !exists("assets/b/asset.json"));
    check_old();
    check_nothing_staged();
}

UNIT_TEST(what_cannot_be_staged_holds_no_undoing_up)
{
    char lines[2 * 252 + 16];
    (void)snprintf(lines, sizeof lines, "1 - %0504d\n2\n", 0); /* 252 bytes in hexadecimal digits */
    for (char *digit = lines + 4; *digit == '0'; digit++) {
        *digit = '6';
    }
    put_committed(lines);
    REQUIRE(rename(unit_path(COMMIT), unit_path(JOURNAL)) == 0);
    REQUIRE(unlink(unit_path("assets/b/.asset.json.new")) == 0);
    REQUIRE(mkdir(unit_path("assets/b/.asset.json.new"), 0777) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && !exists(JOURNAL) && !exists(STAGED_INDEX) && exists("assets/b/.asset.json.new"));
    check_old();
}

UNIT_TEST(no_directory_is_moved_over_an_asset_json)
{
    put_committed("1\n2\n");
    REQUIRE(unlink(unit_path("assets/b/.asset.json.new")) == 0);
    REQUIRE(mkdir(unit_path("assets/b/.asset.json.new"), 0777) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/a/asset.json", "{'new':'a'}");
    CHECK(!exists("assets/b/asset.json"));
    check_file(INDEX, new_index);
}

UNIT_TEST(a_journal_that_is_cut_is_worth_nothing)
{
    put_committed("1\n2\n");
    char *text = get(COMMIT);
    unit_write_file(JOURNAL, text, strlen(text) - 1);
    free(text);
    REQUIRE(unlink(unit_path(COMMIT)) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && !exists(JOURNAL) && !exists(STAGED_INDEX) && !exists("assets/a/asset.json"));
    check_old();
}

UNIT_TEST(what_another_program_wrote_meanwhile_stays)
{
    put_committed("1\n2\n");
    (void)put("assets/a/asset.json", "{'mine':1}");
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/a/asset.json", "{'mine':1}");
    check_file("assets/b/asset.json", "{'new':'b'}");
    check_nothing_staged();
}

UNIT_TEST(only_the_asset_json_that_was_read_is_replaced)
{
    char lines[128];
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_bytes_of_string("{\"old\":1}")), hex);
    (void)snprintf(lines, sizeof lines, "1 %s\n2 %s\n", hex, hex);
    put_committed(lines);
    (void)put("assets/a/asset.json", "{'old':1}");
    (void)put("assets/b/asset.json", "{'old':2}");
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/a/asset.json", "{'new':'a'}");
    check_file("assets/b/asset.json", "{'old':2}");
    check_file(INDEX, new_index);
    check_nothing_staged();
}

/* ---- Files that an edit deletes ---- */

/* An edit that deletes the asset.json of a and the palette b/x.pal if they are as they were read. */
static void put_deleting(const char *name)
{
    char lines[160];
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_bytes_of_string("{\"old\":1}")), hex);
    (void)snprintf(lines, sizeof lines, "delete 1 %s\ndelete 2 %s 782e70616c\n", hex, hex); /* x.pal */
    put_both();
    (void)put(STAGED_INDEX, new_index);
    (void)put("assets/a/asset.json", "{'old':1}");
    (void)put("assets/b/asset.json", "{'old':1}");
    (void)put("assets/b/x.pal", "{'old':1}");
    put_journal(name, 3, lines, 4);
}

static void settle_deleting(void)
{
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && !exists(STAGED_INDEX) && !exists(JOURNAL) && !exists(COMMIT));
    check_file("assets/b/asset.json", "{'old':1}");
}

UNIT_TEST(a_committed_edit_deletes_what_was_read)
{
    put_deleting(COMMIT);
    settle_deleting();
    CHECK(!exists("assets/a/asset.json") && !exists("assets/b/x.pal"));
    check_file(INDEX, new_index);
}

UNIT_TEST(a_committed_edit_that_has_deleted_a_file_goes_on)
{
    put_deleting(COMMIT);
    REQUIRE(unlink(unit_path("assets/a/asset.json")) == 0);
    settle_deleting();
    CHECK(!exists("assets/a/asset.json") && !exists("assets/b/x.pal"));
    check_file(INDEX, new_index);
}

UNIT_TEST(what_was_changed_meanwhile_is_not_deleted)
{
    put_deleting(COMMIT);
    (void)put("assets/a/asset.json", "{'old':2}");
    REQUIRE(unlink(unit_path("assets/b/x.pal")) == 0 && mkdir(unit_path("assets/b/x.pal"), 0777) == 0);
    settle_deleting();
    check_file("assets/a/asset.json", "{'old':2}");
    CHECK(exists("assets/b/x.pal"));
    check_file(INDEX, new_index);
}

UNIT_TEST(an_edit_that_was_not_committed_deletes_nothing)
{
    put_deleting(JOURNAL);
    settle_deleting();
    check_file("assets/a/asset.json", "{'old':1}");
    check_file("assets/b/x.pal", "{'old':1}");
    check_old();
}

UNIT_TEST(a_root_that_is_gone_holds_nothing_up)
{
    put_committed("1\n2\n");
    REQUIRE(rename(unit_path("assets/a"), unit_path("elsewhere")) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/b/asset.json", "{'new':'b'}");
    check_file(INDEX, new_index);
}

/* The asset 3 goes out of the registry, and its asset.json is replaced. */
static void put_leaving(const char *name)
{
    char line[64];
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_bytes_of_string("{\"old\":3}")), hex);
    (void)snprintf(line, sizeof line, "3 %s\n", hex);
    put_committed(line);
    (void)put(INDEX, leaving_index);
    (void)put("assets/c/asset.json", "{'old':3}");
    (void)put("assets/c/.asset.json.new", "{'new':3}");
    REQUIRE(unlink(unit_path(COMMIT)) == 0);
    put_journal(name, 3, line, 4);
}

UNIT_TEST(an_asset_that_goes_out_of_the_registry_is_where_the_old_one_says)
{
    bool foreign;
    put_leaving(COMMIT);
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/c/asset.json", "{'new':3}");
    check_file(INDEX, new_index);
    CHECK(!exists("assets/c/.asset.json.new"));

    put_leaving(JOURNAL);
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/c/asset.json", "{'old':3}");
    check_file(INDEX, leaving_index);
    CHECK(!exists("assets/c/.asset.json.new"));
}

UNIT_TEST(an_old_registry_that_is_not_one_holds_nothing_up)
{
    bool foreign;
    put_leaving(COMMIT);
    (void)put(INDEX, "no registry");
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign);
    check_file("assets/c/asset.json", "{'old':3}");
    check_file(INDEX, new_index);
}

static void check_foreign(void)
{
    bool foreign = false;
    CHECK_U64(settle(&foreign), 0);
    CHECK(foreign && !exists("assets/a/asset.json") && !exists("assets/b/asset.json"));
    CHECK(exists(STAGED_INDEX));
    check_old();
}

UNIT_TEST(an_edit_that_was_not_made_here_is_left_alone)
{
    put_committed("1\n2\n");
    for (unsigned other = 0; other < 4; other++) {
        put_journal(COMMIT, 3, "1\n2\n", other);
        check_foreign();
    }
    REQUIRE(unlink(unit_path(COMMIT)) == 0);
    put_journal(JOURNAL, 3, "1\n2\n", 1);
    check_foreign();
    CHECK(exists("assets/a/.asset.json.new"));
    REQUIRE(unlink(unit_path(JOURNAL)) == 0);
    /* Another registry than the one that was staged. */
    put_journal(COMMIT, 3, "1\n2\n", 4);
    REQUIRE(rename(unit_path(STAGED_INDEX), unit_path("kept")) == 0);
    (void)put(STAGED_INDEX, new_index);
    check_foreign();
}

UNIT_TEST(a_committed_journal_that_is_not_one_is_left_alone)
{
    static const char *const wrong[] = {"x\n",
                                        "0\n",
                                        "1",
                                        "1 \n",
                                        "1 00\n",
                                        "2147483648\n",
                                        "1\n\n",
                                        "1 2\n",
                                        "-1\n",
                                        "delete 1\n",
                                        "delete 1 - 782e70616c\n",
                                        "delete\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        put_committed(wrong[i]);
        check_foreign();
    }
    put_committed("1\n2\n");
    char *text = get(COMMIT);
    text[strlen(text) - 2] ^= 1;
    unit_write_file(COMMIT, text, strlen(text));
    free(text);
    check_foreign();
    REQUIRE(unlink(unit_path(COMMIT)) == 0 && symlink("../../outside", unit_path(COMMIT)) == 0);
    put_journal("outside", 3, "1\n2\n", 4);
    check_foreign();
}

UNIT_TEST(a_registry_that_is_not_one_moves_nothing)
{
    put_committed("1\n2\n");
    (void)put(STAGED_INDEX, "{'schema_version':1,'next_asset_id':3,'assets':["
                            "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'../a','included_in_build':true}]}");
    check_foreign();
}

UNIT_TEST(no_link_is_followed_to_a_root)
{
    put_committed("1\n2\n");
    REQUIRE(rename(unit_path("assets/a"), unit_path("outside")) == 0);
    REQUIRE(symlink("../outside", unit_path("assets/a")) == 0);
    REQUIRE(rename(unit_path("assets/b"), unit_path("assets/real")) == 0);
    REQUIRE(symlink("real", unit_path("assets/b")) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && !exists("outside/asset.json") && !exists("assets/real/asset.json"));
    CHECK(exists("outside/.asset.json.new") && exists("assets/real/.asset.json.new"));
}

UNIT_TEST(ids_that_the_registry_does_not_have_are_passed_over)
{
    put_committed("2\n77\n");
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    check_file("assets/b/asset.json", "{'new':'b'}");
    CHECK(!exists("assets/a/asset.json"));
}
