/* Paths as other programs are told them. */
#include "present/location.h"
#include "tests/lib/sample.h"

static void check(const struct present_from *from, const char *file, const char *path, const char *uri)
{
    struct base_text text = BASE_TEXT_EMPTY;
    present_location_add(&text, from, file);
    CHECK_STRING(base_text_string(&text), path);
    base_text_clear(&text);
    present_location_add_uri(&text, from, file);
    CHECK_STRING(base_text_string(&text), uri);
    base_text_free(&text);
}

static void check_path(const struct present_from *from, const char *file, const char *path)
{
    check(from, file, path, path);
}

UNIT_TEST(a_path_is_relative_to_the_current_directory)
{
    static const struct present_from from = {.current = "/home/game"};
    check_path(&from, "assets/hero/asset.json", "assets/hero/asset.json");
    check_path(&from, "./assets//hero/./asset.json", "assets/hero/asset.json");
    check_path(&from, "/home/game/build", "build");
    check_path(&from, "/home/gamer/build", "../gamer/build");
    check_path(&from, "/", "../..");
    check_path(&from, "/home/game", ".");
    check_path(&from, ".", ".");
    check_path(&from, "../x/../y", "../x/../y");
    check_path(&from, "./../x", "../x");
    check_path(&from, "../../..//../x", "../../x");
    check_path(&from, "..", "..");
    check_path(&from, "/home/game/../x", "../x");
    check_path(&from, "/home/x/../game/y", "../x/../game/y");
}

UNIT_TEST(files_begin_in_the_directory_of_the_call)
{
    static const struct present_from relative = {.current = "/home", .directory = "game/./one/"};
    static const struct present_from absolute = {.current = "/home", .directory = "/srv/game"};
    check_path(&relative, "build", "game/one/build");
    check_path(&relative, "../build", "game/one/../build");
    check_path(&relative, "/home/build", "build");
    check_path(&absolute, "build", "../srv/game/build");
}

UNIT_TEST(another_base_counts_in_place_of_the_current_directory)
{
    static const struct present_from from = {.current = "/home/game", .directory = "one", .base = "/home/"};
    check_path(&from, "build", "game/one/build");
    check_path(&from, "/home/game", "game");
    static const struct present_from below = {.current = "/home", .base = "/home/game"};
    check_path(&below, "game/build", "build");
    check_path(&below, "build", "../build");
    static const struct present_from above = {.current = "/home/game/sub/", .base = "/home/game"};
    check_path(&above, "../assets/hero/asset.json", "assets/hero/asset.json");
    check_path(&above, "../../x", "../x");
    static const struct present_from called = {.current = "/home/game/sub", .directory = "..", .base = "/home/game"};
    check_path(&called, "assets", "assets");
}

UNIT_TEST(a_current_directory_that_is_not_known_changes_nothing)
{
    static const struct present_from from = {.directory = "game"};
    check_path(&from, "build", "game/build");
    check_path(&from, "/x/./build", "/x/./build");
    static const struct present_from nothing = {.current = NULL};
    check_path(&nothing, "build", "build");
}

UNIT_TEST(every_other_byte_of_a_reference_is_encoded)
{
    static const struct present_from from = {.current = "/"};
    check(&from, "a b%:?#[]@!$&'()*+,;=\"<>\\^`{|}\n\xff\xc3\xa4", "a b%:?#[]@!$&'()*+,;=\"<>\\^`{|}\n\xff\xc3\xa4",
          "a%20b%25%3A%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%22%3C%3E%5C%5E%60%7B%7C%7D%0A%FF%C3%A4");
    check_path(&from, "aZ09-._~/x", "aZ09-._~/x");
}
