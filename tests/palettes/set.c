#include "palettes/set.h"

#include "tests/lib/unit.h"

UNIT_TEST(colours_rise_and_are_there_once)
{
    struct palettes_set set = {.size = 0};
    static const uint16_t added[] = {7, 3, 900, 3, 7, 0};
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++) {
        CHECK(palettes_set_add(&set, added[i]));
    }
    static const uint16_t expected[] = {0, 3, 7, 900};
    CHECK_U64(set.size, 4);
    CHECK(memcmp(set.colours, expected, sizeof expected) == 0);
    CHECK(palettes_set_has(&set, 900) && !palettes_set_has(&set, 899) && !palettes_set_has(&set, 901));
}

UNIT_TEST(a_full_set_takes_no_further_colour)
{
    struct palettes_set set = {.size = 0};
    for (unsigned i = 0; i < PALETTES_SET_MAX; i++) {
        CHECK(palettes_set_add(&set, (uint16_t)i));
    }
    struct palettes_set before = set;
    CHECK(palettes_set_add(&set, 4));
    CHECK(!palettes_set_add(&set, 99));
    CHECK(memcmp(&before, &set, sizeof set) == 0);
}

UNIT_TEST(a_set_lies_within_what_has_all_its_colours)
{
    struct palettes_set outer = {.size = 3, .colours = {2, 5, 9}};
    CHECK(palettes_set_within(&(struct palettes_set){.size = 0}, &outer));
    CHECK(palettes_set_within(&(struct palettes_set){.size = 2, .colours = {2, 9}}, &outer));
    CHECK(palettes_set_within(&outer, &outer));
    CHECK(!palettes_set_within(&(struct palettes_set){.size = 2, .colours = {2, 6}}, &outer));
    CHECK(!palettes_set_within(&(struct palettes_set){.size = 1, .colours = {10}}, &outer));
}
