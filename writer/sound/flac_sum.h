/* The MD5 of decoded samples, as a FLAC records it: little endian, interleaved, in as few bytes as the depth needs. */
#ifndef PRPACK_WRITER_SOUND_FLAC_SUM_H
#define PRPACK_WRITER_SOUND_FLAC_SUM_H

#include "writer/sound/flac.h"

#include <md5.h>

struct writer_flac_sum {
    const struct writer_flac *flac;
    MD5_CTX md5;
};

/* The FLAC must outlive the sum. */
void writer_flac_sum_begin(struct writer_flac_sum *sum, const struct writer_flac *flac);
/* Adds samples that are scaled to 32 bits. */
void writer_flac_sum_add(struct writer_flac_sum *sum, const int *samples, size_t count);
/* Reports sound-invalid when STREAMINFO has an MD5, and it is another one. */
bool writer_flac_sum_check(struct writer_flac_sum *sum, const struct writer_reporter *report);

#endif
