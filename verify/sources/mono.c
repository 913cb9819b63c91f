#include "verify/sources/mono.h"

const char *verify_channels_name(enum verify_channels channels, uint32_t count)
{
    static const char *const names[] = {[VERIFY_CHANNELS_NONE] = "that",
                                        [VERIFY_CHANNELS_LEFT] = "that of the left channel",
                                        [VERIFY_CHANNELS_RIGHT] = "that of the right channel",
                                        [VERIFY_CHANNELS_MIX] = "that of both channels mixed"};
    return names[count == 2 ? channels : VERIFY_CHANNELS_NONE];
}

static void put(uint8_t *out, int sample)
{
    out[0] = (uint8_t)((unsigned)sample & 0xFF);
    out[1] = (uint8_t)((unsigned)sample >> 8 & 0xFF);
}

/* The mean, rounded down. */
static int mean(int left, int right)
{
    int sum = left + right;
    return sum >= 0 || sum % 2 == 0 ? sum / 2 : (sum - 1) / 2;
}

/* Every `step`th sample. */
static void take_one(const int16_t *samples, size_t frames, size_t step, uint8_t *out)
{
    for (size_t i = 0; i < frames; i++) {
        put(out + 2 * i, samples[i * step]);
    }
}

void verify_take_channels(enum verify_channels channels, uint32_t count, const int16_t *samples, size_t frames,
                          uint8_t *out)
{
    if (count == 1) {
        take_one(samples, frames, 1, out);
    } else if (channels == VERIFY_CHANNELS_LEFT) {
        take_one(samples, frames, 2, out);
    } else if (channels == VERIFY_CHANNELS_RIGHT) {
        take_one(samples + 1, frames, 2, out);
    } else {
        for (size_t i = 0; i < frames; i++) {
            put(out + 2 * i, mean(samples[2 * i], samples[2 * i + 1]));
        }
    }
}
