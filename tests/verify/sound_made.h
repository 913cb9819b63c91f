/* Sound files put together field by field. */
#ifndef PRPACK_TESTS_VERIFY_SOUND_MADE_H
#define PRPACK_TESTS_VERIFY_SOUND_MADE_H

#include "base/bytes.h"
#include "base/text.h"

/* Appends numbers, and a chunk: its id, its size and its content, with a byte after an odd one. */
void put_le(struct base_text *out, uint64_t value, unsigned bytes);
void put_be(struct base_text *out, uint64_t value, unsigned bytes);
void put_chunk(struct base_text *out, const char *id, bool big_endian, struct base_bytes content);
/* The same with another size than that of the content, and nothing after it. */
void put_chunk_of(struct base_text *out, const char *id, bool big_endian, uint32_t size, struct base_bytes content);

/* What a WAV says about its samples. */
struct wav_form {
    uint16_t coding; /* 0: 1 */
    uint16_t channels;
    uint32_t rate;
    uint16_t bits;
};

/* Content of fmt: 16 bytes. */
void put_fmt(struct base_text *out, bool big_endian, const struct wav_form *form);
/* RIFF, a size that nothing looks at, WAVE. */
void put_riff(struct base_text *out, const char *outer, const char *inner);
/* A WAV of fmt and data. */
struct base_text wav_make(const struct wav_form *form, struct base_bytes samples);

/* Content of COMM. coding: 4 characters, or NULL for an AIFF. */
void put_comm(struct base_text *out, uint16_t channels, uint32_t frames, uint16_t bits, uint32_t rate,
              const char *coding);
/* An AIFF (coding NULL) or AIFF-C of COMM and SSND. */
struct base_text aiff_make(uint16_t channels, uint16_t bits, uint32_t rate, const char *coding,
                           struct base_bytes samples);

#endif
