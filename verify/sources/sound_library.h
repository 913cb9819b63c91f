/* A WAV or AIFF through libsndfile. */
#ifndef PRPACK_VERIFY_SOURCES_SOUND_LIBRARY_H
#define PRPACK_VERIFY_SOURCES_SOUND_LIBRARY_H

#include "base/file.h"

struct verify_sound_library; /* an open sound */

struct verify_sound_facts {
    int64_t sample_rate;
    int64_t channels;
    int64_t frames;
};

/* Opens a sound. Returns 0, or an errno value or base_file_problem when the file could not be read or memory ran out.
 * With 0, *library is NULL when the file is not a sound. The file must outlive the sound. */
int verify_sound_library_open(struct verify_sound_library **library, const struct base_file *file,
                              struct verify_sound_facts *facts);
/* Accepts NULL. */
void verify_sound_library_close(struct verify_sound_library *library);

/* Reads up to `frames` frames, at most VERIFY_SOUND_AT_ONCE, as integers of 32 bits whose upper 16 are the sample; *got
 * is how many. Floating-point files hold exact samples of 16 bits as multiples of 2^-15; *exact is false when a
 * sample is another number. Returns 0, or a problem of the file. */
enum { VERIFY_SOUND_AT_ONCE = 8192 };
int verify_sound_library_read(struct verify_sound_library *library, int32_t *out, size_t frames, size_t *got,
                              bool *exact);

#endif
