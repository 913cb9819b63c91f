/* How a path lies to the roots that are taken. */
#include "workspace/edit/roots.h"
#include "tests/lib/sample.h"

static void check(const struct workspace_roots *roots, const char *path, enum workspace_root_relation relation,
                  int32_t asset_id)
{
    int32_t found = 0;
    CHECK_ROW(workspace_roots_find(roots, path, &found), relation, path);
    CHECK_ROW(found, asset_id, path);
}

UNIT_TEST(a_path_is_free_or_has_one_root_to_name)
{
    static const char *const taken[] = {"ui/hero", "ui-2", "a", "m/n/o", "ui/a/b", "ui/a/c", "z"};
    struct workspace_roots roots = WORKSPACE_ROOTS_EMPTY;
    check(&roots, "ui", WORKSPACE_ROOT_FREE, 0);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        CHECK(workspace_roots_add(&roots, taken[i], (int32_t)i + 1));
    }
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        check(&roots, taken[i], WORKSPACE_ROOT_SAME, (int32_t)i + 1);
    }
    check(&roots, "ui", WORKSPACE_ROOT_AROUND, 5); /* ui/a/b comes before ui/a/c and ui/hero */
    check(&roots, "ui/a", WORKSPACE_ROOT_AROUND, 5);
    check(&roots, "m", WORKSPACE_ROOT_AROUND, 4);
    check(&roots, "m/n", WORKSPACE_ROOT_AROUND, 4);
    check(&roots, "a/b", WORKSPACE_ROOT_INSIDE, 3);
    check(&roots, "ui-2/x/y", WORKSPACE_ROOT_INSIDE, 2);
    check(&roots, "z/z", WORKSPACE_ROOT_INSIDE, 7);
    check(&roots, "ui/her", WORKSPACE_ROOT_FREE, 0);
    check(&roots, "ui/hero2", WORKSPACE_ROOT_FREE, 0);
    check(&roots, "ui-", WORKSPACE_ROOT_FREE, 0);
    check(&roots, "m/n/o2", WORKSPACE_ROOT_FREE, 0);
    check(&roots, "aa", WORKSPACE_ROOT_FREE, 0);
    check(&roots, "zz", WORKSPACE_ROOT_FREE, 0);
    workspace_roots_free(&roots);
    check(&roots, "a", WORKSPACE_ROOT_FREE, 0);
}

UNIT_TEST(the_first_holder_of_a_root_stays)
{
    struct workspace_roots roots = WORKSPACE_ROOTS_EMPTY;
    CHECK(workspace_roots_add(&roots, "a", 1));
    CHECK(workspace_roots_add(&roots, "a", 2));
    check(&roots, "a", WORKSPACE_ROOT_SAME, 1);
    workspace_roots_free(&roots);
}
