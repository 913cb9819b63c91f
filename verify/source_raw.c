#include "verify/sources.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum { PIECE = 1 << 17 };

/* The position of the first byte that differs in *at; size when none does. Both sides have size bytes. */
static int first_difference(const struct pp_input *pack, uint64_t from, const struct pp_file *file, uint64_t size,
                            uint64_t *at)
{
    uint8_t *pieces = malloc((size_t)2 * PIECE);
    int problem = pieces == NULL ? ENOMEM : 0;
    for (*at = 0; problem == 0 && *at < size;) {
        size_t length = size - *at < PIECE ? (size_t)(size - *at) : PIECE;
        problem = pp_input_read(pack, from + *at, pieces, length);
        if (problem == 0) {
            problem = pp_file_read_at(file, *at, pieces + PIECE, length);
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

/* A payload of the source's size and hash is the same: nothing is read again. */
static bool hash_tells(const struct pp_source_asset *asset, const struct pp_source_seen *seen)
{
    const struct pp_report *report = asset->examination->report;
    return asset->index < report->asset_count && report->assets[asset->index].has_hash &&
           seen->size == asset->known->size && pp_hash_equal(report->assets[asset->index].payload_hash, seen->hash);
}

void pp_compare_raw(const struct pp_source_asset *asset, const char *path, const struct pp_source_seen *seen)
{
    struct pp_file file;
    char *shown;
    if (hash_tells(asset, seen) || !pp_source_open(asset, path, &file, &shown)) {
        return;
    }
    uint64_t size = asset->known->size;
    uint64_t at = 0;
    if (file.size != size) {
        pp_source_tell(asset, PP_SOURCE_MISMATCH, shown, -1, "the payload has %" PRIu64 " bytes, the source %" PRIu64,
                       size, file.size);
    } else {
        int problem = first_difference(&asset->examination->input,
                                       pp_payload_position(asset->examination, asset->known), &file, size, &at);
        if (problem != 0) {
            pp_tell_problem(&asset->examination->findings, shown, at, problem);
        } else if (at < size) {
            pp_source_tell(asset, PP_SOURCE_MISMATCH, shown, (int64_t)at, "the payload has another byte here");
        }
    }
    pp_file_close(&file);
    free(shown);
}
