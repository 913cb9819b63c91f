/* Names that are close to what was typed. */
#include "base/suggest.h"

#include "tests/lib/sample.h"

UNIT_TEST(each_kind_of_slip_counts_once)
{
    static const struct {
        const char *word;
        const char *name;
        unsigned distance;
    } rows[] = {
        {"palette", "palette", 0},     {"PALETTE", "palette", 0},
        {"palete", "palette", 1},      {"pallette", "palette", 1},
        {"polette", "palette", 1},     {"paeltte", "palette", 1},
        {"plaetet", "palette", 2},     {"pa", "palette", BASE_DISTANCE_FAR},
        {"palet", "palette", 2},       {"pale", "palette", BASE_DISTANCE_FAR},
        {"palettes2", "palette", 2},   {"palettes20", "palette", BASE_DISTANCE_FAR},
        {"", "ab", BASE_DISTANCE_FAR}, {"", "", 0},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK_ROW(base_edit_distance(base_bytes_of_string(rows[i].word), rows[i].name), rows[i].distance, rows[i].word);
    }
}

UNIT_TEST(what_is_too_long_is_far)
{
    char name[65];
    memset(name, 'n', sizeof name);
    name[63] = '\0';
    CHECK_U64(base_edit_distance(base_bytes_make(name, 63), name), 0);
    CHECK_U64(base_edit_distance(base_bytes_make(name, 62), name), 1);
    name[63] = 'n';
    name[64] = '\0';
    CHECK_U64(base_edit_distance(base_bytes_make(name, 64), name), BASE_DISTANCE_FAR);
}

UNIT_TEST(the_first_of_the_closest_is_suggested)
{
    static const char *const names[] = {"verify", "inspect", "inspects", "list"};
    CHECK_STRING(base_suggest(base_bytes_of_string("inspcet"), names, COUNT_OF(names)), "inspect");
    CHECK_STRING(base_suggest(base_bytes_of_string("inspectz"), names, COUNT_OF(names)), "inspect");
    CHECK(base_suggest(base_bytes_of_string("frobnicate"), names, COUNT_OF(names)) == NULL);
    CHECK(base_suggest(base_bytes_of_string("list"), names, 0) == NULL);
}
