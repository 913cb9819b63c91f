#include "fuzz/lib/scratch.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 1024 };

static const char prefix[] = "prpack-fuzz-";
static char directory[PATH_SIZE];

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_tree(const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT) {
        return;
    }
    (void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void remove_directory(void)
{
    remove_tree(directory);
}

/* Directories of processes that are no more. */
static void remove_leftovers(const char *parent)
{
    DIR *stream = opendir(parent);
    for (struct dirent *entry = stream != NULL ? readdir(stream) : NULL; entry != NULL; entry = readdir(stream)) {
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0) {
            char path[PATH_SIZE];
            pid_t owner = (pid_t)strtol(entry->d_name + sizeof prefix - 1, NULL, 10);
            (void)snprintf(path, sizeof path, "%s/%s", parent, entry->d_name);
            if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) {
                remove_tree(path);
            }
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
}

static const char *parent_directory(void)
{
    if (access("/dev/shm", W_OK) == 0) {
        return "/dev/shm";
    }
    const char *parent = getenv("TMPDIR");
    return parent != NULL ? parent : "/tmp";
}

const char *scratch_directory(void)
{
    if (directory[0] == '\0') {
        const char *parent = parent_directory();
        remove_leftovers(parent);
        (void)snprintf(directory, sizeof directory, "%s/%s%ld", parent, prefix, (long)getpid());
        FUZZ_CHECK(mkdir(directory, 0700) == 0 || errno == EEXIST);
        FUZZ_CHECK(atexit(remove_directory) == 0);
    }
    return directory;
}

const char *scratch_path(const char *relative)
{
    static char buffers[4][PATH_SIZE];
    static unsigned turn;
    char *buffer = buffers[turn++ % 4];
    FUZZ_CHECK((size_t)snprintf(buffer, PATH_SIZE, "%s/%s", scratch_directory(), relative) < PATH_SIZE);
    return buffer;
}

static void make_parents(char *path)
{
    size_t fixed = strlen(directory);
    for (char *slash = strchr(path + fixed + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        FUZZ_CHECK(mkdir(path, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
}

void scratch_write(const char *relative, struct base_bytes bytes)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s", scratch_path(relative));
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 && errno == ENOENT) {
        make_parents(path);
        fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    FUZZ_CHECK(fd >= 0);
    FUZZ_CHECK(bytes.size == 0 || write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size);
    FUZZ_CHECK(close(fd) == 0);
}

void scratch_write_string(const char *relative, const char *string)
{
    scratch_write(relative, base_bytes_of_string(string));
}

void scratch_make(const char *relative)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/", scratch_path(relative));
    make_parents(path);
}

void scratch_link(const char *relative, const char *target)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s", scratch_path(relative));
    make_parents(path);
    FUZZ_CHECK(symlink(target, path) == 0);
}

void scratch_remove(const char *relative)
{
    remove_tree(scratch_path(relative));
}

int scratch_open(const char *relative)
{
    int fd = open(scratch_path(relative), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) { /* it was the call that had to fail */
        fd = open(scratch_path(relative), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    FUZZ_CHECK(fd >= 0);
    return fd;
}

struct fuzz_text scratch_read(const char *relative)
{
    struct base_file file;
    struct fuzz_text text = {.data = NULL};
    FUZZ_CHECK(base_file_open(&file, scratch_path(relative)) == 0);
    FUZZ_CHECK(base_file_read_all(&file, SIZE_MAX / 2, &text.data, &text.size) == 0);
    text.capacity = text.size;
    base_file_close(&file);
    return text;
}

void scratch_memory_file(struct base_file *file, struct base_bytes bytes)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    FUZZ_CHECK(fd >= 0);
    FUZZ_CHECK(bytes.size == 0 || write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size);
    struct stat status;
    FUZZ_CHECK(fstat(fd, &status) == 0);
    *file = (struct base_file){.fd = fd,
                               .size = bytes.size,
                               .device = (uint64_t)status.st_dev,
                               .inode = (uint64_t)status.st_ino,
                               .modified_s = status.st_mtim.tv_sec,
                               .modified_ns = status.st_mtim.tv_nsec};
}
