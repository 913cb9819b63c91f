#include "verify/sources/compare_raw.h"

#include "verify/core/findings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum { PIECE = 1 << 17 };

/* The position of the first byte that differs in *at; size when none does. Both sides have size bytes. */
static int first_difference(struct base_task *task, const struct verify_file *pack, uint64_t from,
                            const struct base_file *file, uint64_t size, uint64_t *at)
{
    uint8_t *pieces = malloc((size_t)2 * PIECE);
    int problem = pieces == NULL ? ENOMEM : 0;
    for (*at = 0; problem == 0 && *at < size;) {
        size_t length = size - *at < PIECE ? (size_t)(size - *at) : PIECE;
        problem = base_task_cancelled(task) ? ECANCELED : verify_file_read(pack, from + *at, pieces, length);
        if (problem == 0) {
            problem = base_file_read_at(file, *at, pieces + PIECE, length);
        }
        for (size_t i = 0; problem == 0 && i < length; i++, ++*at) {
            if (pieces[i] != pieces[PIECE + i]) {
                free(pieces);
                return 0;
            }
        }
    }
    free(pieces);
    return problem;
}

/* A payload of the same size and hash is the same: nothing is read again. */
static bool hash_is_equal(const struct verify_source_asset *asset, const struct verify_source_seen *seen)
{
    const struct verify_payload *payload =
        asset->facts->payloads != NULL ? &asset->facts->payloads[asset->index] : NULL;
    return payload != NULL && payload->has_hash && seen->size == asset->known->size &&
           base_hash_equal(payload->hash, seen->hash);
}

void verify_compare_raw(const struct verify_source_asset *asset, const char *path,
                        const struct verify_source_seen *seen)
{
    struct base_file file;
    char *shown;
    if (hash_is_equal(asset, seen) || !verify_source_open(asset, path, &file, &shown)) {
        return;
    }
    uint64_t size = asset->known->size;
    uint64_t at = 0;
    if (file.size != size) {
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = shown},
                             "the payload has %" PRIu64 " bytes, the source %" PRIu64, size, file.size);
    } else {
        int problem = first_difference(asset->subject->options->task, &asset->subject->input,
                                       verify_payload_position(asset->facts, asset->known), &file, size, &at);
        if (problem != 0) {
            verify_report_read_failure(&asset->sink->findings, shown, at, problem);
        } else if (at < size) {
            verify_report_source(asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = shown, BASE_AT_BYTE(at, 0)},
                                 "the payload has another byte here");
        }
    }
    base_file_close(&file);
    free(shown);
}
