/* Which workspace a directory belongs to. Other users: tests/cli/test_where.py. */
#include "workspace/search.h"
#include "tests/workspace/fixture.h"

#include "base/task.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"

/* Searches from a directory below the test's, and compares the path that is found; NULL: nothing is. */
static void check_search(const char *from, bool above, const char *expected)
{
    struct base_text project = BASE_TEXT_EMPTY;
    enum workspace_search_end end = workspace_search(BASE_CURRENT_DIRECTORY, from, above, &project);
    CHECK(end == (expected != NULL ? WORKSPACE_SEARCH_FOUND : WORKSPACE_SEARCH_NOTHING));
    if (expected != NULL) {
        CHECK_STRING(base_text_string(&project), expected);
    }
    base_text_free(&project);
}

UNIT_TEST(the_nearest_workspace_is_found)
{
    (void)put(INDEX, "anything");
    (void)put("inner/" INDEX, "anything");
    unit_write_file("inner/a/b/x", "", 0);
    unit_write_file("outer/a/x", "", 0);
    go("inner/a/b");
    check_search(".", false, "../..");
    check_search("", true, "../..");
    check_search("../..", false, "../..");
    check_search("../..", true, "../../..");
    check_search("../", true, "../..");
    go("outer");
    check_search(".", false, "..");
    check_search("a", false, "a/../..");
    check_search("a/", true, "a/../..");
    check_search(unit_path("inner"), false, unit_path("inner"));
    go(".");
    check_search(".", false, "");
    go_back();
}

UNIT_TEST(what_is_not_there_yet_counts_as_far_as_it_is)
{
    (void)put("game/" INDEX, "anything");
    unit_write_file("game/a/x", "", 0);
    go("game");
    check_search("new", true, "");
    check_search("a/new/er/", true, "a/..");
    check_search("../game/new", false, "../game");
    check_search("a/x/new", false, NULL);
    go_back();
}

UNIT_TEST(what_stands_for_a_registry)
{
    unit_write_file("none/a/x", "", 0);
    unit_write_file("file/assets", "", 0);
    unit_write_file("dangling/assets/.prometeu/x", "", 0);
    unit_write_file("loop/x", "", 0);
    REQUIRE(symlink("nowhere", unit_path("dangling/" INDEX)) == 0 && symlink("assets", unit_path("loop/assets")) == 0);
    go(".");
    check_search("none/a", false, NULL);
    check_search("file", false, NULL);
    check_search("dangling", false, "dangling");
    struct base_text project = BASE_TEXT_EMPTY;
    CHECK(workspace_search(BASE_CURRENT_DIRECTORY, "loop", false, &project) == WORKSPACE_SEARCH_UNKNOWN);
    CHECK_STRING(base_text_string(&project), "loop");
    base_text_free(&project);
    go_back();
}
