#include "writer/encode/progress.h"

bool writer_progress_begin(struct writer_progress *progress, const struct writer_options *options, uint64_t bytes_total,
                           size_t assets_total)
{
    *progress = (struct writer_progress){
        .report = options->progress,
        .context = options->progress_context,
        .bytes_total = bytes_total,
        .assets_total = assets_total,
    };
    return pthread_mutex_init(&progress->mutex, NULL) == 0;
}

void writer_progress_add(struct writer_progress *progress, uint64_t bytes, size_t assets)
{
    if (progress->report == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&progress->mutex);
    progress->bytes_done += bytes;
    progress->assets_done += assets;
    progress->report(progress->context, progress->bytes_done, progress->bytes_total, progress->assets_done,
                     progress->assets_total);
    (void)pthread_mutex_unlock(&progress->mutex);
}

void writer_progress_end(struct writer_progress *progress)
{
    (void)pthread_mutex_destroy(&progress->mutex);
}
