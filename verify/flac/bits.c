#include "verify/flac/bits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BYTE = 8, POLYNOMIAL = 0x8005 };

bool verify_flac_bits_begin(struct verify_flac_bits *bits, const struct base_file *file, struct base_task *task)
{
    *bits = (struct verify_flac_bits){.file = file, .task = task, .buffer = malloc(VERIFY_FLAC_BUFFER)};
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i << BYTE;
        for (unsigned bit = 0; bit < BYTE; bit++) {
            crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
        }
        bits->crc_table[i] = (uint16_t)crc;
    }
    return bits->buffer != NULL;
}

void verify_flac_bits_end(struct verify_flac_bits *bits)
{
    free(bits->buffer);
    bits->buffer = NULL;
}

void verify_flac_bits_seek(struct verify_flac_bits *bits, uint64_t position)
{
    uint64_t begin = bits->next - bits->end; /* of the buffer, in the file */
    bool held = position >= begin && position <= bits->next;
    bits->at = held ? (size_t)(position - begin) : 0;
    bits->end = held ? bits->end : 0;
    bits->next = held ? bits->next : position;
    bits->count = 0;
}

/* Reads what comes after the bytes that are left in the buffer. */
static void refill(struct verify_flac_bits *bits)
{
    size_t kept = bits->end - bits->at;
    uint64_t rest = bits->file->size - bits->next;
    size_t size = rest < VERIFY_FLAC_BUFFER - kept ? (size_t)rest : VERIFY_FLAC_BUFFER - kept;
    if (base_task_cancelled(bits->task)) {
        bits->problem = ECANCELED;
    }
    if (bits->problem != 0 || size == 0) {
        return;
    }
    memmove(bits->buffer, bits->buffer + bits->at, kept);
    bits->at = 0;
    bits->end = kept;
    bits->problem = base_file_read_at(bits->file, bits->next, bits->buffer + kept, size);
    if (bits->problem == 0) {
        bits->end += size;
        bits->next += size;
    }
}

static bool load_byte(struct verify_flac_bits *bits)
{
    if (bits->at == bits->end) {
        refill(bits);
    }
    if (bits->at == bits->end || verify_flac_bits_failed(bits)) {
        bits->ended = bits->ended || bits->problem == 0;
        return false;
    }
    uint8_t byte = bits->buffer[bits->at++];
    bits->crc = (uint16_t)(bits->crc << BYTE ^ bits->crc_table[bits->crc >> BYTE ^ byte]);
    bits->cache = bits->cache << BYTE | byte;
    bits->count += BYTE;
    return true;
}

static uint64_t take(struct verify_flac_bits *bits, unsigned count)
{
    while (bits->count < count) {
        if (!load_byte(bits)) {
            return 0;
        }
    }
    bits->count -= count;
    return bits->cache >> bits->count & ((UINT64_C(1) << count) - 1);
}

uint32_t verify_flac_bits_take(struct verify_flac_bits *bits, unsigned count)
{
    return (uint32_t)take(bits, count);
}

int64_t verify_flac_bits_take_signed(struct verify_flac_bits *bits, unsigned count)
{
    if (count == 0) {
        return 0;
    }
    uint64_t value = take(bits, count);
    uint64_t sign = UINT64_C(1) << (count - 1);
    return (int64_t)(value & (sign - 1)) - (int64_t)(value & sign);
}

uint64_t verify_flac_bits_take_zeros(struct verify_flac_bits *bits)
{
    uint64_t zeros = 0;
    for (;;) {
        while (bits->count > 0) {
            bits->count--;
            if ((bits->cache >> bits->count & 1) != 0) {
                return zeros;
            }
            zeros++;
        }
        if (!load_byte(bits)) {
            return 0;
        }
    }
}

void verify_flac_bits_align(struct verify_flac_bits *bits)
{
    bits->count -= bits->count % BYTE;
}

uint64_t verify_flac_bits_position(const struct verify_flac_bits *bits)
{
    return bits->next - (bits->end - bits->at);
}

size_t verify_flac_bits_peek(struct verify_flac_bits *bits, uint8_t out[VERIFY_FLAC_PEEK_MAX])
{
    if (bits->end - bits->at < VERIFY_FLAC_PEEK_MAX) {
        refill(bits);
    }
    size_t left = verify_flac_bits_failed(bits) ? 0 : bits->end - bits->at;
    size_t size = left < VERIFY_FLAC_PEEK_MAX ? left : VERIFY_FLAC_PEEK_MAX;
    memcpy(out, bits->buffer + bits->at, size);
    return size;
}

bool verify_flac_bits_find(struct verify_flac_bits *bits, uint8_t value)
{
    for (;;) {
        if (bits->at == bits->end) {
            refill(bits);
        }
        if (bits->at == bits->end || verify_flac_bits_failed(bits)) {
            return false;
        }
        const uint8_t *found = memchr(bits->buffer + bits->at, value, bits->end - bits->at);
        if (found != NULL) {
            bits->at = (size_t)(found - bits->buffer);
            return true;
        }
        bits->at = bits->end;
    }
}

void verify_flac_bits_begin_crc(struct verify_flac_bits *bits)
{
    bits->crc = 0;
}
