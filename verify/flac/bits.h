/* The bits of a FLAC, from the top of each byte, with the CRC-16 of what has been read.
 *
 * Bytes are taken one by one as they are needed, so at a whole number of bytes nothing has been read ahead. The first
 * failure stays: after it every function yields zeros. Threads: one thread at a time uses a reader. */
#ifndef PRPACK_VERIFY_FLAC_BITS_H
#define PRPACK_VERIFY_FLAC_BITS_H

#include "base/file.h"

enum { VERIFY_FLAC_BUFFER = 65536, VERIFY_FLAC_PEEK_MAX = 16 };

/* Only bits.c writes the members; problem and ended may be read. */
struct verify_flac_bits {
    const struct base_file *file;
    struct base_task *task; /* or NULL */
    uint8_t *buffer;        /* VERIFY_FLAC_BUFFER bytes */
    size_t at;              /* next byte of the buffer */
    size_t end;
    uint64_t next;  /* position in the file after the buffer */
    uint64_t cache; /* its lowest `count` bits are to be read */
    unsigned count;
    uint16_t crc;
    uint16_t crc_table[256];
    int problem; /* an errno value or base_file_problem, ECANCELED too; or 0 */
    bool ended;  /* more was read than there is */
};

/* False when memory ran out. The file must outlive the reader. task may be NULL. */
bool verify_flac_bits_begin(struct verify_flac_bits *bits, const struct base_file *file, struct base_task *task);
void verify_flac_bits_end(struct verify_flac_bits *bits);

static inline bool verify_flac_bits_failed(const struct verify_flac_bits *bits)
{
    return bits->problem != 0 || bits->ended;
}

/* Goes to a position inside the file, or to its end. */
void verify_flac_bits_seek(struct verify_flac_bits *bits, uint64_t position);

/* The next `count` bits, at most 32, as an unsigned number; as a number in two's complement, at most 33. */
uint32_t verify_flac_bits_take(struct verify_flac_bits *bits, unsigned count);
int64_t verify_flac_bits_take_signed(struct verify_flac_bits *bits, unsigned count);
/* How many zeros come before the next one; the one is taken too. */
uint64_t verify_flac_bits_take_zeros(struct verify_flac_bits *bits);
/* Drops the rest of the present byte. */
void verify_flac_bits_align(struct verify_flac_bits *bits);

/* ---- At a whole number of bytes ---- */

/* Position of the next byte in the file. */
uint64_t verify_flac_bits_position(const struct verify_flac_bits *bits);
/* Copies the next bytes without taking them. Returns how many: fewer than VERIFY_FLAC_PEEK_MAX only at the end of the
 * file, or after a failure. */
size_t verify_flac_bits_peek(struct verify_flac_bits *bits, uint8_t out[VERIFY_FLAC_PEEK_MAX]);
/* Goes to the next byte with this value. False when there is none. */
bool verify_flac_bits_find(struct verify_flac_bits *bits, uint8_t value);

/* Begins a new CRC-16 (polynomial 0x8005), and yields that of all bytes since then. */
void verify_flac_bits_begin_crc(struct verify_flac_bits *bits);
static inline uint16_t verify_flac_bits_crc(const struct verify_flac_bits *bits)
{
    return bits->crc;
}

#endif
