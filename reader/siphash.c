#include "reader/siphash.h"

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

struct pp_siphash pp_siphash_begin(struct pp_siphash_key key)
{
    /* The constants spell "somepseudorandomlygeneratedbytes". */
    return (struct pp_siphash){
        .state = {key.low ^ UINT64_C(0x736f6d6570736575), key.high ^ UINT64_C(0x646f72616e646f6d),
                  key.low ^ UINT64_C(0x6c7967656e657261), key.high ^ UINT64_C(0x7465646279746573)}};
}

static void add_byte(struct pp_siphash *hash, uint8_t byte)
{
    hash->tail |= (uint64_t)byte << (hash->size % 8 * 8);
    hash->size++;
    if (hash->size % 8 == 0) {
        add_word(hash->state, hash->tail);
        hash->tail = 0;
    }
}

void pp_siphash_add(struct pp_siphash *hash, struct pp_bytes bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        if (hash->size % 8 == 0 && bytes.size - at >= 8) {
            add_word(hash->state, pp_load_le64(bytes.data + at));
            hash->size += 8;
            at += 8;
        } else {
            add_byte(hash, bytes.data[at]);
            at++;
        }
    }
}

uint64_t pp_siphash_end(struct pp_siphash hash)
{
    add_word(hash.state, hash.tail | hash.size << 56);
    hash.state[2] ^= 0xFF;
    mix(hash.state);
    mix(hash.state);
    mix(hash.state);
    return hash.state[0] ^ hash.state[1] ^ hash.state[2] ^ hash.state[3];
}
