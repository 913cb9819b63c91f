#include "tests/verify/sound_made.h"

#include <string.h>

enum { EXPONENT_OF_ONE = 16383 };

/* Number i of the bytes of a value, from the lowest on; those after the eighth are 0. */
static char byte_of(uint64_t value, unsigned i)
{
    return (char)(i < sizeof value ? value >> 8 * i & 0xFF : 0);
}

void put_le(struct base_text *out, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        base_text_add_char(out, byte_of(value, i));
    }
}

void put_be(struct base_text *out, uint64_t value, unsigned bytes)
{
    for (unsigned i = bytes; i-- > 0;) {
        base_text_add_char(out, byte_of(value, i));
    }
}

static void put(struct base_text *out, bool big_endian, uint64_t value, unsigned bytes)
{
    (big_endian ? put_be : put_le)(out, value, bytes);
}

void put_chunk_of(struct base_text *out, const char *id, bool big_endian, uint32_t size, struct base_bytes content)
{
    base_text_add(out, base_bytes_make(id, 4));
    put(out, big_endian, size, 4);
    base_text_add(out, content);
}

void put_chunk(struct base_text *out, const char *id, bool big_endian, struct base_bytes content)
{
    put_chunk_of(out, id, big_endian, (uint32_t)content.size, content);
    if (content.size % 2 != 0) {
        base_text_add_char(out, '\xAA');
    }
}

void put_fmt(struct base_text *out, bool big_endian, const struct wav_form *form)
{
    uint32_t frame = form->channels * ((form->bits + 7U) / 8);
    put(out, big_endian, form->coding != 0 ? form->coding : 1, 2);
    put(out, big_endian, form->channels, 2);
    put(out, big_endian, form->rate, 4);
    put(out, big_endian, (uint64_t)form->rate * frame, 4);
    put(out, big_endian, frame, 2);
    put(out, big_endian, form->bits, 2);
}

void put_riff(struct base_text *out, const char *outer, const char *inner)
{
    base_text_add_string(out, outer);
    put_le(out, 7, 4);
    base_text_add_string(out, inner);
}

struct base_text wav_make(const struct wav_form *form, struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    struct base_text fmt = BASE_TEXT_EMPTY;
    put_fmt(&fmt, false, form);
    put_riff(&file, "RIFF", "WAVE");
    put_chunk(&file, "fmt ", false, base_text_bytes(&fmt));
    put_chunk(&file, "data", false, samples);
    base_text_free(&fmt);
    return file;
}

void put_comm(struct base_text *out, uint16_t channels, uint32_t frames, uint16_t bits, uint32_t rate,
              const char *coding)
{
    unsigned exponent = 0;
    while (exponent < 31 && rate >> exponent > 1) {
        exponent++;
    }
    put_be(out, channels, 2);
    put_be(out, frames, 4);
    put_be(out, bits, 2);
    put_be(out, EXPONENT_OF_ONE + exponent, 2);
    put_be(out, (uint64_t)rate << (63 - exponent), 8);
    if (coding != NULL) {
        base_text_add(out, base_bytes_make(coding, 4));
        put_be(out, 0, 2);
    }
}

struct base_text aiff_make(uint16_t channels, uint16_t bits, uint32_t rate, const char *coding,
                           struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    struct base_text comm = BASE_TEXT_EMPTY;
    struct base_text ssnd = BASE_TEXT_EMPTY;
    uint32_t frame = channels * ((bits + 7U) / 8);
    put_comm(&comm, channels, frame > 0 ? (uint32_t)(samples.size / frame) : 0, bits, rate, coding);
    put_be(&ssnd, 0, 8);
    base_text_add(&ssnd, samples);
    put_riff(&file, "FORM", coding != NULL ? "AIFC" : "AIFF");
    put_chunk(&file, "COMM", true, base_text_bytes(&comm));
    put_chunk(&file, "SSND", true, base_text_bytes(&ssnd));
    base_text_free(&comm);
    base_text_free(&ssnd);
    return file;
}
