/* Moves in a plan that is carried out, and in edits that were interrupted. */
#include "base/hex.h"
#include "service/transaction/apply.h"
#include "service/transaction/edit_settle.h"
#include "tests/service/interrupted.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"

static const char old_index[] = "{'schema_version':1,'next_asset_id':1,'assets':[]}";
static const char new_index[] =
    "{'schema_version':1,'next_asset_id':3,'assets':["
    "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'sfx/jump','included_in_build':true},"
    "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'far/away/cave','included_in_build':true}"
    "]}";

/* A sound and a directory. */
static void put_sources(void)
{
    (void)put(INDEX, old_index);
    (void)put("assets/sfx/jump.wav", "a sound");
    (void)put("assets/cave/data.bin", "a cave");
}

static void check_nothing_staged(void)
{
    CHECK(!exists(STAGED_INDEX) && !exists(JOURNAL) && !exists(COMMIT));
    CHECK(!exists("assets/sfx/jump/.asset.json.new"));
}

/* Nothing is done, and nothing is left of it. */
static void check_old(void)
{
    check_file(INDEX, old_index);
    check_nothing_staged();
    CHECK(!exists("assets/far"));
}

static void check_sources(void)
{
    check_file("assets/sfx/jump.wav", "a sound");
    check_file("assets/cave/data.bin", "a cave");
    CHECK(!exists("assets/sfx/jump"));
}

/* ---- Plans ---- */

static void add_move(struct workspace_plan *plan, int32_t asset_id, const char *from, const char *to, bool directory)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    REQUIRE(step != NULL);
    *step = (struct workspace_step){
        .action = WORKSPACE_ACTION_MOVE,
        .asset_id = asset_id,
        .source = strdup(from),
        .target = strdup(to),
        .moves_directory = directory,
        .reason = "test",
    };
    REQUIRE(step->source != NULL && step->target != NULL);
    plan->step_count++;
}

static void add_file(struct workspace_plan *plan, int32_t asset_id, const char *target, size_t path_at,
                     const char *document)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    REQUIRE(step != NULL);
    int64_t mark;
    char *text = spell(document, &mark);
    *step =
        (struct workspace_step){.asset_id = asset_id, .target = strdup(target), .path_at = path_at, .reason = "test"};
    REQUIRE(step->target != NULL);
    base_text_add_string(&step->content, text);
    free(text);
    plan->step_count++;
}

/* Carries a plan out, and frees it. */
static enum service_apply_end carry_out(struct workspace_plan *plan, struct base_findings *findings)
{
    struct service_site site;
    add_file(plan, 0, WORKSPACE_REGISTRY_PATH, 0, new_index);
    base_findings_init(findings);
    REQUIRE(service_site_open(&site, NULL, WORKSPACE_IN(unit_directory())) == 0);
    enum service_apply_end end = service_apply(NULL, &site, plan, NULL, findings);
    service_site_close(&site);
    workspace_plan_free(plan);
    return end;
}

static struct workspace_plan both(void)
{
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    add_move(&plan, 1, "sfx/jump.wav", "sfx/jump/jump.wav", false);
    add_file(&plan, 1, "sfx/jump/asset.json", strlen("sfx/jump/"), "{'new':1}");
    add_move(&plan, 2, "cave", "far/away/cave", true);
    return plan;
}

static void check_new(void)
{
    check_file("assets/sfx/jump/jump.wav", "a sound");
    check_file("assets/sfx/jump/asset.json", "{'new':1}");
    check_file("assets/far/away/cave/data.bin", "a cave");
    check_file(INDEX, new_index);
    CHECK(!exists("assets/sfx/jump.wav") && !exists("assets/cave"));
    check_nothing_staged();
}

