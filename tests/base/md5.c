#include "base/md5.h"

#include "tests/lib/unit.h"

#include <stdio.h>

/* Adds the text in pieces of that size. */
static void check_digest(const char *text, size_t size, size_t piece, const char *expected)
{
    struct base_md5 md5;
    uint8_t digest[BASE_MD5_SIZE];
    char shown[2 * BASE_MD5_SIZE + 1];
    base_md5_begin(&md5);
    for (size_t at = 0; at < size; at += piece) {
        base_md5_add(&md5, base_bytes_make(text + at, size - at < piece ? size - at : piece));
    }
    base_md5_end(&md5, digest);
    for (size_t i = 0; i < BASE_MD5_SIZE; i++) {
        (void)snprintf(shown + 2 * i, 3, "%02x", digest[i]);
    }
    CHECK_STRING(shown, expected);
}

#define CHECK_DIGEST(text, expected) check_digest((text), sizeof(text) - 1, sizeof(text), (expected))

/* The test suite of RFC 1321, A.5. */
UNIT_TEST(digests_are_those_of_the_rfc)
{
    CHECK_DIGEST("", "d41d8cd98f00b204e9800998ecf8427e");
    CHECK_DIGEST("a", "0cc175b9c0f1b6a831c399e269772661");
    CHECK_DIGEST("abc", "900150983cd24fb0d6963f7d28e17f72");
    CHECK_DIGEST("message digest", "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK_DIGEST("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b");
    CHECK_DIGEST("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f");
    CHECK_DIGEST("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                 "57edf4a22be3c955ac49da2e2107b67a");
}

/* md5sum gives the digests of so many letters x. */
UNIT_TEST(lengths_around_a_block_are_padded)
{
    static const struct {
        size_t size;
        const char *digest;
    } rows[] = {{55, "04364420e25c512fd958a70738aa8f72"},  {56, "668a72d5ba17f08e62dabcafad6db14b"},
                {57, "693037871c4a9d3d8685018905cb530a"},  {63, "7dc2ca208106a2f703567bdff99d8981"},
                {64, "c1bb4f81d892b2d57947682aeb252456"},  {65, "1bc932052302d074bdec39795fe00cf6"},
                {119, "ab347a5f68c8a443cfcddc633f12c24f"}, {120, "fb98667f98096de92620b64f46e1c5b5"},
                {121, "e8bb0ccd83750100b37f4831cd5d7ee2"}, {128, "d69cb61a6ee87200676eb0d4b90edbcb"},
                {1000, "398533d48111e9f664b1f64cb10c4b63"}};
    static char text[1000];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_digest(text, rows[i].size, sizeof text, rows[i].digest);
        check_digest(text, rows[i].size, 1, rows[i].digest);
        check_digest(text, rows[i].size, 7, rows[i].digest);
        check_digest(text, rows[i].size, 64, rows[i].digest);
        check_digest(text, rows[i].size, 65, rows[i].digest);
    }
}
