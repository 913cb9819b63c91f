/* Which paths the patterns of assets/.prometeu/ignore leave out. */
#include "workspace/ignore.h"
#include "tests/lib/sample.h"

struct row {
    const char *patterns;
    const char *path; /* with a '/' at the end: a directory */
    bool ignored;
};

/* Whether a walk through the directories does not come to a path. */
static bool is_left_out(const struct workspace_ignore *ignore, char *path, bool is_directory)
{
    for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool left_out = workspace_ignores(ignore, path, true);
        *slash = '/';
        if (left_out) {
            return true;
        }
    }
    return workspace_ignores(ignore, path, is_directory);
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char path[256];
        size_t length = strlen(rows[i].path);
        bool is_directory = rows[i].path[length - 1] == '/';
        length -= is_directory;
        memcpy(path, rows[i].path, length);
        path[length] = '\0';
        struct base_bytes text = sample_copy(base_bytes_of_string(rows[i].patterns));
        struct workspace_ignore ignore;
        CHECK(workspace_ignore_parse(&ignore, text));
        CHECK_ROW(is_left_out(&ignore, path, is_directory), rows[i].ignored, rows[i].patterns);
        workspace_ignore_free(&ignore);
        sample_free(text);
    }
}

UNIT_TEST(lines_mean_what_git_takes_them_for)
{
    static const struct row rows[] = {
        {"", "a", false},
        {"\n\r\n# a\n#a\n", "a", false},
        {"\\#a", "#a", true},
        {"\\!a", "!a", true},
        {"a\r\n", "a", true},
        {"a  ", "a", true},
        {"a\\ ", "a ", true},
        {"a\\ ", "a", false},
        {"a\n!a", "a", false},
        {"!a\na", "a", true},
        {"a\n!a/b", "a/b", true}, /* what is in a directory that is left out cannot be taken in */
        {"a/*\n!a/b", "a/b", false},
        {"a/", "a", false},
        {"a/", "a/", true},
        {"a/", "x/a/b", true},
        {"/", "a", false},
        {"!", "!", false},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

UNIT_TEST(a_slash_ties_a_pattern_to_assets)
{
    static const struct row rows[] = {
        {"a", "x/y/a", true},    {"/a", "a", true},         {"/a", "x/a", false},       {"x/a", "x/a", true},
        {"x/a", "y/x/a", false}, {"x/a", "x/a/deep", true}, {"*.tmp", "x/y.tmp", true}, {"/*.tmp", "x/y.tmp", false},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

UNIT_TEST(wildcards_stay_in_their_component)
{
    static const struct row rows[] = {
        {"/x*z", "xyz", true},
        {"/x*z", "xz", true},
        {"/x*", "x/y", true}, /* the directory x */
        {"/a*c/d", "ab/c/d", false},
        {"/?/b", "a/b", true},
        {"/?b", "/b", false},
        {"a?c", "a/c", false},
        {"[ab]c", "bc", true},
        {"[!ab]c", "bc", false},
        {"[^ab]c", "cc", true},
        {"[a-c]", "b", true},
        {"[a-c]", "d", false},
        {"[]]", "]", true},
        {"[a", "[a", false},
        {"[\\]]", "]", true},
        {"[[:digit:]a]", "7", true},
        {"[[:digit:]a]", "a", true},
        {"[[:digit:]]", "x", false},
        {"[![:alpha:]]", "Q", false},
        {"[[:upper:][:punct:]]", "_", true},
        {"[[:upper:]]", "q", false},
        {"[[:space:]]", "\t", true},
        {"[![:nope:]]", "a", false},
        {"[[:digit]]", "t]", true},
        {"[[:xdigit:]-z]", "y", false},
        {"[[:xdigit:]-z]", "-", true},
        {"x[[:cntrl:]]", "x\x7f", true},
        {"[a-]", "-", true},
        {"x[/]y", "x/y", false},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"a\\", "a\\", false}, /* it escapes nothing */
        {"a\\", "a", false},
        {"a\\/", "a\\/", false},
        {"*\\", "a\\", false},
        {"a\\\\", "a\\", true},
        {"a**b", "axyb", true},
        {"/a**b", "ax/yb", false},
        {"*a*b*c", "xaybzc", true},
        {"*a*b*c", "xaybz", false},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

UNIT_TEST(two_stars_are_any_number_of_directories)
{
    static const struct row rows[] = {
        {"**/a", "a", true},
        {"**/a", "x/y/a", true},
        {"**/a/b", "x/a/b", true},
        {"**/a/b", "x/ab", false},
        {"a/**", "a/b", true},
        {"a/**", "a/b/c", true},
        {"a/**", "a/", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "a/xb", false},
        {"a/**/*.png", "a/b/c.png", true},
        {"a/**/b/**/c", "a/b/x/b/y/c", true},
        {"a/**/b/**/c", "a/x/c", false},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

/* A pattern that would take exponential time if each star could be tried again. */
UNIT_TEST(many_stars_end)
{
    static char pattern[4001];
    static char path[4001];
    for (size_t i = 0; i < 4000; i += 2) {
        pattern[i] = '*';
        pattern[i + 1] = 'a';
    }
    memset(path, 'a', 4000);
    path[3999] = 'b';
    struct workspace_ignore ignore;
    CHECK(workspace_ignore_parse(&ignore, base_bytes_of_string(pattern)));
    CHECK(!workspace_ignores(&ignore, path, false));
    workspace_ignore_free(&ignore);
}
