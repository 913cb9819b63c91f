#include "verify/sound/medium.h"

#include "base/media.h"

bool verify_sound_refuse_medium(struct verify_sound_bytes *bytes, uint64_t begin, bool after_tags)
{
    static const char expected[] = "a WAV, RF64, Wave64, AIFF or FLAC";
    uint64_t rest = bytes->file->size - begin;
    size_t size = rest < BASE_MEDIUM_BYTES ? (size_t)rest : BASE_MEDIUM_BYTES;
    const uint8_t *data = size > 0 ? verify_sound_bytes_at(bytes, begin, size) : NULL;
    const struct base_medium *medium = data != NULL ? base_medium_of(base_bytes_make(data, size)) : NULL;
    if (medium != NULL) {
        bool is_lossy = medium->sort == BASE_MEDIUM_LOSSY_SOUND;
        return verify_sound_fail(bytes->fault, is_lossy ? DIAG_SOUND_LOSSY : DIAG_SOUND_INVALID, begin, 0, expected,
                                 "the source is %s", medium->name);
    }
    if (after_tags) {
        return verify_sound_fail(bytes->fault, DIAG_SOUND_LOSSY, begin, 0, expected,
                                 "the source is an MP3: a tag comes before something else than a sound that is read");
    }
    return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, begin, 0, expected,
                             bytes->file->size == 0 ? "the source is empty" : "the source does not begin like a sound");
}
