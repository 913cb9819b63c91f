/* Checked arithmetic at its edges: the result, and that a refusal leaves it as it was. */
#include "base/checked.h"
#include "tests/lib/sample.h"

enum { UNTOUCHED = 77 };

UNIT_TEST(addition_u64)
{
    static const struct {
        uint64_t a, b;
        bool fits;
    } rows[] = {
        {0, 0, true},
        {1, 2, true},
        {UINT64_MAX, 0, true},
        {UINT64_MAX - 1, 1, true},
        {UINT64_MAX, 1, false},
        {1, UINT64_MAX, false},
        {UINT64_MAX, UINT64_MAX, false},
        {UINT64_MAX / 2 + 1, UINT64_MAX / 2, true},
        {UINT64_MAX / 2 + 1, UINT64_MAX / 2 + 1, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint64_t result = UNTOUCHED;
        CHECK_U64(base_add_u64(rows[i].a, rows[i].b, &result), rows[i].fits);
        CHECK_U64(result, rows[i].fits ? rows[i].a + rows[i].b : UNTOUCHED);
    }
}

UNIT_TEST(multiplication_u64)
{
    static const struct {
        uint64_t a, b;
        bool fits;
    } rows[] = {
        {0, 0, true},
        {0, UINT64_MAX, true},
        {UINT64_MAX, 0, true},
        {1, UINT64_MAX, true},
        {UINT64_MAX, 1, true},
        {2, UINT64_MAX / 2, true},
        {2, UINT64_MAX / 2 + 1, false},
        {UINT64_MAX / 2 + 1, 2, false},
        {1ULL << 32, 1ULL << 32, false},
        {(1ULL << 32) + 1, (1ULL << 32) - 1, true},
        {UINT64_MAX, UINT64_MAX, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint64_t result = UNTOUCHED;
        CHECK_U64(base_mul_u64(rows[i].a, rows[i].b, &result), rows[i].fits);
        CHECK_U64(result, rows[i].fits ? rows[i].a * rows[i].b : UNTOUCHED);
    }
}

UNIT_TEST(sizes)
{
    size_t result = UNTOUCHED;
    CHECK(base_add_size(SIZE_MAX - 1, 1, &result));
    CHECK_U64(result, SIZE_MAX);
    CHECK(!base_add_size(SIZE_MAX, 1, &result));
    CHECK(!base_add_size(1, SIZE_MAX, &result));
    CHECK_U64(result, SIZE_MAX);
    CHECK(base_mul_size(0, SIZE_MAX, &result));
    CHECK_U64(result, 0);
    CHECK(base_mul_size(SIZE_MAX / 3, 3, &result));
    CHECK_U64(result, SIZE_MAX / 3 * 3);
    CHECK(!base_mul_size(SIZE_MAX / 3 + 1, 3, &result));
    CHECK(!base_mul_size(3, SIZE_MAX / 3 + 1, &result));
    CHECK_U64(result, SIZE_MAX / 3 * 3);
}

UNIT_TEST(narrowing)
{
    size_t result = UNTOUCHED;
    CHECK(base_size_from_u64(0, &result));
    CHECK_U64(result, 0);
    CHECK(base_size_from_u64(SIZE_MAX, &result));
    CHECK_U64(result, SIZE_MAX);
    CHECK_U64(base_size_from_u64(UINT64_MAX, &result), SIZE_MAX == UINT64_MAX);
}

UNIT_TEST(ranges)
{
    static const struct {
        uint64_t offset, length, size;
        bool inside;
    } rows[] = {
        {0, 0, 0, true},
        {0, 1, 0, false},
        {1, 0, 0, false},
        {0, 10, 10, true},
        {10, 0, 10, true},
        {10, 1, 10, false},
        {11, 0, 10, false},
        {9, 1, 10, true},
        {9, 2, 10, false},
        {1, UINT64_MAX, 10, false},
        {UINT64_MAX, 1, 10, false},
        {UINT64_MAX, UINT64_MAX, 10, false},
        {0, UINT64_MAX, UINT64_MAX, true},
        {1, UINT64_MAX, UINT64_MAX, false},
        {UINT64_MAX, 0, UINT64_MAX, true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK_U64(base_range_inside(rows[i].offset, rows[i].length, rows[i].size), rows[i].inside);
    }
}
