#include "verify/sound/coding.h"

#include "verify/core/format.h"

#include <inttypes.h>
#include <string.h>

enum { BITS_MAX = 32, BITS_OF_A_BYTE = 8 };

bool verify_sound_check_channels(struct verify_sound_fault *fault, uint64_t channels, uint64_t at)
{
    return (channels >= 1 && channels <= VERIFY_SOUND_SOURCE_CHANNELS_MAX) ||
           verify_sound_fail(fault, DIAG_SOUND_FORMAT, at, 2, "1 or 2", "the sound has %" PRIu64 " channels", channels);
}

bool verify_sound_check_rate(struct verify_sound_fault *fault, uint64_t rate, uint64_t at)
{
    return (rate >= VERIFY_SOUND_RATE_MIN && rate <= VERIFY_SOUND_RATE_MAX) ||
           verify_sound_fail(fault, DIAG_SOUND_FORMAT, at, 0, VERIFY_SOUND_RATES_TEXT,
                             "the sound has %" PRIu64 " frames per second", rate);
}

/* Depth, channels and rate. */
static bool check_numbers(struct verify_sound_fault *fault, struct verify_sound_coding *coding, uint64_t bits_at,
                          uint64_t channels_at, uint64_t rate_at)
{
    if (coding->bits < 1 || coding->bits > BITS_MAX) {
        return verify_sound_fail(fault, DIAG_SOUND_FORMAT, bits_at, 2, "1 to 32",
                                 "the sound has %" PRIu32 " bits per sample", coding->bits);
    }
    coding->bytes = (coding->bits + BITS_OF_A_BYTE - 1) / BITS_OF_A_BYTE;
    return verify_sound_check_channels(fault, coding->channels, channels_at) &&
           verify_sound_check_rate(fault, coding->rate, rate_at);
}

/* ---- fmt ---- */

enum {
    FMT_SIZE = 16,
    FMT_EXTENDED_SIZE = 40,
    FMT_CHANNELS = 2,
    FMT_RATE = 4,
    FMT_FRAME_BYTES = 12,
    FMT_BITS = 14,
    FMT_GUID = 24,
    CODING_PCM = 1,
    CODING_FLOAT = 3,
    CODING_EXTENDED = 0xFFFE
};

/* The coding that a GUID names, or CODING_EXTENDED when it names none. */
static uint32_t coding_of_guid(const uint8_t *guid, bool big_endian)
{
    static const uint8_t rest[] = {0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};
    uint32_t coding = verify_sound_u32(guid, big_endian);
    bool usual = verify_sound_u16(guid + 4, big_endian) == 0 && verify_sound_u16(guid + 6, big_endian) == 0x10 &&
                 memcmp(guid + 8, rest, sizeof rest) == 0;
    return usual ? coding : CODING_EXTENDED;
}

static bool check_fmt_coding(struct verify_sound_fault *fault, uint32_t coding, uint64_t at)
{
    if (coding == CODING_PCM) {
        return true;
    }
    if (coding == CODING_FLOAT) {
        return verify_sound_fail(fault, DIAG_SOUND_FORMAT, at, 0, "coding 1 (integers)",
                                 "the samples are floating-point numbers (coding 3)");
    }
    return verify_sound_fail(fault, DIAG_SOUND_LOSSY, at, 0, "coding 1 (integers)",
                             "the samples have the coding 0x%04" PRIX32, coding);
}

static bool read_fmt(struct verify_sound_bytes *bytes, bool big_endian, const struct verify_sound_chunk *fmt,
                     struct verify_sound_coding *coding)
{
    struct verify_sound_fault *fault = bytes->fault;
    bool extended = false;
    const uint8_t *at = fmt->size >= FMT_SIZE ? verify_sound_bytes_at(bytes, fmt->begin, FMT_SIZE) : NULL;
    if (at != NULL && verify_sound_u16(at, big_endian) == CODING_EXTENDED) {
        extended = true;
        at = fmt->size >= FMT_EXTENDED_SIZE ? verify_sound_bytes_at(bytes, fmt->begin, FMT_EXTENDED_SIZE) : NULL;
    }
    if (at == NULL) {
        return verify_sound_fail(fault, DIAG_SOUND_INVALID, fmt->size_at, 0, extended ? "40 or more" : "16 or more",
                                 "the chunk fmt has %" PRIu64 " bytes", fmt->size);
    }
    coding->channels = verify_sound_u16(at + FMT_CHANNELS, big_endian);
    coding->rate = verify_sound_u32(at + FMT_RATE, big_endian);
    coding->bits = verify_sound_u16(at + FMT_BITS, big_endian);
    uint32_t frame_bytes = verify_sound_u16(at + FMT_FRAME_BYTES, big_endian);
    uint32_t number = extended ? coding_of_guid(at + FMT_GUID, big_endian) : verify_sound_u16(at, big_endian);
    if (!check_fmt_coding(fault, number, extended ? fmt->begin + FMT_GUID : fmt->begin) ||
        !check_numbers(fault, coding, fmt->begin + FMT_BITS, fmt->begin + FMT_CHANNELS, fmt->begin + FMT_RATE)) {
        return false;
    }
    coding->big_endian = big_endian;
    coding->is_unsigned = coding->bytes == 1;
    return frame_bytes == coding->bytes * coding->channels ||
           verify_sound_fail(fault, DIAG_SOUND_INVALID, fmt->begin + FMT_FRAME_BYTES, 2, NULL,
                             "the sound has %" PRIu32 " bytes per frame; expected %" PRIu32 " for %" PRIu32
                             " bits and %" PRIu32 " channels",
                             frame_bytes, coding->bytes * coding->channels, coding->bits, coding->channels);
}

