#include "base/md5.h"

#include <string.h>

enum { STEPS = 64, STEPS_PER_ROUND = 16, LENGTH_AT = BASE_MD5_BLOCK - 8 };

/* The integer parts of 2^32 times the absolute value of sin(1), sin(2), … */
static const uint32_t addends[STEPS] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static uint32_t rotated(uint32_t value, unsigned bits)
{
    return value << bits | value >> (32 - bits);
}

/* What a step takes of the three other words, and which word of the block it adds. */
static uint32_t mixed(unsigned step, const uint32_t words[4], unsigned *at)
{
    uint32_t b = words[1];
    uint32_t c = words[2];
    uint32_t d = words[3];
    switch (step / STEPS_PER_ROUND) {
    case 0:
        *at = step;
        return (b & c) | (~b & d);
    case 1:
        *at = (5 * step + 1) % STEPS_PER_ROUND;
        return (b & d) | (c & ~d);
    case 2:
        *at = (3 * step + 5) % STEPS_PER_ROUND;
        return b ^ c ^ d;
    default:
        *at = 7 * step % STEPS_PER_ROUND;
        return c ^ (b | ~d);
    }
}

static void add_block(struct base_md5 *md5, const uint8_t block[BASE_MD5_BLOCK])
{
    static const uint8_t rotations[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t words[4];
    memcpy(words, md5->state, sizeof words);
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned at;
        uint32_t sum = words[0] + mixed(step, words, &at) + addends[step];
        sum += base_load_le32(block + (size_t)at * 4);
        words[0] = words[3];
        words[3] = words[2];
        words[2] = words[1];
        words[1] += rotated(sum, rotations[step / STEPS_PER_ROUND][step % 4]);
    }
    for (unsigned i = 0; i < 4; i++) {
        md5->state[i] += words[i];
    }
}

void base_md5_begin(struct base_md5 *md5)
{
    *md5 = (struct base_md5){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void base_md5_add(struct base_md5 *md5, struct base_bytes bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        size_t filled = (size_t)(md5->size % BASE_MD5_BLOCK);
        size_t size = BASE_MD5_BLOCK - filled < bytes.size - at ? BASE_MD5_BLOCK - filled : bytes.size - at;
        if (size == BASE_MD5_BLOCK) {
            add_block(md5, bytes.data + at);
        } else {
            memcpy(md5->block + filled, bytes.data + at, size);
            if (filled + size == BASE_MD5_BLOCK) {
                add_block(md5, md5->block);
            }
        }
        md5->size += size;
        at += size;
    }
}

/* A bit, zeros, and the number of bits fill the last block. */
void base_md5_end(struct base_md5 *md5, uint8_t digest[BASE_MD5_SIZE])
{
    static const uint8_t padding[BASE_MD5_BLOCK] = {0x80};
    uint8_t bits[8];
    base_store_le64(bits, md5->size * 8);
    size_t filled = (size_t)(md5->size % BASE_MD5_BLOCK);
    base_md5_add(md5, base_bytes_make(padding, (filled < LENGTH_AT ? LENGTH_AT : LENGTH_AT + BASE_MD5_BLOCK) - filled));
    base_md5_add(md5, base_bytes_make(bits, sizeof bits));
    for (unsigned i = 0; i < 4; i++) {
        base_store_le32(digest + (size_t)i * 4, md5->state[i]);
    }
}
