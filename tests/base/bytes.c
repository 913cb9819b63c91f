/* Views, little-endian access, and the cursor: its bounds, and that a failure stays. */
#include "tests/lib/sample.h"

UNIT_TEST(bytes_of_a_string_leave_the_nul_out)
{
    struct base_bytes bytes = base_bytes_of_string("abc");
    CHECK_U64(bytes.size, 3);
    CHECK(memcmp(bytes.data, "abc", 3) == 0);
    CHECK_U64(base_bytes_of_string("").size, 0);
}

UNIT_TEST(equality)
{
    static const struct base_bytes a = TEXT("a\0b");
    static const struct base_bytes b = TEXT("a\0c");
    struct base_bytes copy = sample_copy(a);
    CHECK(base_bytes_equal(a, copy));
    CHECK(!base_bytes_equal(a, b));
    CHECK(!base_bytes_equal(a, base_bytes_make(a.data, 2)));
    CHECK(!base_bytes_equal(base_bytes_make(a.data, 2), a));
    CHECK(base_bytes_equal(base_bytes_make(NULL, 0), base_bytes_of_string("")));
    CHECK(!base_bytes_equal(base_bytes_make(NULL, 0), a));
    sample_free(copy);
}

UNIT_TEST(comparison)
{
    static const struct {
        struct base_bytes less;
        struct base_bytes greater;
    } rows[] = {
        {TEXT(""), TEXT("a")},        {TEXT("a"), TEXT("b")},       {TEXT("a"), TEXT("aa")},  {TEXT("ab"), TEXT("b")},
        {TEXT("a\0"), TEXT("a\x01")}, {TEXT("\x7f"), TEXT("\x80")}, {TEXT("a"), TEXT("a\0")},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK(base_bytes_compare(rows[i].less, rows[i].greater) < 0);
        CHECK(base_bytes_compare(rows[i].greater, rows[i].less) > 0);
        CHECK(base_bytes_compare(rows[i].less, rows[i].less) == 0);
    }
    CHECK(base_bytes_compare(base_bytes_make(NULL, 0), base_bytes_make(NULL, 0)) == 0);
    CHECK(base_bytes_compare(base_bytes_make(NULL, 0), base_bytes_of_string("a")) < 0);
}

UNIT_TEST(loads_are_little_endian_at_every_alignment)
{
    for (size_t shift = 0; shift < 8; shift++) {
        uint8_t bytes[16];
        for (size_t i = 0; i < 8; i++) {
            bytes[shift + i] = (uint8_t)(0xF1 + i);
        }
        CHECK_U64(base_load_le16(bytes + shift), 0xF2F1);
        CHECK_U64(base_load_le32(bytes + shift), 0xF4F3F2F1);
        CHECK_U64(base_load_le64(bytes + shift), 0xF8F7F6F5F4F3F2F1);
    }
}

UNIT_TEST(stores_are_little_endian_and_write_no_more)
{
    static const uint8_t expected[8] = {0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8};
    for (size_t shift = 0; shift < 8; shift++) {
        for (size_t width = 2; width <= 8; width *= 2) {
            uint8_t bytes[17];
            memset(bytes, 0xEE, sizeof bytes);
            if (width == 2) {
                base_store_le16(bytes + shift + 1, 0xF2F1);
            } else if (width == 4) {
                base_store_le32(bytes + shift + 1, 0xF4F3F2F1);
            } else {
                base_store_le64(bytes + shift + 1, 0xF8F7F6F5F4F3F2F1);
            }
            CHECK(memcmp(bytes + shift + 1, expected, width) == 0);
            CHECK_U64(bytes[shift], 0xEE);
            CHECK_U64(bytes[shift + 1 + width], 0xEE);
        }
    }
}

UNIT_TEST(cursor_reads_one_field_after_the_other)
{
    static const struct base_bytes text = TEXT("\x01\x02\x03\x04\x11\x12\x13\x14\x15\x16\x17\x18xyz");
    struct base_bytes bytes = sample_copy(text);
    struct base_cursor cursor = base_cursor_make(bytes);
    CHECK_U64(base_cursor_position(&cursor), 0);
    CHECK_U64(base_cursor_le32(&cursor), 0x04030201);
    CHECK_U64(base_cursor_position(&cursor), 4);
    CHECK_U64(base_cursor_le64(&cursor), 0x1817161514131211);
    struct base_bytes rest = base_cursor_bytes(&cursor, 3);
    CHECK(rest.data == bytes.data + 12);
    CHECK_U64(rest.size, 3);
    CHECK_U64(base_cursor_position(&cursor), 15);
    CHECK(!base_cursor_failed(&cursor));
    CHECK_U64(base_cursor_bytes(&cursor, 0).size, 0);
    CHECK(!base_cursor_failed(&cursor));
    sample_free(bytes);
}

UNIT_TEST(cursor_refuses_to_read_past_the_end_and_stays_failed)
{
    static const struct base_bytes text = TEXT("\x01\x02\x03\x04\x05");
    struct base_bytes bytes = sample_copy(text);
    struct base_cursor cursor = base_cursor_make(bytes);
    CHECK_U64(base_cursor_le32(&cursor), 0x04030201);
    CHECK_U64(base_cursor_le32(&cursor), 0);
    CHECK(base_cursor_failed(&cursor));
    CHECK_U64(base_cursor_position(&cursor), 4);
    /* The one byte that is left would be enough. */
    CHECK(base_cursor_bytes(&cursor, 1).data == NULL);
    CHECK(base_cursor_failed(&cursor));
    CHECK_U64(base_cursor_position(&cursor), 4);
    sample_free(bytes);
}

UNIT_TEST(cursor_is_not_fooled_by_sizes_that_wrap)
{
    struct base_bytes bytes = base_bytes_of_string("abcdefgh");
    struct base_cursor cursor = base_cursor_make(bytes);
    (void)base_cursor_le32(&cursor);
    CHECK_U64(base_cursor_bytes(&cursor, SIZE_MAX).size, 0);
    CHECK(base_cursor_failed(&cursor));
    cursor = base_cursor_make(bytes);
    (void)base_cursor_le32(&cursor);
    CHECK_U64(base_cursor_le64(&cursor), 0);
    CHECK(base_cursor_failed(&cursor));
    cursor = base_cursor_make(base_bytes_make(NULL, 0));
    CHECK_U64(base_cursor_le32(&cursor), 0);
    CHECK(base_cursor_failed(&cursor));
}
