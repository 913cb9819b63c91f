/* What may have been meant by a name that a directory does not have. */
#include "base/beside.h"
#include "base/task.h"
#include "tests/lib/sample.h"

#include <stdlib.h>
#include <unistd.h>

static void check(const char *path, const char *expected)
{
    bool out_of_memory = false;
    int fd = -1;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_directory()) == 0);
    char *found = base_beside_path(fd, path, &out_of_memory);
    CHECK_STRING(found != NULL ? found : "-", expected);
    CHECK(!out_of_memory);
    free(found);
    (void)close(fd);
}

static void check_name(const char *name, bool directories, size_t most, const char *expected)
{
    bool out_of_memory = false;
    int fd = -1;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_directory()) == 0);
    char *found = base_beside(fd, name, directories, most, &out_of_memory);
    CHECK(!out_of_memory);
    CHECK_STRING(found != NULL ? found : "-", expected);
    free(found);
}

static void fill(void)
{
    unit_write_file("hero/walk.png", "1", 1);
    unit_write_file("hero/run.png", "1", 1);
    unit_write_file("heros.txt", "1", 1);
}

UNIT_TEST(the_closest_name_is_found_in_its_directory)
{
    fill();
    check_name("Hero", true, BASE_BESIDE_MOST, "hero");
    check_name("hero.txt", false, BASE_BESIDE_MOST, "heros.txt");
    check_name("Hero", false, BASE_BESIDE_MOST, "-");
    check_name("banana", true, BASE_BESIDE_MOST, "-");
    check_name("Hero", true, 1, "-");
}

UNIT_TEST(a_path_keeps_its_directory)
{
    fill();
    check("hero/wlak.png", "hero/walk.png");
    check("Hero", "hero");
    check("nowhere/walk.png", "-");
    check("", "-");
}
