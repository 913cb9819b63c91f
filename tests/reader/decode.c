#include "reader/decode.h"

#include "tests/lib/unit.h"

static uint8_t stored[PP_GLYPH_STORED];

/* Each byte of the plane has two different pixels; each byte of the palettes differs from its neighbours. */
static struct base_bytes sheet(void)
{
    for (size_t i = 0; i < sizeof stored; i++) {
        stored[i] = (uint8_t)(i * 37 + i / 256);
    }
    return base_bytes_make(stored, sizeof stored);
}

UNIT_TEST(left_pixel_is_the_high_nibble)
{
    struct base_bytes payload = sheet();
    stored[0] = 0xA5;
    stored[128] = 0x3C; /* the second row begins */
    stored[32767] = 0x71;
    CHECK_U64(pp_glyph_pixel(payload, 0, 0), 0xA);
    CHECK_U64(pp_glyph_pixel(payload, 1, 0), 0x5);
    CHECK_U64(pp_glyph_pixel(payload, 0, 1), 0x3);
    CHECK_U64(pp_glyph_pixel(payload, 1, 1), 0xC);
    CHECK_U64(pp_glyph_pixel(payload, 254, 255), 0x7);
    CHECK_U64(pp_glyph_pixel(payload, 255, 255), 0x1);
}

UNIT_TEST(palettes_follow_the_plane_in_little_endian)
{
    struct base_bytes payload = sheet();
    stored[32768] = 0x34; /* palette 0, colour 0 */
    stored[32769] = 0x12;
    stored[32768 + 32 * 5 + 2 * 3] = 0xCD; /* palette 5, colour 3 */
    stored[32768 + 32 * 5 + 2 * 3 + 1] = 0xAB;
    stored[34814] = 0x78; /* palette 63, colour 15 */
    stored[34815] = 0x56;
    CHECK_U64(pp_glyph_colour(payload, 0, 0), 0x1234);
    CHECK_U64(pp_glyph_colour(payload, 5, 3), 0xABCD);
    CHECK_U64(pp_glyph_colour(payload, 63, 15), 0x5678);
}

UNIT_TEST(pixels_and_colours_outside_are_0)
{
    struct base_bytes payload = sheet();
    memset(stored, 0xFF, sizeof stored);
    CHECK_U64(pp_glyph_pixel(payload, 256, 0), 0);
    CHECK_U64(pp_glyph_pixel(payload, 0, 256), 0);
    CHECK_U64(pp_glyph_pixel(payload, UINT32_MAX, UINT32_MAX), 0);
    CHECK_U64(pp_glyph_pixel(base_bytes_make(stored, PP_GLYPH_STORED - 1), 0, 0), 0);
    CHECK_U64(pp_glyph_colour(payload, 64, 0), 0);
    CHECK_U64(pp_glyph_colour(payload, 0, 16), 0);
    CHECK_U64(pp_glyph_colour(base_bytes_make(stored, PP_GLYPH_STORED - 1), 0, 0), 0);
    CHECK_U64(pp_glyph_pixel(payload, 255, 255), 15);
    CHECK_U64(pp_glyph_colour(payload, 63, 15), 0xFFFF);
}

UNIT_TEST(decodes_a_sheet_to_a_byte_a_pixel)
{
    static uint8_t out[PP_GLYPH_DECODED];
    struct base_bytes payload = sheet();
    REQUIRE(pp_glyph_decode(payload, 0, out, PP_GLYPH_DECODED));
    bool same = true;
    for (uint32_t i = 0; i < 65536; i++) {
        same = same && out[i] == pp_glyph_pixel(payload, i % 256, i / 256);
    }
    CHECK(same);
    CHECK(memcmp(out + 65536, stored + 32768, 2048) == 0);
}

UNIT_TEST(decodes_in_pieces_as_in_one)
{
    static uint8_t whole[PP_GLYPH_DECODED];
    static uint8_t pieces[PP_GLYPH_DECODED];
    struct base_bytes payload = sheet();
    REQUIRE(pp_glyph_decode(payload, 0, whole, PP_GLYPH_DECODED));
    static const uint32_t sizes[] = {1, 2, 3, 7, 255, 1000, 4097};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        memset(pieces, 0, sizeof pieces);
        for (uint32_t at = 0; at < PP_GLYPH_DECODED; at += sizes[i]) {
            uint32_t left = PP_GLYPH_DECODED - at;
            CHECK(pp_glyph_decode(payload, at, pieces + at, left < sizes[i] ? left : sizes[i]));
        }
        CHECK(memcmp(whole, pieces, sizeof whole) == 0);
    }
}

UNIT_TEST(refuses_a_range_outside_the_sheet)
{
    uint8_t out[4] = {9, 9, 9, 9};
    struct base_bytes payload = sheet();
    CHECK(!pp_glyph_decode(payload, PP_GLYPH_DECODED - 3, out, 4));
    CHECK(!pp_glyph_decode(payload, PP_GLYPH_DECODED + 1, out, 0));
    CHECK(!pp_glyph_decode(payload, UINT32_MAX, out, UINT32_MAX));
    CHECK(!pp_glyph_decode(payload, 2, out, UINT32_MAX));
    CHECK(!pp_glyph_decode(base_bytes_make(stored, PP_GLYPH_STORED - 1), 0, out, 4));
    CHECK(!pp_glyph_decode(base_bytes_make(NULL, 0), 0, out, 0));
    CHECK(out[0] == 9 && out[1] == 9 && out[2] == 9 && out[3] == 9);
    CHECK(pp_glyph_decode(payload, PP_GLYPH_DECODED, out, 0));
    CHECK(pp_glyph_decode(payload, PP_GLYPH_DECODED - 4, out, 4));
    CHECK(memcmp(out, stored + PP_GLYPH_STORED - 4, 4) == 0);
}

UNIT_TEST(samples_are_signed_and_little_endian)
{
    static const uint8_t pcm[] = {0x00, 0x00, 0x01, 0x00, 0xFF, 0xFF, 0xFF, 0x7F, 0x00, 0x80, 0x34, 0x12};
    static const int16_t expected[] = {0, 1, -1, 32767, -32768, 0x1234};
    int16_t out[6] = {0};
    REQUIRE(pp_sound_decode(base_bytes_make(pcm, sizeof pcm), 0, out, 6));
    CHECK(memcmp(out, expected, sizeof expected) == 0);
    REQUIRE(pp_sound_decode(base_bytes_make(pcm, sizeof pcm), 4, out, 2));
    CHECK(out[0] == -32768 && out[1] == 0x1234);
}

UNIT_TEST(refuses_samples_outside_the_payload)
{
    static const uint8_t pcm[] = {1, 2, 3, 4, 5};
    int16_t out[3] = {9, 9, 9};
    struct base_bytes payload = base_bytes_make(pcm, sizeof pcm);
    CHECK(!pp_sound_decode(payload, 0, out, 3)); /* half a sample at the end is none */
    CHECK(!pp_sound_decode(payload, 2, out, 1));
    CHECK(!pp_sound_decode(payload, 3, out, 0));
    CHECK(!pp_sound_decode(payload, UINT64_MAX, out, 1));
    CHECK(!pp_sound_decode(payload, 1, out, SIZE_MAX));
    CHECK(out[0] == 9 && out[1] == 9 && out[2] == 9);
    CHECK(pp_sound_decode(payload, 2, out, 0));
    CHECK(pp_sound_decode(base_bytes_make(NULL, 0), 0, out, 0));
}
