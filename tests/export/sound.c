/* docs/contracts/extract.md 2.2: WAV, and GIMP palettes of 2.1. */
#include "export/gpl.h"
#include "export/wav.h"
#include "tests/lib/unit.h"

UNIT_TEST(a_head_says_what_follows)
{
    static const uint8_t expected[EXPORT_WAV_HEAD] =
        "RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x22\x56\x00\x00\x44\xac\x00\x00\x02\x00\x10\x00"
        "data\x08\x00\x00"; /* and the NUL */
    uint8_t head[EXPORT_WAV_HEAD];
    export_wav_head(&(struct export_wav){.sample_rate = 22050, .frames = 4}, head);
    CHECK(memcmp(head, expected, sizeof head) == 0);
}

UNIT_TEST(a_loop_ends_with_its_last_frame)
{
    const struct export_wav wav = {
        .sample_rate = 8000, .frames = 100, .has_loop = true, .loop_start = 3, .loop_end = 90};
    uint8_t head[EXPORT_WAV_HEAD];
    uint8_t loop[EXPORT_WAV_LOOP];
    export_wav_head(&wav, head);
    export_wav_loop(&wav, loop);
    CHECK_U64(base_load_le32(head + 4), 36 + 200 + 68);
    CHECK(memcmp(loop, "smpl", 4) == 0);
    CHECK_U64(base_load_le32(loop + 4), 60);
    CHECK_U64(base_load_le32(loop + 8 + 28), 1);       /* loops */
    CHECK_U64(base_load_le32(loop + 8 + 36 + 4), 0);   /* forward */
    CHECK_U64(base_load_le32(loop + 8 + 36 + 8), 3);   /* first frame */
    CHECK_U64(base_load_le32(loop + 8 + 36 + 12), 89); /* last frame */
}

UNIT_TEST(the_longest_sound_fits_the_sizes)
{
    const struct export_wav wav = {
        .sample_rate = 48000, .frames = EXPORT_WAV_MOST / 2, .has_loop = true, .loop_end = 1};
    uint8_t head[EXPORT_WAV_HEAD];
    export_wav_head(&wav, head);
    CHECK_U64(base_load_le32(head + 40), EXPORT_WAV_MOST);
    CHECK_U64(base_load_le32(head + 4), EXPORT_WAV_MOST + 36 + 68);
}

UNIT_TEST(each_colour_is_that_of_the_console_again)
{
    for (uint32_t colour = 0; colour <= UINT16_MAX; colour++) {
        uint32_t rgb = export_rgb888((uint16_t)colour);
        uint32_t again = (rgb >> 16 >> 3) << 11 | ((rgb >> 8 & 0xFF) >> 2) << 5 | (rgb & 0xFF) >> 3;
        if (again != colour) {
            CHECK_U64(again, colour);
        }
    }
    CHECK_U64(export_rgb888(0xFFFF), 0xFFFFFF);
    CHECK_U64(export_rgb888(0x0821), 0x080408);
}

UNIT_TEST(a_palette_is_a_file_of_gimp)
{
    static const uint16_t colours[] = {0, 0xF800, 0x07E0};
    struct base_text text = BASE_TEXT_EMPTY;
    export_gpl_print(&text, "p", colours, 3);
    CHECK_STRING(base_text_string(&text), "GIMP Palette\nName: p\nColumns: 16\n#\n  0   0   0\tentry 0\n"
                                          "255   0   0\tentry 1\n  0 255   0\tentry 2\n");
    base_text_free(&text);
}
