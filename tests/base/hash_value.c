/* Two hashes are equal or not; and the hex form. */
#include "base/hash_value.h"
#include "tests/lib/sample.h"

static struct base_hash sample(const char *hex)
{
    struct base_hash hash = {{0}};
    REQUIRE(base_hash_from_hex(base_bytes_of_string(hex), &hash));
    return hash;
}

UNIT_TEST(equality)
{
    struct base_hash a = sample("a96faf705af16834e6c632b61e964e1f");
    struct base_hash b = a;
    CHECK(base_hash_equal(a, b));
    for (size_t i = 0; i < BASE_HASH_SIZE; i++) {
        b = a;
        b.bytes[i] ^= 1;
        CHECK(!base_hash_equal(a, b));
    }
}

UNIT_TEST(hex_reads_back)
{
    struct base_hash read = sample("000102030405060708090a0b0c0d0eff");
    for (unsigned i = 0; i < BASE_HASH_SIZE; i++) {
        CHECK_U64(read.bytes[i], i == 15 ? 255 : i);
    }
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(read, hex);
    CHECK_STRING(hex, "000102030405060708090a0b0c0d0eff");
}

UNIT_TEST(hex_is_32_lower_case_digits_and_nothing_else)
{
    static const char *const rows[] = {
        "",
        "a96faf705af16834e6c632b61e964e1",
        "a96faf705af16834e6c632b61e964e1f0",
        "A96faf705af16834e6c632b61e964e1f",
        "a96faf705af16834e6c632b61e964e1F",
        "g96faf705af16834e6c632b61e964e1f",
        "a96faf705af16834e6c632b61e964e1g",
        "a96faf705af16834e6c632b61e964e1 ",
        " 96faf705af16834e6c632b61e964e1f",
        "0x6faf705af16834e6c632b61e964e1f",
        "a96faf705af16834/6c632b61e964e1f",
        "a96faf705af16834:6c632b61e964e1f",
        "a96faf705af16834`6c632b61e964e1f",
        "a96faf705af16834-6c632b61e964e1f",
    };
    struct base_hash before = sample("00112233445566778899aabbccddeeff");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_hash hash = before;
        CHECK_ROW(base_hash_from_hex(base_bytes_of_string(rows[i]), &hash), false, rows[i]);
        CHECK_ROW(base_hash_equal(hash, before), true, rows[i]);
    }
    static const struct base_bytes with_nul = TEXT("a96faf705af16834\0"
                                                   "6c632b61e964e1f");
    struct base_hash hash = before;
    CHECK(!base_hash_from_hex(with_nul, &hash));
}
