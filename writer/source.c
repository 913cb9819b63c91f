#include "writer/source.h"

#include "base/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUFFER_SIZE = 65536, PEEK_MAX = 4096 };

bool writer_source_begin(struct writer_source *source, struct base_file *file)
{
    *source = (struct writer_source){.file = *file};
    *file = BASE_FILE_CLOSED;
    /* Small files are many; the buffer never needs to be larger than one. */
    source->capacity = source->file.size < BUFFER_SIZE ? (size_t)source->file.size + 1 : BUFFER_SIZE;
    source->buffer = malloc(source->capacity);
    source->hasher = base_hasher_create();
    if (source->buffer == NULL || source->hasher == NULL) {
        writer_source_end(source);
        return false;
    }
    return true;
}

bool writer_source_open_below(struct writer_source *source, int root_fd, const char *relative)
{
    struct base_file file = BASE_FILE_CLOSED;
    return base_file_open_below(&file, root_fd, relative) == 0 && writer_source_begin(source, &file);
}

void writer_source_end(struct writer_source *source)
{
    base_file_close(&source->file);
    free(source->buffer);
    base_hasher_destroy(source->hasher);
    *source = (struct writer_source){.file = BASE_FILE_CLOSED};
}

/* Reads up to `size` further bytes of the file into out and hashes them. */
static size_t fetch(struct writer_source *source, uint8_t *out, size_t size)
{
    uint64_t rest = source->file.size - source->next;
    if (size > rest) {
        size = (size_t)rest;
    }
    if (size == 0 || source->problem != 0) {
        return 0;
    }
    source->problem =
        base_task_cancelled(source->task) ? ECANCELED : base_file_read_at(&source->file, source->next, out, size);
    if (source->problem != 0) {
        return 0;
    }
    base_hasher_add(source->hasher, base_bytes_make(out, size));
    source->next += size;
    return size;
}

size_t writer_source_read(struct writer_source *source, void *out, size_t size)
{
    uint8_t *at = out;
    size_t done = 0;
    while (done < size) {
        size_t buffered = source->end - source->begin;
        if (buffered == 0 && size - done >= source->capacity) {
            size_t count = fetch(source, at + done, size - done);
            return done + count;
        }
        if (buffered == 0) {
            source->begin = 0;
            source->end = fetch(source, source->buffer, source->capacity);
            buffered = source->end;
        }
        if (buffered == 0) {
            return done;
        }
        size_t count = buffered < size - done ? buffered : size - done;
        memcpy(at + done, source->buffer + source->begin, count);
        source->begin += count;
        done += count;
    }
    return done;
}

struct base_bytes writer_source_peek(struct writer_source *source, size_t size)
{
    size_t wanted = size < PEEK_MAX ? size : PEEK_MAX;
    if (source->end - source->begin < wanted) {
        memmove(source->buffer, source->buffer + source->begin, source->end - source->begin);
        source->end -= source->begin;
        source->begin = 0;
        source->end += fetch(source, source->buffer + source->end, source->capacity - source->end);
    }
    size_t buffered = source->end - source->begin;
    return base_bytes_make(source->buffer + source->begin, buffered < wanted ? buffered : wanted);
}

uint64_t writer_source_position(const struct writer_source *source)
{
    return source->next - (source->end - source->begin);
}

bool writer_report_read(const struct writer_reporter *report, int problem)
{
    if (problem == BASE_FILE_SHRUNK) {
        return writer_report(report, DIAG_INPUT_CHANGED, NULL, "the file became shorter while it was read");
    }
    if (problem != ECANCELED) {
        base_report_read_failure(report->findings, &report->place, problem);
    }
    return false;
}

bool writer_input_same(struct writer_input_facts *facts, const struct base_file *file,
                       const struct writer_reporter *report)
{
    if (!facts->opened) {
        facts->opened = true;
        facts->device = file->device;
        facts->seen->stamp = base_stamp_of(file);
        return true;
    }
    if (facts->device == file->device && base_stamp_equal(facts->seen->stamp, base_stamp_of(file))) {
        return true;
    }
    return writer_report(report, DIAG_INPUT_CHANGED, NULL, "the file was changed or replaced while the build ran");
}

bool writer_input_unchanged(const struct base_file *file, const struct writer_reporter *report)
{
    struct stat status;
    if (fstat(file->fd, &status) != 0) {
        return writer_report_read(report, errno);
    }
    if ((uint64_t)status.st_size == file->size && status.st_mtim.tv_sec == file->modified_s &&
        status.st_mtim.tv_nsec == file->modified_ns && status.st_ctim.tv_sec == file->changed_s &&
        status.st_ctim.tv_nsec == file->changed_ns) {
        return true;
    }
    return writer_report(report, DIAG_INPUT_CHANGED, NULL, "the file was written to while it was read");
}

bool writer_source_finish(struct writer_source *source, struct writer_input_facts *facts,
                          const struct writer_reporter *report)
{
    /* What was not wanted still belongs to the hash. */
    source->begin = 0;
    source->end = 0;
    while (fetch(source, source->buffer, source->capacity) > 0) {
    }
    if (source->problem != 0) {
        return writer_report_read(report, source->problem);
    }
    facts->seen->hash = base_hasher_result(source->hasher);
    return writer_input_unchanged(&source->file, report) && writer_input_same(facts, &source->file, report);
}
