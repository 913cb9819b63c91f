#include "reader/names/siphash.h"

static inline uint64_t rotate(uint64_t value, unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

static inline void mix(uint64_t state[4])
{
    state[0] += state[1];
    state[1] = rotate(state[1], 13) ^ state[0];
    state[0] = rotate(state[0], 32);
    state[2] += state[3];
    state[3] = rotate(state[3], 16) ^ state[2];
    state[0] += state[3];
    state[3] = rotate(state[3], 21) ^ state[0];
    state[2] += state[1];
    state[1] = rotate(state[1], 17) ^ state[2];
    state[2] = rotate(state[2], 32);
}

static inline void add_word(uint64_t state[4], uint64_t word)
{
    state[3] ^= word;
    mix(state);
    state[0] ^= word;
}

/* The bytes after the last whole word, the first byte lowest. left < 8. */
static inline uint64_t load_tail(const uint8_t *at, size_t left)
{
    uint64_t word = 0;
    for (size_t i = 0; i < left; i++) {
        word |= (uint64_t)at[i] << (8 * i);
    }
    return word;
}

uint64_t reader_siphash(struct reader_siphash_key key, struct base_bytes bytes)
{
    /* The constants spell "somepseudorandomlygeneratedbytes". */
    uint64_t state[4] = {key.low ^ UINT64_C(0x736f6d6570736575), key.high ^ UINT64_C(0x646f72616e646f6d),
                         key.low ^ UINT64_C(0x6c7967656e657261), key.high ^ UINT64_C(0x7465646279746573)};
    size_t whole = bytes.size - bytes.size % 8;
    for (size_t at = 0; at < whole; at += 8) {
        add_word(state, base_load_le64(bytes.data + at));
    }
    uint64_t tail = whole < bytes.size ? load_tail(bytes.data + whole, bytes.size - whole) : 0;
    add_word(state, tail | (uint64_t)bytes.size << 56);
    state[2] ^= 0xFF;
    mix(state);
    mix(state);
    mix(state);
    return state[0] ^ state[1] ^ state[2] ^ state[3];
}
