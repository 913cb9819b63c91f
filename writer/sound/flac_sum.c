#include "writer/sound/flac_sum.h"

#include <string.h>

enum { PIECE_SAMPLES = 1024, SAMPLE_BYTES_MAX = 4, SAMPLE_BITS = 32 };

void writer_flac_sum_begin(struct writer_flac_sum *sum, const struct writer_flac *flac)
{
    sum->flac = flac;
    MD5Init(&sum->md5);
}

void writer_flac_sum_add(struct writer_flac_sum *sum, const int *samples, size_t count)
{
    uint8_t bytes[PIECE_SAMPLES * SAMPLE_BYTES_MAX];
    unsigned unused = SAMPLE_BITS - sum->flac->depth;
    unsigned width = (sum->flac->depth + 7) / 8;
    if (!sum->flac->has_md5) {
        return;
    }
    for (size_t done = 0; done < count;) {
        size_t size = 0;
        for (; done < count && size + SAMPLE_BYTES_MAX <= sizeof bytes; done++) {
            /* The sign fills the upper bits of a sample whose depth is not a whole number of bytes. */
            uint32_t sample = (uint32_t)(samples[done] / (INT64_C(1) << unused));
            for (unsigned i = 0; i < width; i++) {
                bytes[size++] = (uint8_t)(sample >> (8 * i));
            }
        }
        MD5Update(&sum->md5, bytes, size);
    }
}

bool writer_flac_sum_check(struct writer_flac_sum *sum, const struct writer_reporter *report)
{
    uint8_t digest[WRITER_MD5_SIZE];
    if (!sum->flac->has_md5) {
        return true;
    }
    MD5Final(digest, &sum->md5);
    return memcmp(digest, sum->flac->md5, sizeof digest) == 0 ||
           writer_report(report, DIAG_SOUND_INVALID, NULL,
                         "the samples do not have the MD5 that the FLAC records: it is damaged");
}
