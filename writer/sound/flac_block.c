#include "writer/sound/flac_block.h"

/* A header while it is read: bits from the top of each byte. */
struct fields {
    struct base_bytes bytes;
    size_t at; /* next byte */
    bool fits;
};

static uint32_t take(struct fields *fields, unsigned bytes)
{
    uint32_t value = 0;
    for (; bytes > 0; bytes--) {
        fields->fits = fields->fits && fields->at < fields->bytes.size;
        value = value << 8 | (fields->fits ? fields->bytes.data[fields->at++] : 0U);
    }
    return value;
}

/* The number is coded like a character of UTF-8, with up to 36 bits. */
static uint64_t take_number(struct fields *fields)
{
    uint32_t first = take(fields, 1);
    unsigned ones = 0;
    while (ones < 8 && (first & 0x80U >> ones) != 0) {
        ones++;
    }
    if (ones == 1 || ones == 8) {
        fields->fits = false;
        return 0;
    }
    uint64_t number = ones == 0 ? first : first & 0x7FU >> ones;
    for (unsigned i = 1; i < ones; i++) {
        uint32_t next = take(fields, 1);
        fields->fits = fields->fits && (next & 0xC0) == 0x80;
        number = number << 6 | (next & 0x3F);
    }
    return number;
}

static uint32_t take_size(struct fields *fields, unsigned code)
{
    switch (code) {
    case 0:
        fields->fits = false;
        return 0;
    case 1:
        return 192;
    case 6:
        return take(fields, 1) + 1;
    case 7:
        return take(fields, 2) + 1;
    default:
        return code < 6 ? 576U << (code - 2) : 256U << (code - 8);
    }
}

static uint32_t take_rate(struct fields *fields, unsigned code)
{
    static const uint32_t rates[] = {0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000};
    switch (code) {
    case 12:
        return take(fields, 1) * 1000;
    case 13:
        return take(fields, 2);
    case 14:
        return take(fields, 2) * 10;
    case 15:
        fields->fits = false;
        return 0;
    default:
        return rates[code];
    }
}

static uint8_t crc8(struct base_bytes bytes)
{
    unsigned crc = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        crc ^= bytes.data[i];
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = (crc << 1 ^ ((crc & 0x80) != 0 ? 0x07U : 0U)) & 0xFF;
        }
    }
    return (uint8_t)crc;
}

bool writer_flac_block_read(struct base_bytes bytes, struct writer_flac_block *block)
{
    static const uint32_t depths[] = {0, 8, 12, 0, 16, 20, 24, 32};
    struct fields fields = {.bytes = bytes, .fits = true};
    uint32_t begin = take(&fields, 4);
    unsigned channels = begin >> 4 & 0xF;
    unsigned depth = begin >> 1 & 0x7;
    if (!fields.fits || begin >> 17 != 0x7FFC || channels > 10 || depth == 3 || (begin & 1) != 0) {
        return false;
    }
    block->numbered_by_sample = (begin >> 16 & 1) != 0;
    block->channels = channels < 8 ? channels + 1 : 2;
    block->depth = depths[depth];
    block->number = take_number(&fields);
    block->size = take_size(&fields, begin >> 12 & 0xF);
    block->sample_rate = take_rate(&fields, begin >> 8 & 0xF);
    size_t size = fields.at;
    uint32_t crc = take(&fields, 1);
    block->header_size = (uint32_t)fields.at;
    return fields.fits && crc == crc8(base_bytes_make(bytes.data, size));
}
