/* How much is done, counted: work that may not grow with the product of two sizes. The calls that do the work are
 * wrapped by the linker. */
#include "tests/workspace/fixture.h"
#include "workspace/edit/roots.h"

#include <stdio.h>
#include <stdlib.h>

static size_t allocated;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__wrap_malloc(size_t size)
{
    allocated += size;
    return __real_malloc(size);
}

/* ---- Roots of many components ---- */

UNIT_TEST(a_root_takes_memory_for_its_own_length)
{
    enum { SIZE = 20001 };
    char *root = malloc(SIZE + 1);
    REQUIRE(root != NULL);
    for (size_t i = 0; i < SIZE; i++) {
        root[i] = i % 2 == 0 ? 'a' : '/';
    }
    root[SIZE] = '\0';
    struct workspace_roots roots = WORKSPACE_ROOTS_EMPTY;
    int32_t id = 0;
    allocated = 0;
    CHECK(workspace_roots_add(&roots, root, 1));
    CHECK(allocated < 2 * (size_t)SIZE);
    CHECK(workspace_roots_find(&roots, "a/a/a", &id) == WORKSPACE_ROOT_AROUND);
    CHECK_U64((uint64_t)id, 1);
    workspace_roots_free(&roots);
    free(root);
}
