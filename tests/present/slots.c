/* Which slots each asset has, whatever the preload list is. */
#include "present/slots.h"
#include "tests/lib/unit.h"
#include "verify/verify.h"

#include <stdlib.h>
#include <time.h>

/* A report that lends these rows; it owns nothing. */
static struct service_report report_of(struct verify_report *examined, struct verify_preload_report *rows, size_t count)
{
    *examined = (struct verify_report){.preload = rows, .preload_count = count};
    return (struct service_report){.preload_count = count, .examined = examined};
}

static void check_slots(const struct present_slots *slots, bool known, int64_t asset_id, const char *expected)
{
    const struct service_report_asset asset = {.has_asset_id = known, .asset_id = asset_id};
    struct base_text text = BASE_TEXT_EMPTY;
    present_slots_add(&text, slots, &asset);
    CHECK_STRING(base_text_string(&text), expected);
    base_text_free(&text);
}

UNIT_TEST(slots_of_each_asset_in_the_order_of_the_list)
{
    struct verify_preload_report rows[] = {
        {.has_asset_id = true, .asset_id = 7, .has_slot = true, .slot = 9},
        {.has_asset_id = true, .asset_id = -3, .has_slot = true, .slot = 1},
        {.has_asset_id = false, .has_slot = true, .slot = 5},
        {.has_asset_id = true, .asset_id = 8, .has_slot = false},
        {.has_asset_id = true, .asset_id = 7, .has_slot = true, .slot = 2},
    };
    struct verify_report examined;
    const struct service_report report = report_of(&examined, rows, sizeof rows / sizeof rows[0]);
    struct present_slots slots = present_slots_make(&report);
    check_slots(&slots, true, 7, "9, 2");
    check_slots(&slots, true, -3, "1");
    check_slots(&slots, true, 8, "-");
    check_slots(&slots, true, 0, "-");
    check_slots(&slots, false, 0, "-");
    present_slots_free(&slots);
}

UNIT_TEST(no_preload_list)
{
    struct verify_report examined;
    const struct service_report report = report_of(&examined, NULL, 0);
    struct present_slots slots = present_slots_make(&report);
    CHECK(!slots.out_of_memory);
    check_slots(&slots, true, 1, "-");
    present_slots_free(&slots);
}

UNIT_TEST(a_long_list_of_one_asset_is_cut)
{
    struct verify_preload_report rows[100];
    for (size_t i = 0; i < 100; i++) {
        rows[i] = (struct verify_preload_report){.has_asset_id = true, .asset_id = 1, .has_slot = true, .slot = 10 + i};
    }
    struct verify_report examined;
    const struct service_report report = report_of(&examined, rows, 100);
    struct present_slots slots = present_slots_make(&report);
    check_slots(&slots, true, 1, "10, 11, 12, 13, 14, 15");
    present_slots_free(&slots);
}

/* Processor time for the slots of `count` assets, each with one slot, listed in falling order. */
static double seconds_for(size_t count)
{
    struct verify_preload_report *rows = calloc(count, sizeof *rows);
    REQUIRE(rows != NULL);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct verify_preload_report){
            .has_asset_id = true, .asset_id = (int64_t)(count - i), .has_slot = true, .slot = i % 16};
    }
    struct verify_report examined;
    const struct service_report report = report_of(&examined, rows, count);
    struct base_text text = BASE_TEXT_EMPTY;
    clock_t begun = clock();
    struct present_slots slots = present_slots_make(&report);
    for (size_t i = 0; i < count; i++) {
        const struct service_report_asset asset = {.has_asset_id = true, .asset_id = (int64_t)i + 1};
        base_text_clear(&text);
        present_slots_add(&text, &slots, &asset);
    }
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    present_slots_free(&slots);
    base_text_free(&text);
    free(rows);
    return seconds;
}

/* A list that is walked for each asset takes minutes for this one. */
UNIT_TEST(many_assets_with_a_slot_each)
{
    CHECK(seconds_for(400000) < 10);
}
