/* Files that are made of an asset, and where they go: the same code serves the service, the tests and the fuzzer.
 *
 * A file is a few parts, written one after the other. A part is bytes in memory, or the whole payload of the asset,
 * which the receiver has: so no payload is copied, whatever its size.
 * Threads: as the receiver. */
#ifndef PRPACK_EXPORT_FILE_H
#define PRPACK_EXPORT_FILE_H

#include "base/bytes.h"

struct export_part {
    struct base_bytes bytes;
    bool is_payload; /* the payload, in place of bytes */
};

struct export_file {
    const char *path; /* a plain relative path, from the root of the asset on */
    const struct export_part *parts;
    size_t count;
};

/* Takes one file, which is lent for the call. Returns 0 to go on; any other value ends the export, which returns it. */
typedef int (*export_take_file)(void *context, const struct export_file *file);

struct export_sink {
    export_take_file take;
    void *context;
};

/* Hands over a file that is one run of bytes. Returns what `take` returns. */
static inline int export_give(const struct export_sink *sink, const char *path, struct base_bytes bytes)
{
    const struct export_part part = {.bytes = bytes};
    const struct export_file file = {.path = path, .parts = &part, .count = 1};
    return sink->take(sink->context, &file);
}

/* The same for a file that is the payload. */
static inline int export_give_payload(const struct export_sink *sink, const char *path)
{
    const struct export_part part = {.is_payload = true};
    const struct export_file file = {.path = path, .parts = &part, .count = 1};
    return sink->take(sink->context, &file);
}

#endif