UNIT_TEST(files_and_directories_are_moved)
{
    put_sources();
    struct stat before;
    struct stat after;
    REQUIRE(stat(unit_path("assets/sfx/jump.wav"), &before) == 0);
    struct workspace_plan plan = both();
    struct base_findings findings;
    CHECK(carry_out(&plan, &findings) == SERVICE_APPLY_COMPLETE);
    CHECK_U64(findings.count, 0);
    check_new();
    REQUIRE(stat(unit_path("assets/sfx/jump/jump.wav"), &after) == 0);
    CHECK(before.st_ino == after.st_ino && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    base_findings_free(&findings);
}

/* The plan of `both` is abandoned, with this at `file`, and all is as it was. */
static void check_abandoned(const char *file, const char *says, unsigned line)
{
    struct workspace_plan plan = both();
    struct base_findings findings;
    CHECK(carry_out(&plan, &findings) == SERVICE_APPLY_ABANDONED);
    check_only(&findings, "environment-write", file, -1, NULL, line);
    check_says(&findings, 0, says, line);
    check_old();
    base_findings_free(&findings);
}

UNIT_TEST(nothing_is_moved_over_what_is_there)
{
    put_sources();
    (void)put("assets/sfx/jump/jump.wav", "mine");
    check_abandoned("assets/sfx/jump.wav", "could not move the file: File exists", __LINE__);
    check_file("assets/sfx/jump/jump.wav", "mine");
    check_file("assets/sfx/jump.wav", "a sound");
    REQUIRE(unlink(unit_path("assets/sfx/jump/jump.wav")) == 0);
    REQUIRE(mkdir(unit_path("assets/far"), 0777) == 0 && mkdir(unit_path("assets/far/away"), 0777) == 0);
    REQUIRE(symlink("nowhere", unit_path("assets/far/away/cave")) == 0);
    struct workspace_plan plan = both();
    struct base_findings findings;
    CHECK(carry_out(&plan, &findings) == SERVICE_APPLY_ABANDONED);
    CHECK_ONLY(&findings, "environment-write", "assets/cave", -1, NULL);
    CHECK_SAYS(&findings, 0, "could not move the directory: File exists");
    /* The directory that was there before stays, empty as it is. */
    CHECK(exists("assets/sfx/jump") && exists("assets/cave/data.bin"));
    base_findings_free(&findings);
}

UNIT_TEST(what_is_not_what_was_to_be_moved_is_not_moved)
{
    put_sources();
    REQUIRE(rename(unit_path("assets/sfx/jump.wav"), unit_path("kept")) == 0);
    check_abandoned("assets/sfx/jump.wav", "No such file", __LINE__);
    REQUIRE(symlink("../../kept", unit_path("assets/sfx/jump.wav")) == 0);
    check_abandoned("assets/sfx/jump.wav", "Not a regular file", __LINE__);
    REQUIRE(unlink(unit_path("assets/sfx/jump.wav")) == 0);
    REQUIRE(mkdir(unit_path("assets/sfx/jump.wav"), 0777) == 0);
    check_abandoned("assets/sfx/jump.wav", "Not a regular file", __LINE__);
    REQUIRE(rmdir(unit_path("assets/sfx/jump.wav")) == 0);
    REQUIRE(rename(unit_path("kept"), unit_path("assets/sfx/jump.wav")) == 0);
    REQUIRE(rename(unit_path("assets/cave"), unit_path("kept")) == 0);
    (void)put("assets/cave", "a file");
    check_abandoned("assets/cave", "could not move the directory: Not a directory", __LINE__);
    CHECK(!exists("assets/sfx/jump"));
}

UNIT_TEST(no_link_is_followed_to_either_end)
{
    put_sources();
    REQUIRE(rename(unit_path("assets/sfx"), unit_path("assets/real")) == 0);
    REQUIRE(symlink("real", unit_path("assets/sfx")) == 0);
    check_abandoned("assets/sfx/jump.wav", "leaves its root", __LINE__);
    CHECK(exists("assets/real/jump.wav") && !exists("assets/real/jump"));
}

UNIT_TEST(nothing_is_moved_into_itself)
{
    put_sources();
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    struct base_findings findings;
    add_move(&plan, 2, "cave", "cave/deeper/cave", true);
    CHECK(carry_out(&plan, &findings) == SERVICE_APPLY_ABANDONED);
    CHECK_ONLY(&findings, "environment-write", "assets/cave", -1, NULL);
    CHECK(!exists("assets/cave/deeper"));
    check_old();
    check_sources();
    base_findings_free(&findings);
}

UNIT_TEST(a_file_that_cannot_be_staged_leaves_no_directory)
{
    put_sources();
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    struct base_findings findings;
    add_move(&plan, 1, "sfx/jump.wav", "sfx/jump/jump.wav", false);
    add_file(&plan, 2, "far/away/cave/asset.json", strlen("far/away/cave/"), "{}"); /* the root is not there */
    CHECK(carry_out(&plan, &findings) == SERVICE_APPLY_ABANDONED);
    CHECK_ONLY(&findings, "environment-write", "assets/far/away/cave/asset.json", -1, NULL);
    check_old();
    check_sources();
    base_findings_free(&findings);
}

/* ---- Interrupted edits ---- */

/* A line of a journal: its words, where a '<' begins a path that is written in hexadecimal digits and ends with '>'. */
static void add_lines(struct base_text *text, const char *lines)
{
    bool inside = false;
    for (const char *at = lines; *at != '\0'; at++) {
        if (*at == '<' || *at == '>') {
            inside = *at == '<';
        } else if (inside) {
            base_text_add_char(text, base_hex_digit((unsigned char)*at >> 4U));
            base_text_add_char(text, base_hex_digit((unsigned char)*at));
        } else {
            base_text_add_char(text, *at);
        }
    }
}

static void put_lines(const char *name, unsigned version, const char *lines, unsigned other)
{
    struct base_text text = BASE_TEXT_EMPTY;
    add_lines(&text, lines);
    put_journal(name, version, base_text_string(&text), other);
    base_text_free(&text);
}

static const char lines_of_both[] = "way 3 <sfx/jump>\nfile <sfx/jump.wav> <sfx/jump/jump.wav>\n1\n"
                                    "way 0 <far/away>\ndirectory <cave> <far/away/cave>\n";

/* The plan of `both`, staged; under this name its journal. */
static void put_staged(const char *name)
{
    put_sources();
    (void)put(STAGED_INDEX, new_index);
    (void)put("assets/sfx/jump/.asset.json.new", "{'new':1}");
    REQUIRE(mkdir(unit_path("assets/far"), 0777) == 0 && mkdir(unit_path("assets/far/away"), 0777) == 0);
    put_lines(name, 3, lines_of_both, 4);
}

static void settle_well(void)
{
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign);
    check_nothing_staged();
}

