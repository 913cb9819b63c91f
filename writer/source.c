#include "writer/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUFFER_SIZE = 65536, PEEK_MAX = 4096 };

bool pp_writer_source_begin(struct pp_source *source, struct pp_file *file)
{
    *source = (struct pp_source){.file = *file};
    *file = PP_FILE_CLOSED;
    /* Small files are many; the buffer never needs to be larger than one. */
    source->capacity = source->file.size < BUFFER_SIZE ? (size_t)source->file.size + 1 : BUFFER_SIZE;
    source->buffer = malloc(source->capacity);
    source->hasher = pp_hasher_create();
    if (source->buffer == NULL || source->hasher == NULL) {
        pp_writer_source_end(source);
        return false;
    }
    return true;
}

void pp_writer_source_end(struct pp_source *source)
{
    pp_file_close(&source->file);
    free(source->buffer);
    pp_hasher_destroy(source->hasher);
    *source = (struct pp_source){.file = PP_FILE_CLOSED};
}

/* Reads up to `size` further bytes of the file into out and hashes them. */
static size_t fetch(struct pp_source *source, uint8_t *out, size_t size)
{
    uint64_t rest = source->file.size - source->next;
    if (size > rest) {
        size = (size_t)rest;
    }
    if (size == 0 || source->problem != 0) {
        return 0;
    }
    source->problem = pp_file_read_at(&source->file, source->next, out, size);
    if (source->problem != 0) {
        return 0;
    }
    pp_hasher_add(source->hasher, pp_bytes_make(out, size));
    source->next += size;
    return size;
}

size_t pp_writer_source_read(struct pp_source *source, void *out, size_t size)
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

struct pp_bytes pp_writer_source_peek(struct pp_source *source, size_t size)
{
    size_t wanted = size < PEEK_MAX ? size : PEEK_MAX;
    if (source->end - source->begin < wanted) {
        memmove(source->buffer, source->buffer + source->begin, source->end - source->begin);
        source->end -= source->begin;
        source->begin = 0;
        source->end += fetch(source, source->buffer + source->end, source->capacity - source->end);
    }
    size_t buffered = source->end - source->begin;
    return pp_bytes_make(source->buffer + source->begin, buffered < wanted ? buffered : wanted);
}

uint64_t pp_writer_source_position(const struct pp_source *source)
{
    return source->next - (source->end - source->begin);
}

bool pp_writer_report_read(const struct pp_report *report, int problem)
{
    if (problem == PP_FILE_SHRUNK) {
        return pp_writer_report(report, PP_INPUT_CHANGED, -1, NULL, NULL, "the file became shorter while it was read");
    }
    return pp_writer_report(report, PP_ENVIRONMENT_READ, -1, NULL, NULL, "cannot read: %s",
                            pp_file_problem_text(problem));
}

bool pp_writer_input_same(struct pp_input_facts *facts, const struct pp_file *file, const struct pp_report *report)
{
    if (!facts->opened) {
        facts->opened = true;
        facts->device = file->device;
        facts->seen->stamp = pp_stamp_of(file);
        return true;
    }
    if (facts->device == file->device && pp_stamp_equal(facts->seen->stamp, pp_stamp_of(file))) {
        return true;
    }
    return pp_writer_report(report, PP_INPUT_CHANGED, -1, NULL, NULL,
                            "the file was changed or replaced while the build ran");
}

bool pp_writer_input_unchanged(const struct pp_file *file, const struct pp_report *report)
{
    struct stat status;
    if (fstat(file->fd, &status) != 0) {
        return pp_writer_report_read(report, errno);
    }
    if ((uint64_t)status.st_size == file->size && status.st_mtim.tv_sec == file->modified_s &&
        status.st_mtim.tv_nsec == file->modified_ns && status.st_ctim.tv_sec == file->changed_s &&
        status.st_ctim.tv_nsec == file->changed_ns) {
        return true;
    }
    return pp_writer_report(report, PP_INPUT_CHANGED, -1, NULL, NULL, "the file was written to while it was read");
}

bool pp_writer_source_finish(struct pp_source *source, struct pp_input_facts *facts, const struct pp_report *report)
{
    /* What was not wanted still belongs to the hash. */
    source->begin = 0;
    source->end = 0;
    while (fetch(source, source->buffer, source->capacity) > 0) {
    }
    if (source->problem != 0) {
        return pp_writer_report_read(report, source->problem);
    }
    facts->seen->hash = pp_hasher_result(source->hasher);
    return pp_writer_input_unchanged(&source->file, report) && pp_writer_input_same(facts, &source->file, report);
}
