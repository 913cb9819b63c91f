/* Paths as text. */
#include "base/path.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

/* What a function appends to a path that begins as `begin`. */
static void check_added(void (*add)(struct base_text *, const char *), const char *begin, const char *added,
                        const char *expected)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add_string(&path, begin);
    add(&path, added);
    CHECK_STRING(base_text_string(&path), expected);
    base_text_free(&path);
}

UNIT_TEST(a_component_follows_one_slash)
{
    check_added(base_path_add, "", "a", "a");
    check_added(base_path_add, "d", "a", "d/a");
    check_added(base_path_add, "d/", "a", "d/a");
    check_added(base_path_add, "/", "a", "/a");
    check_added(base_path_add, "d", "a/b", "d/a/b");
    check_added(base_path_add, "d", "", "d/");
    check_added(base_path_add, "", "", "");
}

UNIT_TEST(a_directory_begins_as_a_user_types_it)
{
    check_added(base_path_add_directory, "", "d", "d");
    check_added(base_path_add_directory, "", "d//", "d");
    check_added(base_path_add_directory, "", "a//b/", "a//b");
    check_added(base_path_add_directory, "", "/", "/");
    check_added(base_path_add_directory, "", "//", "/");
    check_added(base_path_add_directory, "", "..", "..");
    check_added(base_path_add_directory, "", ".", "");
    check_added(base_path_add_directory, "", "./", "");
    check_added(base_path_add_directory, "", "", "");
    check_added(base_path_add_directory, "", NULL, "");
}

UNIT_TEST(a_plain_path_has_no_needless_slash)
{
    check_added(base_path_add_plain, "", "a//b///", "a/b");
    check_added(base_path_add_plain, "", "//a", "/a");
    check_added(base_path_add_plain, "", "/", "/");
    check_added(base_path_add_plain, "", "///", "/");
    check_added(base_path_add_plain, "w/", "a//b/", "w/a/b");
    check_added(base_path_add_plain, "", "", "");
}

UNIT_TEST(join_needs_no_directory)
{
    static const char *const rows[][3] = {
        {"d", "n", "d/n"}, {"d/", "n", "d/n"}, {"/", "n", "/n"}, {"", "n", "n"}, {NULL, "n", "n"}, {".", "n", "./n"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char *path = base_path_join(rows[i][0], rows[i][1]);
        CHECK_STRING(path, rows[i][2]);
        free(path);
    }
    memory_fault_after(0);
    CHECK(base_path_join("d", "n") == NULL);
    (void)memory_fault_off();
}

UNIT_TEST(the_name_is_what_follows_the_last_slash)
{
    CHECK_STRING(base_path_name("a"), "a");
    CHECK_STRING(base_path_name("a/b"), "b");
    CHECK_STRING(base_path_name("/a/b.c"), "b.c");
    CHECK_STRING(base_path_name("a/"), "");
    CHECK_STRING(base_path_name(""), "");
}