UNIT_TEST(committed_moves_are_completed)
{
    put_staged(COMMIT);
    settle_well();
    check_new();
}

UNIT_TEST(moves_that_are_half_done_are_completed)
{
    put_staged(COMMIT);
    REQUIRE(rename(unit_path("assets/sfx/jump.wav"), unit_path("assets/sfx/jump/jump.wav")) == 0);
    settle_well();
    check_new();
}

UNIT_TEST(moves_that_were_not_committed_are_undone)
{
    put_staged(JOURNAL);
    settle_well();
    check_old();
    check_sources();
}

UNIT_TEST(directories_that_an_undone_edit_made_stay_when_they_are_not_empty)
{
    put_staged(JOURNAL);
    (void)put("assets/far/mine.txt", "mine");
    (void)put("assets/sfx/jump/mine.txt", "mine");
    settle_well();
    check_file(INDEX, old_index);
    check_file("assets/far/mine.txt", "mine");
    check_file("assets/sfx/jump/mine.txt", "mine");
    CHECK(!exists("assets/far/away"));
}

UNIT_TEST(what_was_put_at_a_target_meanwhile_stays_and_so_does_the_source)
{
    put_staged(COMMIT);
    (void)put("assets/sfx/jump/jump.wav", "mine");
    (void)put("assets/far/away/cave/mine.bin", "mine");
    settle_well();
    check_file("assets/sfx/jump/jump.wav", "mine");
    check_file("assets/sfx/jump.wav", "a sound");
    check_file("assets/far/away/cave/mine.bin", "mine");
    check_file("assets/cave/data.bin", "a cave");
    check_file(INDEX, new_index);
}