/* ---- COMM ---- */

enum {
    COMM_SIZE = 18,
    COMM_CODED_SIZE = 22,
    COMM_FRAMES = 2,
    COMM_BITS = 6,
    COMM_RATE = 8,
    COMM_CODING = 18,
    EXPONENT_BIAS = 16383,
    MANTISSA_BITS = 64
};

/* The codings of an AIFF-C. */
static const struct {
    const char *name;
    bool is_float;
    bool little_endian;
    bool is_unsigned;
    uint8_t bits_min, bits_max;
} codings[] = {
    {"NONE", false, false, false, 1, 32}, {"twos", false, false, false, 1, 32},  {"sowt", false, true, false, 1, 32},
    {"raw ", false, false, true, 1, 32},  {"in24", false, false, false, 17, 24}, {"42ni", false, true, false, 17, 24},
    {"42n1", false, true, false, 17, 24}, {"in32", false, false, false, 25, 32}, {"23ni", false, true, false, 25, 32},
    {"fl32", true, false, false, 0, 0},   {"FL32", true, false, false, 0, 0},    {"fl64", true, false, false, 0, 0},
    {"FL64", true, false, false, 0, 0},
};
enum { CODINGS = sizeof codings / sizeof codings[0] };

/* The whole part of an 80-bit number; 0 when it is below 1, UINT64_MAX when it is not below 2^64 or not a number. */
static uint64_t read_extended(const uint8_t *at)
{
    int exponent = (verify_sound_u16(at, true) & 0x7FFF) - EXPONENT_BIAS;
    uint64_t mantissa = (uint64_t)verify_sound_u32(at + 2, true) << 32 | verify_sound_u32(at + 6, true);
    bool negative = (at[0] & 0x80) != 0;
    if (negative || exponent < 0) {
        return 0;
    }
    return exponent < MANTISSA_BITS ? mantissa >> (MANTISSA_BITS - 1 - exponent) : UINT64_MAX;
}

static bool take_coding(struct verify_sound_fault *fault, const uint8_t name[4], uint64_t at,
                        struct verify_sound_coding *coding)
{
    size_t i = 0;
    char shown[] = {(char)name[0], (char)name[1], (char)name[2], (char)name[3], '\0'};
    while (i < CODINGS && memcmp(codings[i].name, name, 4) != 0) {
        i++;
    }
    for (char *byte = shown; byte < shown + 4; byte++) {
        if (*byte < 0x20 || *byte > 0x7E) {
            *byte = '?';
        }
    }
    if (i == CODINGS) {
        return verify_sound_fail(fault, DIAG_SOUND_LOSSY, at, 4, "integers", "the samples have the coding '%s'", shown);
    }
    if (codings[i].is_float) {
        return verify_sound_fail(fault, DIAG_SOUND_FORMAT, at, 4, "integers",
                                 "the samples are floating-point numbers (coding '%s')", shown);
    }
    coding->big_endian = !codings[i].little_endian;
    coding->is_unsigned = codings[i].is_unsigned;
    /* Depths outside of 1 … 32 are sound-format in every coding. */
    return coding->bits < 1 || coding->bits > BITS_MAX ||
           (coding->bits >= codings[i].bits_min && coding->bits <= codings[i].bits_max) ||
           verify_sound_fail(fault, DIAG_SOUND_INVALID, at, 4, NULL,
                             "the samples have the coding '%s' and %" PRIu32 " bits; expected %u to %u bits", shown,
                             coding->bits, (unsigned)codings[i].bits_min, (unsigned)codings[i].bits_max);
}

static bool read_comm(struct verify_sound_bytes *bytes, bool is_coded, const struct verify_sound_chunk *comm,
                      struct verify_sound_coding *coding)
{
    size_t size = is_coded ? COMM_CODED_SIZE : COMM_SIZE;
    const uint8_t *at = comm->size >= size ? verify_sound_bytes_at(bytes, comm->begin, size) : NULL;
    if (at == NULL) {
        return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, comm->size_at, 0,
                                 is_coded ? "22 or more" : "18 or more", "the chunk COMM has %" PRIu64 " bytes",
                                 comm->size);
    }
    uint64_t rate = read_extended(at + COMM_RATE);
    coding->channels = verify_sound_u16(at, true);
    coding->frames = verify_sound_u32(at + COMM_FRAMES, true);
    coding->frames_at = comm->begin + COMM_FRAMES;
    coding->bits = verify_sound_u16(at + COMM_BITS, true);
    coding->rate = rate <= UINT32_MAX ? (uint32_t)rate : UINT32_MAX;
    coding->big_endian = true;
    if (is_coded && !take_coding(bytes->fault, at + COMM_CODING, comm->begin + COMM_CODING, coding)) {
        return false;
    }
    if (!check_numbers(bytes->fault, coding, comm->begin + COMM_BITS, comm->begin, comm->begin + COMM_RATE)) {
        return false;
    }
    coding->is_unsigned = coding->is_unsigned && coding->bytes == 1;
    return true;
}

bool verify_sound_read_coding(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                              const struct verify_sound_layout *layout, struct verify_sound_coding *coding)
{
    *coding = (struct verify_sound_coding){.channels = 0};
    if (!layout->form.is_there) {
        return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, layout->samples.at, 0, "COMM",
                                 "%s: the file does not have the chunk COMM", container->name);
    }
    return verify_sound_is_aiff(container->kind)
               ? read_comm(bytes, container->kind == VERIFY_SOUND_AIFF_C, &layout->form, coding)
               : read_fmt(bytes, verify_sound_is_big_endian(container->kind), &layout->form, coding);
}
