#include "reader/names/siphash.h"

#include "tests/lib/unit.h"

/* SipHash-1-3 of 00, 01, 02 … with the key 00 … 0f, by number of bytes. They come from a second implementation, which
 * gives the published vectors of SipHash-2-4 with two and four rounds. */
UNIT_TEST(the_hash_is_siphash_1_3)
{
    static const struct reader_siphash_key key = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
    static const uint64_t expected[] = {
        UINT64_C(0xabac0158050fc4dc), UINT64_C(0xc9f49bf37d57ca93), UINT64_C(0x82cb9b024dc7d44d),
        UINT64_C(0x8bf80ab8e7ddf7fb), UINT64_C(0xcf75576088d38328), UINT64_C(0xdef9d52f49533b67),
        UINT64_C(0xc50d2b50c59f22a7), UINT64_C(0xd3927d989bb11140), UINT64_C(0x369095118d299a8e),
        UINT64_C(0x25a48eb36c063de4), UINT64_C(0x79de85ee92ff097f), UINT64_C(0x70c118c1f94dc352),
        UINT64_C(0x78a384b157b4d9a2), UINT64_C(0x306f760c1229ffa7), UINT64_C(0x605aa111c0f95d34),
        UINT64_C(0xd320d86d2a519956), UINT64_C(0xcc4fdd1a7d908b66), UINT64_C(0x9cf2689063dbd80c),
    };
    uint8_t bytes[63];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    for (size_t size = 0; size < sizeof expected / sizeof expected[0]; size++) {
        CHECK_U64(reader_siphash(key, base_bytes_make(bytes, size)), expected[size]);
    }
    CHECK_U64(reader_siphash(key, base_bytes_make(bytes, sizeof bytes)), UINT64_C(0x9d199062b7bbb3a8));
}