UNIT_TEST(an_empty_directory_at_a_target_is_not_replaced)
{
    put_staged(COMMIT);
    REQUIRE(mkdir(unit_path("assets/far/away/cave"), 0777) == 0);
    settle_well();
    check_file("assets/cave/data.bin", "a cave");
    CHECK(!exists("assets/far/away/cave/data.bin"));
}

UNIT_TEST(a_source_that_is_gone_holds_nothing_up)
{
    put_staged(COMMIT);
    REQUIRE(rename(unit_path("assets/sfx/jump.wav"), unit_path("kept")) == 0);
    REQUIRE(rename(unit_path("assets/cave"), unit_path("cave")) == 0);
    settle_well();
    check_file("assets/sfx/jump/asset.json", "{'new':1}");
    check_file(INDEX, new_index);
    check_file("kept", "a sound");
    CHECK(!exists("assets/sfx/jump/jump.wav") && !exists("assets/far/away/cave"));
}

UNIT_TEST(a_source_of_another_kind_is_passed_over)
{
    put_staged(COMMIT);
    REQUIRE(rename(unit_path("assets/sfx/jump.wav"), unit_path("kept")) == 0);
    REQUIRE(symlink("../../kept", unit_path("assets/sfx/jump.wav")) == 0);
    REQUIRE(rename(unit_path("assets/cave"), unit_path("cave")) == 0);
    (void)put("assets/cave", "a file");
    settle_well();
    CHECK(exists("assets/sfx/jump.wav") && !exists("assets/sfx/jump/jump.wav"));
    check_file("assets/cave", "a file");
    CHECK(!exists("assets/far/away/cave"));
}

UNIT_TEST(a_file_that_was_saved_meanwhile_is_moved_as_it_is_now)
{
    put_staged(COMMIT);
    (void)put("assets/sfx/.jump.wav~", "a better sound");
    REQUIRE(rename(unit_path("assets/sfx/.jump.wav~"), unit_path("assets/sfx/jump.wav")) == 0);
    settle_well();
    check_file("assets/sfx/jump/jump.wav", "a better sound");
}

UNIT_TEST(a_target_directory_that_is_gone_or_a_link_is_passed_over)
{
    put_staged(COMMIT);
    REQUIRE(rmdir(unit_path("assets/far/away")) == 0);
    REQUIRE(rename(unit_path("assets/sfx/jump"), unit_path("outside")) == 0);
    REQUIRE(symlink("../../outside", unit_path("assets/sfx/jump")) == 0);
    bool foreign;
    CHECK_U64(settle(&foreign), 0);
    CHECK(!foreign && exists("outside/.asset.json.new"));
    check_file("assets/cave/data.bin", "a cave");
    check_file("assets/sfx/jump.wav", "a sound");
    check_file(INDEX, new_index);
    CHECK(!exists("outside/jump.wav") && !exists("outside/asset.json"));
}

UNIT_TEST(nothing_is_registered_before_its_files_are_moved)
{
    /* The kernel has no room for the name, so the move fails, and all that comes after it waits. */
    char lines[512];
    put_staged(COMMIT);
    (void)snprintf(lines, sizeof lines, "file <sfx/jump.wav> <sfx/jump/%0*d>\n1\n", 300, 0);
    put_lines(COMMIT, 3, lines, 4);
    bool foreign = false;
    CHECK_U64(settle(&foreign), ENAMETOOLONG);
    CHECK(!foreign && !exists("assets/sfx/jump/asset.json") && exists("assets/sfx/jump/.asset.json.new"));
    check_file(INDEX, old_index);
    CHECK(exists(COMMIT));
}

