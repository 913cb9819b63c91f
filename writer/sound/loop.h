/* The loops that sound files have: "smpl" of a WAV, "INST" with "MARK" of an AIFF, two fields of a FLAC.
 * docs/contracts/workspace.md, 3.2.3.
 *
 * Each function reads `size` bytes from `at` on, which lie inside the file, and fills *loop. What is damaged there is
 * a loop that cannot be used. False when reading failed, which is reported. Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_LOOP_H
#define PRPACK_WRITER_SOUND_LOOP_H

#include "writer/report.h"
#include "writer/sound/bytes.h"
#include "writer/sound/form.h"

/* Part of a file. size 0: it is not there. */
struct writer_sound_part {
    uint64_t at;
    uint64_t size;
};

bool writer_loop_of_smpl(const struct writer_sound_bytes *bytes, struct writer_sound_part smpl, bool big_endian,
                         struct writer_sound_loop *loop, const struct writer_reporter *report);

bool writer_loop_of_instrument(const struct writer_sound_bytes *bytes, struct writer_sound_part instrument,
                               struct writer_sound_part markers, struct writer_sound_loop *loop,
                               const struct writer_reporter *report);

/* comment: the content of VORBIS_COMMENT, which is less than 2^24 bytes. */
bool writer_loop_of_comment(const struct writer_sound_bytes *bytes, struct writer_sound_part comment,
                            struct writer_sound_loop *loop, const struct writer_reporter *report);

#endif
