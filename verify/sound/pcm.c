#include "verify/sound/pcm.h"

enum { SILENCE_OF_BYTES = 128, STEP_OF_BYTES = 256 };

static void decode_bytes(bool is_unsigned, const uint8_t *in, size_t count, int16_t *out)
{
    for (size_t i = 0; i < count; i++) {
        int sample = is_unsigned ? in[i] - SILENCE_OF_BYTES : (int8_t)in[i];
        out[i] = (int16_t)(sample * STEP_OF_BYTES);
    }
}

static void decode_pairs(bool big_endian, const uint8_t *in, size_t count, int16_t *out)
{
    if (big_endian) {
        for (size_t i = 0; i < count; i++) {
            out[i] = (int16_t)(in[2 * i] << 8 | in[2 * i + 1]);
        }
    } else {
        for (size_t i = 0; i < count; i++) {
            out[i] = (int16_t)(in[2 * i + 1] << 8 | in[2 * i]);
        }
    }
}

/* Of 3 or 4 bytes the upper two count; those below must be 0. */
static bool decode_long(const struct verify_sound_coding *coding, const uint8_t *in, size_t count, int16_t *out,
                        size_t *at)
{
    size_t width = coding->bytes;
    size_t upper = coding->big_endian ? 0 : width - 2;
    size_t lower = coding->big_endian ? 2 : 0;
    for (size_t i = 0; i < count; i++, in += width) {
        if (in[lower] != 0 || in[lower + width - 3] != 0) {
            *at = i;
            return false;
        }
        out[i] = (int16_t)verify_sound_u16(in + upper, coding->big_endian);
    }
    return true;
}

bool verify_sound_pcm_decode(const struct verify_sound_coding *coding, const uint8_t *in, size_t count, int16_t *out,
                             size_t *at)
{
    if (coding->bytes == 1) {
        decode_bytes(coding->is_unsigned, in, count, out);
    } else if (coding->bytes == 2) {
        decode_pairs(coding->big_endian, in, count, out);
    } else {
        return decode_long(coding, in, count, out, at);
    }
    return true;
}