/* The committed edit with these lines moves nothing. */
static void check_foreign(unsigned version, const char *lines, unsigned other)
{
    put_lines(COMMIT, version, lines, other);
    bool foreign = false;
    CHECK_U64(settle(&foreign), 0);
    CHECK(foreign);
    CHECK(exists("assets/sfx/jump.wav") && exists("assets/cave/data.bin") && exists(STAGED_INDEX));
    CHECK(!exists("assets/sfx/jump/jump.wav") && !exists("assets/far/away/cave"));
    check_file(INDEX, old_index);
}

UNIT_TEST(moves_that_were_not_planned_here_are_not_carried_out)
{
    put_staged(COMMIT);
    for (unsigned other = 0; other < 4; other++) {
        check_foreign(3, lines_of_both, other);
    }
    REQUIRE(unlink(unit_path(COMMIT)) == 0);
    put_lines(JOURNAL, 3, lines_of_both, 1);
    bool foreign = false;
    CHECK_U64(settle(&foreign), 0);
    CHECK(foreign && exists("assets/far/away") && exists("assets/sfx/jump/.asset.json.new"));
}

UNIT_TEST(a_registry_that_is_not_one_carries_no_move_out)
{
    put_staged(COMMIT);
    (void)put(STAGED_INDEX, "{");
    check_foreign(3, "file <sfx/jump.wav> <sfx/jump/jump.wav>\n", 4);
}

UNIT_TEST(a_journal_with_a_wrong_move_is_not_one)
{
    static const char *const wrong[] = {
        "file <../a> <b>\n",
        "file </a> <b>\n",
        "file <a> <b/../c>\n",
        "file <a> <b/>\n",
        "file <a> <.prometeu/index.json>\n",
        "directory <.prometeu> <b>\n",
        "directory <a> <a/b>\n",
        "file <a> <a>\n",
        "file <a>\n",
        "file <a> <b> <c>\n",
        "file <a>  <b>\n",
        "file a <b>\n",
        "file\n",
        "files <a> <b>\n",
        "directory  <a> <b>\n",
        "way <a>\n",
        "way 1 <a>\n",
        "way 1 <ab>\n",
        "way 0 <.prometeu/a>\n",
        "way 2147483648 <a>\n",
        "way -1 <a>\n",
        "way 0\n",
        "way 0 <.prometeu/quarantine/0001/files>\n",
        "record <cave/record.json>\n",
        "record <.prometeu/quarantine/0001/files>\n",
        "record <.prometeu/quarantine/0000/record.json>\n",
        "record <.prometeu/quarantine/1000000000000/record.json>\n",
        "record <.prometeu/quarantine/0001/../0002/record.json>\n",
        "drop <.prometeu/quarantine/x/record.json>\n",
        "drop <.prometeu/record.json>\n",
        "drop <.prometeu/index.json>\n",
        "drop\n",
        "directory <.prometeu/quarantine/0001> <b>\n",
        "directory <.prometeu/quarantine/0001/files> <.prometeu/quarantine/0002/files>\n",
        "directory <cave> <.prometeu/quarantine/0001/other>\n",
        "copy <cave> <b>\n",
        "copy <.prometeu/quarantine/0001/files> <.prometeu/quarantine/0002/files>\n",
    };
    put_staged(COMMIT);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_foreign(3, wrong[i], 4);
    }
    check_foreign(2, lines_of_both, 4);
}

/* ---- Folders of the quarantine ---- */

#define FOLDER "assets/.prometeu/quarantine/0007"

static void put_folder(const char *journal, const char *lines)
{
    put_sources();
    (void)put(STAGED_INDEX, new_index);
    (void)put(FOLDER "/record.json", "a record");
    put_lines(journal, 3, lines, 4);
}

