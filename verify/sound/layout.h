/* Where the chunks of a sound lie, and its samples among them. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_LAYOUT_H
#define PRPACK_VERIFY_SOUND_LAYOUT_H

#include "verify/sound/chunk.h"

/* The first chunk of each id. All of them but `samples` lie inside the file. */
struct verify_sound_layout {
    struct verify_sound_chunk form;       /* fmt or COMM */
    struct verify_sound_chunk sizes;      /* ds64, where the samples have their size there */
    struct verify_sound_chunk samples;    /* data or SSND; its size is that of the file when it is not given */
    struct verify_sound_chunk loops;      /* smpl */
    struct verify_sound_chunk instrument; /* INST */
    struct verify_sound_chunk markers;    /* MARK */
    bool length_is_given;
    uint64_t first_sample; /* where it lies in the file */
    uint64_t sample_bytes; /* of all samples, from there on */
    uint64_t end;          /* after the last chunk that was read; up to 7 bytes after the end of the file */
};

/* The samples are there then, and inside the file. The form of an AIFF may be missing. False: bytes->fault says why. */
bool verify_sound_find_layout(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                              struct verify_sound_layout *layout);

#endif
