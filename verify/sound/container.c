#include "verify/sound/container.h"

#include "verify/sound/medium.h"

#include <inttypes.h>
#include <string.h>

enum { TAGS_MAX = 16, TAG_SIZE = 10, TAG_HAS_FOOTER = 0x10, HEAD = 12, WAVE64_HEAD = 40 };

/* ---- Tags ---- */

/* Bytes of the tag that begins here, or 0. */
static uint64_t measure_tag(const uint8_t *at)
{
    bool is_tag =
        memcmp(at, "ID3", 3) == 0 && at[3] < 255 && at[4] < 255 && ((at[6] | at[7] | at[8] | at[9]) & 0x80) == 0;
    uint64_t size = (uint64_t)at[6] << 21 | (uint64_t)at[7] << 14 | (uint64_t)at[8] << 7 | at[9];
    return is_tag ? size + TAG_SIZE + ((at[5] & TAG_HAS_FOOTER) != 0 ? TAG_SIZE : 0) : 0;
}

/* Finds where the sound begins. *tags is how many tags come before it. False when one of them passes the end of the
 * file, or the file could not be read, which is the fault then. */
static bool skip_tags(struct verify_sound_bytes *bytes, uint64_t *at, unsigned *tags)
{
    *at = 0;
    for (*tags = 0; *tags < TAGS_MAX; ++*tags) {
        const uint8_t *begin = verify_sound_bytes_at(bytes, *at, TAG_SIZE);
        uint64_t size = begin != NULL ? measure_tag(begin) : 0;
        uint64_t rest = bytes->file->size - *at;
        if (size > rest) {
            return verify_sound_fail(
                bytes->fault, DIAG_SOUND_INVALID, *at, 0, NULL,
                "an ID3v2 tag of %" PRIu64 " bytes passes the end of the file; %" PRIu64 " are left", size, rest);
        }
        if (size == 0) {
            break;
        }
        *at += size;
    }
    return !bytes->fault->found;
}

/* ---- Kinds ---- */

static bool is_wave64(struct verify_sound_bytes *bytes, uint64_t at)
{
    static const uint8_t riff[16] = {0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11,
                                     0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00};
    static const uint8_t wave[16] = {0x77, 0x61, 0x76, 0x65, 0xF3, 0xAC, 0xD3, 0x11,
                                     0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A};
    const uint8_t *begin = verify_sound_bytes_at(bytes, at, WAVE64_HEAD);
    return begin != NULL && memcmp(begin, riff, sizeof riff) == 0 && memcmp(begin + 24, wave, sizeof wave) == 0;
}

static const struct {
    const char *outer;
    const char *inner; /* at 8 */
    enum verify_sound_kind kind;
    const char *name;
} kinds[] = {
    {"RIFF", "WAVE", VERIFY_SOUND_WAV, "WAV"},   {"RIFX", "WAVE", VERIFY_SOUND_RIFX, "RIFX WAV"},
    {"RF64", "WAVE", VERIFY_SOUND_RF64, "RF64"}, {"BW64", "WAVE", VERIFY_SOUND_RF64, "BW64"},
    {"FORM", "AIFF", VERIFY_SOUND_AIFF, "AIFF"}, {"FORM", "AIFC", VERIFY_SOUND_AIFF_C, "AIFF-C"},
};

static bool find_chunked(const uint8_t *begin, struct verify_sound_container *container)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (memcmp(begin, kinds[i].outer, 4) == 0 && memcmp(begin + 8, kinds[i].inner, 4) == 0) {
            container->kind = kinds[i].kind;
            container->name = kinds[i].name;
            container->chunks = container->begin + HEAD;
            return true;
        }
    }
    return false;
}

static bool find_kind(struct verify_sound_bytes *bytes, struct verify_sound_container *container)
{
    const uint8_t *begin = verify_sound_bytes_at(bytes, container->begin, 4);
    if (begin != NULL && memcmp(begin, "fLaC", 4) == 0) {
        container->kind = VERIFY_SOUND_FLAC;
        container->name = "FLAC";
        return true;
    }
    begin = verify_sound_bytes_at(bytes, container->begin, HEAD);
    if (begin != NULL && find_chunked(begin, container)) {
        return true;
    }
    if (is_wave64(bytes, container->begin)) {
        container->kind = VERIFY_SOUND_WAVE64;
        container->name = "Wave64";
        container->chunks = container->begin + WAVE64_HEAD;
        return true;
    }
    return false;
}

bool verify_sound_find_container(struct verify_sound_bytes *bytes, struct verify_sound_container *container)
{
    unsigned tags;
    struct verify_sound_container found = {.begin = 0};
    if (!skip_tags(bytes, &found.begin, &tags)) {
        return false;
    }
    if (!find_kind(bytes, &found)) {
        return verify_sound_refuse_medium(bytes, found.begin, tags > 0);
    }
    *container = found;
    return true;
}
