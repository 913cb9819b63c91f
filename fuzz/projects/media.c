#include "fuzz/projects/media.h"

#include <string.h>
#include <zlib.h>

static void add_u32(struct fuzz_text *out, uint32_t value)
{
    const uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
    fuzz_text_add(out, bytes, sizeof bytes);
}

static uint32_t load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void add_chunk(struct fuzz_text *out, const char *type, struct base_bytes data)
{
    add_u32(out, (uint32_t)data.size);
    size_t from = out->size;
    fuzz_text_add(out, type, 4);
    fuzz_text_add(out, data.data, data.size);
    add_u32(out, (uint32_t)crc32(0, out->data + from, (uInt)(out->size - from)));
}

static void add_pixels(struct fuzz_text *out, struct base_bytes rows)
{
    struct fuzz_text packed = {.data = NULL};
    static const uint8_t room[256];
    uLongf size = compressBound((uLong)rows.size);
    for (uLongf i = 0; i <= size; i += sizeof room) {
        fuzz_text_add(&packed, room, sizeof room);
    }
    static const uint8_t nothing[1];
    FUZZ_CHECK(compress2(packed.data, &size, rows.size > 0 ? rows.data : nothing, (uLong)rows.size, 1) == Z_OK);
    add_chunk(out, "IDAT", base_bytes_make(packed.data, size));
    fuzz_text_free(&packed);
}

void media_png(struct fuzz_text *out, const struct media_png *png)
{
    struct fuzz_text header = {.data = NULL};
    const uint8_t kind[5] = {png->depth, png->colour, 0, 0, png->interlace};
    fuzz_text_add(out, "\x89PNG\r\n\x1A\n", 8);
    add_u32(&header, png->width);
    add_u32(&header, png->height);
    fuzz_text_add(&header, kind, sizeof kind);
    add_chunk(out, "IHDR", fuzz_text_bytes(&header));
    fuzz_text_free(&header);
    if (png->palette.size > 0) {
        add_chunk(out, "PLTE", png->palette);
    }
    if (png->transparency.size > 0) {
        add_chunk(out, "tRNS", png->transparency);
    }
    add_pixels(out, png->rows);
    add_chunk(out, "IEND", (struct base_bytes){.data = NULL});
}

void media_png_repair(struct fuzz_text *png)
{
    size_t at = 8;
    while (at <= png->size && png->size - at >= 12) {
        uint32_t length = load_u32(png->data + at);
        if (length > png->size - at - 12) {
            return;
        }
        uint32_t sum = (uint32_t)crc32(0, png->data + at + 4, length + 4);
        uint8_t *end = png->data + at + 8 + length;
        for (unsigned i = 0; i < 4; i++) {
            end[i] = (uint8_t)(sum >> (24 - 8 * i));
        }
        at += 12 + (size_t)length;
    }
}

size_t media_png_row(const struct media_png *png)
{
    static const uint8_t channels[] = {1, 0, 3, 1, 2, 0, 4};
    size_t samples = png->colour < sizeof channels ? channels[png->colour] : 0;
    return 1 + (png->width * samples * png->depth + 7) / 8;
}

void media_wav(struct fuzz_text *out, uint16_t format, uint16_t channels, uint32_t rate, uint16_t bits,
               struct base_bytes samples)
{
    uint8_t header[44] = "RIFF....WAVEfmt ....................data";
    uint32_t frame = (uint32_t)channels * ((bits + 7U) / 8U);
    base_store_le32(header + 4, (uint32_t)(36 + samples.size + samples.size % 2));
    base_store_le32(header + 16, 16);
    base_store_le16(header + 20, format);
    base_store_le16(header + 22, channels);
    base_store_le32(header + 24, rate);
    base_store_le32(header + 28, (uint32_t)((uint64_t)rate * frame & UINT32_MAX));
    base_store_le16(header + 32, (uint16_t)(frame & UINT16_MAX));
    base_store_le16(header + 34, bits);
    base_store_le32(header + 40, (uint32_t)samples.size);
    fuzz_text_add(out, header, sizeof header);
    fuzz_text_add(out, samples.data, samples.size);
    fuzz_text_add(out, "", samples.size % 2);
}
