#include "verify/flac/header.h"

enum {
    FIXED_SIZE = 4,
    NUMBER_BYTES_MAX = 7,
    CHANNELS_PLAIN = 8, /* codes below it: one less than the number of channels */
    CHANNEL_CODES = 11,
};

/* Big endian, at most 2 bytes. */
static bool read_extra(struct base_bytes bytes, size_t *at, size_t count, uint32_t *value)
{
    *value = 0;
    if (bytes.size - *at < count) {
        return false;
    }
    for (; count > 0; count--) {
        *value = *value << 8 | bytes.data[(*at)++];
    }
    return true;
}

/* As UTF-8 codes a character, but up to seven bytes long. */
static bool read_number(struct base_bytes bytes, size_t *at, uint64_t *number)
{
    if (*at == bytes.size) {
        return false;
    }
    uint8_t first = bytes.data[(*at)++];
    size_t more = 0;
    if (first >= 0x80) {
        while (more < NUMBER_BYTES_MAX && (first << more & 0x40) != 0) {
            more++;
        }
        if (more == 0 || more == NUMBER_BYTES_MAX || bytes.size - *at < more) {
            return false;
        }
    }
    *number = more == 0 ? first : first & ((1U << (6 - more)) - 1);
    for (; more > 0; more--, (*at)++) {
        if (bytes.data[*at] >> 6 != 2) {
            return false;
        }
        *number = *number << 6 | (bytes.data[*at] & 0x3FU);
    }
    return true;
}

static bool read_frames(struct base_bytes bytes, size_t *at, unsigned code, uint32_t *frames)
{
    static const uint32_t sizes[16] = {
        [1] = 192,   [2] = 576,   [3] = 1152,  [4] = 2304,  [5] = 4608,   [8] = 256,   [9] = 512,
        [10] = 1024, [11] = 2048, [12] = 4096, [13] = 8192, [14] = 16384, [15] = 32768};
    if (code == 6 || code == 7) {
        bool there = read_extra(bytes, at, code - 5, frames);
        *frames += 1;
        return there;
    }
    *frames = sizes[code];
    return *frames != 0;
}

static bool read_rate(struct base_bytes bytes, size_t *at, unsigned code, uint32_t *rate)
{
    static const uint32_t rates[12] = {[1] = 88200, [2] = 176400, [3] = 192000, [4] = 8000,   [5] = 16000, [6] = 22050,
                                       [7] = 24000, [8] = 32000,  [9] = 44100,  [10] = 48000, [11] = 96000};
    if (code < 12) {
        *rate = rates[code];
        return true;
    }
    if (code == 15 || !read_extra(bytes, at, code == 12 ? 1 : 2, rate)) {
        return false;
    }
    *rate *= code == 12 ? 1000 : code == 14 ? 10 : 1;
    return true;
}

/* Polynomial x^8 + x^2 + x + 1. */
static uint8_t sum_of(const uint8_t *data, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i++) {
        sum ^= data[i];
        for (int bit = 0; bit < 8; bit++) {
            sum <<= 1;
            sum ^= (sum & 0x100) != 0 ? 0x107U : 0;
        }
    }
    return (uint8_t)sum;
}

static void read_channels(unsigned code, struct verify_flac_header *header)
{
    header->channels = code < CHANNELS_PLAIN ? code + 1 : 2;
    header->stereo = code < CHANNELS_PLAIN ? VERIFY_FLAC_PLAIN : (enum verify_flac_stereo)(code - CHANNELS_PLAIN + 1);
}

bool verify_flac_header_read(struct base_bytes bytes, struct verify_flac_header *header)
{
    static const uint32_t depths[8] = {[1] = 8, [2] = 12, [4] = 16, [5] = 20, [6] = 24, [7] = 32};
    if (bytes.size < FIXED_SIZE || bytes.data[0] != 0xFF || (bytes.data[1] & 0xFE) != 0xF8) {
        return false;
    }
    unsigned channels = bytes.data[3] >> 4;
    unsigned depth = bytes.data[3] >> 1 & 7;
    size_t at = FIXED_SIZE;
    if (channels >= CHANNEL_CODES || (depths[depth] == 0 && depth != 0) || (bytes.data[3] & 1) != 0) {
        return false;
    }
    header->counts_samples = (bytes.data[1] & 1) != 0;
    header->depth = depths[depth];
    read_channels(channels, header);
    if (!read_number(bytes, &at, &header->number) || !read_frames(bytes, &at, bytes.data[2] >> 4, &header->frames) ||
        !read_rate(bytes, &at, bytes.data[2] & 15, &header->sample_rate) || at == bytes.size) {
        return false;
    }
    header->size = (uint32_t)at + 1;
    return bytes.data[at] == sum_of(bytes.data, at);
}
