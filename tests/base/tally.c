/* Counts of findings by file: every kind apart, files in the order in which they came, and what happens without memory.
 */
#include "base/tally.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <stdio.h>

static const struct base_tally_kind an_error = {.diagnostic = DIAG_SLICE_GAP, .class_ = DIAG_CLASS_C};
static const struct base_tally_kind a_warning = {
    .diagnostic = DIAG_SLICE_GAP, .class_ = DIAG_CLASS_C, .severity = BASE_WARNING};

static void check_file(const struct base_tally *tally, size_t index, const char *name, uint64_t errors,
                       uint64_t warnings)
{
    REQUIRE(index < tally->count);
    CHECK_STRING(tally->files[index].name, name);
    CHECK_U64(base_tally_of_file(&tally->files[index], BASE_ERROR), errors);
    CHECK_U64(base_tally_of_file(&tally->files[index], BASE_WARNING), warnings);
}

UNIT_TEST(files_come_in_the_order_of_their_first_finding)
{
    struct base_tally tally = {.files = NULL};
    const char *const files[] = {"b", "a", "b", NULL, "", "a", NULL, "b"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        CHECK(base_tally_add(&tally, files[i], NULL, i % 2 == 0 ? an_error : a_warning));
    }
    CHECK_U64(tally.count, 4);
    check_file(&tally, 0, "b", 2, 1);
    check_file(&tally, 1, "a", 0, 2);
    check_file(&tally, 3, "", 1, 0);
    CHECK(tally.files[2].name == NULL);
    CHECK_U64(base_tally_of_file(&tally.files[2], BASE_ERROR), 1);
    base_tally_free(&tally);
    CHECK_U64(tally.count, 0);
}

UNIT_TEST(a_file_is_about_one_asset_or_about_none)
{
    static const int64_t one = 1;
    static const int64_t two = 2;
    static const struct {
        const int64_t *assets[3];
        bool has_asset;
    } rows[] = {
        {{&one, &one, &one}, true},  {{&one, &two, &one}, false}, {{&one, NULL, &one}, false},
        {{NULL, &one, &one}, false}, {{NULL, NULL, NULL}, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_tally tally = {.files = NULL};
        struct base_tally moved = {.files = NULL};
        for (size_t j = 0; j < COUNT_OF(rows[i].assets); j++) {
            struct base_tally part = {.files = NULL};
            CHECK(base_tally_add(&tally, "a", rows[i].assets[j], an_error));
            CHECK(base_tally_add(&part, "a", rows[i].assets[j], an_error));
            CHECK(base_tally_move(&moved, &part));
        }
        CHECK(tally.files[0].has_asset == rows[i].has_asset);
        CHECK(moved.files[0].has_asset == rows[i].has_asset);
        CHECK(!rows[i].has_asset || moved.files[0].asset_id == 1);
        base_tally_free(&tally);
        base_tally_free(&moved);
    }
}

UNIT_TEST(many_files_and_many_kinds_are_moved_whole)
{
    enum { FILES = 300, KINDS = 40 };
    struct base_tally to = {.files = NULL};
    struct base_tally from = {.files = NULL};
    char name[16];
    for (int i = 0; i < FILES; i++) {
        (void)snprintf(name, sizeof name, "%d", i);
        for (int j = 0; j < KINDS; j++) {
            const struct base_tally_kind kind = {.diagnostic = (enum diag)(j + 1), .class_ = DIAG_CLASS_W};
            CHECK(base_tally_add(i % 2 == 0 ? &to : &from, name, NULL, kind));
            CHECK(base_tally_add(&from, name, NULL, kind));
        }
    }
    CHECK(base_tally_move(&to, &from));
    CHECK(from.files == NULL && from.count == 0);
    REQUIRE(to.count == FILES);
    for (size_t i = 0; i < FILES; i++) {
        CHECK_U64(base_tally_of_file(&to.files[i], BASE_ERROR), (uint64_t)2 * KINDS);
    }
    check_file(&to, 0, "0", (uint64_t)2 * KINDS, 0);
    check_file(&to, FILES / 2, "1", (uint64_t)2 * KINDS, 0);
    base_tally_free(&to);
}

UNIT_TEST(without_memory_nothing_is_half_counted)
{
    bool refused = true;
    for (unsigned n = 0; refused; n++) {
        struct base_tally tally = {.files = NULL};
        memory_fault_once(n);
        bool first = base_tally_add(&tally, "a", NULL, an_error);
        bool second = base_tally_add(&tally, NULL, NULL, a_warning);
        refused = memory_fault_off() > n;
        uint64_t sum = 0;
        for (size_t i = 0; i < tally.count; i++) {
            sum += base_tally_of_file(&tally.files[i], BASE_ERROR) + base_tally_of_file(&tally.files[i], BASE_WARNING);
        }
        CHECK_U64(sum, (uint64_t)first + (uint64_t)second);
        CHECK((first && second) != refused);
        base_tally_free(&tally);
    }
}
