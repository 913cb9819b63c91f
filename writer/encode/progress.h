/* Reports to the caller how many bytes and assets are written. Threads: any number at once; the callback runs in one at
 * a time. */
#ifndef PRPACK_WRITER_ENCODE_PROGRESS_H
#define PRPACK_WRITER_ENCODE_PROGRESS_H

#include "writer/writer.h"

#include <pthread.h>

struct writer_progress {
    pthread_mutex_t mutex;
    writer_progress_callback report; /* or NULL */
    void *context;
    uint64_t bytes_done;
    uint64_t bytes_total;
    size_t assets_done;
    size_t assets_total;
};

/* False when the machine is out of resources. */
bool writer_progress_begin(struct writer_progress *progress, const struct writer_options *options, uint64_t bytes_total,
                           size_t assets_total);
void writer_progress_add(struct writer_progress *progress, uint64_t bytes, size_t assets);
void writer_progress_end(struct writer_progress *progress);

#endif
