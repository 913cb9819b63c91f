#include "base/file.h"

#include "base/below.h"
#include "base/checked.h"
#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Judges a freshly opened descriptor and fills *file, or closes it. */
static int adopt(struct base_file *file, int fd)
{
    struct stat status;
    int problem = 0;
    if (fstat(fd, &status) != 0) {
        problem = errno;
    } else if (!S_ISREG(status.st_mode)) {
        problem = BASE_FILE_NOT_REGULAR;
    }
    if (problem != 0) {
        (void)close(fd);
        return problem;
    }
    *file = (struct base_file){
        .fd = fd,
        .size = (uint64_t)status.st_size,
        .device = (uint64_t)status.st_dev,
        .inode = (uint64_t)status.st_ino,
        .modified_s = (int64_t)status.st_mtim.tv_sec,
        .modified_ns = (int64_t)status.st_mtim.tv_nsec,
        .changed_s = (int64_t)status.st_ctim.tv_sec,
        .changed_ns = (int64_t)status.st_ctim.tv_nsec,
    };
    return 0;
}

/* O_NONBLOCK: a FIFO without a writer would otherwise block the process. It means nothing to a regular file. */
static const int read_flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

int base_file_open(struct base_file *file, const char *path)
{
    return base_file_open_at(file, AT_FDCWD, path);
}

int base_file_open_at(struct base_file *file, int root_fd, const char *path)
{
    *file = BASE_FILE_CLOSED;
    int fd;
    int problem = base_descriptor_open(&fd, root_fd, path, read_flags);
    if (problem != 0) {
        /* A socket cannot be opened at all. */
        return problem == ENXIO ? BASE_FILE_NOT_REGULAR : problem;
    }
    return adopt(file, fd);
}

int base_file_open_below(struct base_file *file, int root_fd, const char *relative)
{
    *file = BASE_FILE_CLOSED;
    int fd = -1;
    int problem = base_open_below(&fd, root_fd, relative, read_flags);
    return problem != 0 ? problem : adopt(file, fd);
}

void base_file_close(struct base_file *file)
{
    if (file->fd >= 0) {
        (void)close(file->fd);
    }
    *file = BASE_FILE_CLOSED;
}

int base_file_read_at(const struct base_file *file, uint64_t offset, void *out, size_t size)
{
    uint8_t *at = out;
    while (size > 0) {
        if (offset > INT64_MAX) {
            return EOVERFLOW;
        }
        ssize_t count = pread(file->fd, at, size, (off_t)offset);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return errno;
        }
        if (count == 0) {
            return BASE_FILE_SHRUNK;
        }
        at += count;
        size -= (size_t)count;
        offset += (uint64_t)count;
    }
    return 0;
}

int base_file_read_long(const struct base_file *file, uint64_t offset, void *out, size_t size, struct base_task *task)
{
    enum { PIECE = 1 << 22 };
    uint8_t *at = out;
    int problem = 0;
    while (size > 0 && problem == 0) {
        size_t piece = size < PIECE ? size : PIECE;
        problem = base_task_cancelled(task) ? ECANCELED : base_file_read_at(file, offset, at, piece);
        at += piece;
        size -= piece;
        offset += piece;
    }
    return problem;
}

int base_file_read_all(const struct base_file *file, uint64_t limit, uint8_t **data, size_t *size)
{
    *data = NULL;
    *size = 0;
    size_t length;
    size_t capacity;
    if (file->size > limit || !base_size_from_u64(file->size, &length) || !base_add_size(length, 1, &capacity)) {
        return BASE_FILE_TOO_LARGE;
    }
    uint8_t *bytes = malloc(capacity);
    if (bytes == NULL) {
        return ENOMEM;
    }
    int problem = base_file_read_at(file, 0, bytes, length);
    if (problem != 0) {
        free(bytes);
        return problem;
    }
    bytes[length] = 0;
    *data = bytes;
    *size = length;
    return 0;
}

int base_file_map(const struct base_file *file, uint64_t offset, size_t size, struct base_mapping *mapping)
{
    *mapping = (struct base_mapping){.base = NULL};
    if (!base_range_inside(offset, size, file->size)) {
        return EINVAL;
    }
    if (size == 0) {
        return 0;
    }
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t skip = offset % page;
    size_t length;
    if (!base_add_size(size, (size_t)skip, &length)) {
        return EOVERFLOW;
    }
    void *base = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file->fd, (off_t)(offset - skip));
    if (base == MAP_FAILED) {
        return errno;
    }
    mapping->base = base;
    mapping->length = length;
    mapping->bytes = base_bytes_make((const uint8_t *)base + skip, size);
    return 0;
}

void base_file_unmap(struct base_mapping *mapping)
{
    if (mapping->base != NULL) {
        (void)munmap(mapping->base, mapping->length);
    }
    *mapping = (struct base_mapping){.base = NULL};
}