UNIT_TEST(a_folder_that_is_not_empty_is_not_dropped)
{
    static const char lines[] = "drop <.prometeu/quarantine/0007/record.json>\n";
    put_folder(COMMIT, lines);
    (void)put(FOLDER "/files/data.bin", "precious");
    settle_well();
    check_file(FOLDER "/record.json", "a record");
    check_file(FOLDER "/files/data.bin", "precious");

    put_folder(COMMIT, lines);
    REQUIRE(rename(unit_path(FOLDER "/files"), unit_path("kept")) == 0);
    (void)put(FOLDER "/mine.txt", "mine");
    settle_well();
    CHECK(!exists(FOLDER "/record.json"));
    check_file(FOLDER "/mine.txt", "mine");
}

UNIT_TEST(no_link_is_followed_to_a_record)
{
    static const char *const journals[] = {JOURNAL, COMMIT};
    static const char *const lines[] = {"record <.prometeu/quarantine/0007/record.json>\n",
                                        "drop <.prometeu/quarantine/0007/record.json>\n"};
    (void)put("outside/record.json", "precious");
    for (size_t i = 0; i < 2; i++) {
        put_folder(journals[i], lines[i]);
        REQUIRE(rename(unit_path(FOLDER), unit_path(i == 0 ? "first" : "second")) == 0);
        REQUIRE(symlink("../../../outside", unit_path(FOLDER)) == 0);
        settle_well();
        check_file("outside/record.json", "precious");
        REQUIRE(unlink(unit_path(FOLDER)) == 0);
    }
}

UNIT_TEST(a_record_that_was_not_committed_is_deleted_with_its_folder)
{
    put_folder(JOURNAL, "way 9 <.prometeu/quarantine/0007>\nrecord <.prometeu/quarantine/0007/record.json>\n");
    settle_well();
    CHECK(!exists("assets/.prometeu/quarantine"));
    check_old();
    check_sources();
}

/* ---- Copies ---- */

static const char copy_lines[] = "copy <cave> <.prometeu/quarantine/0007/files>\n";

UNIT_TEST(a_copy_that_was_not_committed_is_deleted)
{
    put_folder(JOURNAL, copy_lines);
    (void)put(FOLDER "/.files.new/deep/data.bin", "half of it");
    settle_well();
    CHECK(!exists(FOLDER "/.files.new"));
    check_file(FOLDER "/record.json", "a record");
    check_sources();
}

UNIT_TEST(a_copy_that_was_committed_takes_the_place_of_what_is_equal)
{
    put_folder(COMMIT, copy_lines);
    (void)put("assets/cave/later.bin", "later");
    (void)put("assets/cave/changed.bin", "changed");
    (void)put(FOLDER "/.files.new/data.bin", "a cave");
    (void)put(FOLDER "/.files.new/changed.bin", "old");
    settle_well();
    check_file(FOLDER "/files/data.bin", "a cave");
    check_file(FOLDER "/files/changed.bin", "old");
    CHECK(!exists("assets/cave/data.bin") && !exists(FOLDER "/.files.new"));
    check_file("assets/cave/later.bin", "later");
    check_file("assets/cave/changed.bin", "changed");
}

UNIT_TEST(an_original_without_its_copy_stays)
{
    put_folder(COMMIT, copy_lines);
    settle_well();
    check_file("assets/cave/data.bin", "a cave");

    put_folder(COMMIT, copy_lines); /* something has the place of the copy */
    (void)put(FOLDER "/.files.new/data.bin", "a cave");
    (void)put(FOLDER "/files", "mine");
    settle_well();
    check_file("assets/cave/data.bin", "a cave");
    check_file(FOLDER "/files", "mine");
    CHECK(!exists(FOLDER "/.files.new"));
}

UNIT_TEST(no_link_is_followed_to_a_copy_or_an_original)
{
    put_folder(COMMIT, copy_lines);
    (void)put("outside/data.bin", "a cave");
    REQUIRE(symlink("../../../../outside", unit_path(FOLDER "/files")) == 0);
    settle_well();
    check_file("assets/cave/data.bin", "a cave");

    put_folder(JOURNAL, copy_lines);
    REQUIRE(symlink("../../../../outside", unit_path(FOLDER "/.files.new")) == 0);
    settle_well();
    check_file("outside/data.bin", "a cave");
}
