#include "base/names.h"

#include "base/checked.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool grow(struct base_names *names)
{
    size_t capacity = names->capacity == 0 ? 16 : names->capacity * 2;
    size_t size;
    if (!base_mul_size(capacity, sizeof *names->items, &size)) {
        return false;
    }
    char **items = realloc(names->items, size);
    if (items == NULL) {
        return false;
    }
    names->items = items;
    names->capacity = capacity;
    return true;
}

bool base_names_take(struct base_names *names, char *name)
{
    if (name == NULL || (names->count == names->capacity && !grow(names))) {
        free(name);
        return false;
    }
    names->items[names->count++] = name;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void base_names_sort(struct base_names *names)
{
    if (names->count > 1) {
        qsort(names->items, names->count, sizeof *names->items, by_bytes);
    }
}

void base_names_free(struct base_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
    *names = BASE_NAMES_EMPTY;
}

static enum base_entry_kind kind_of_mode(mode_t mode)
{
    if (S_ISREG(mode)) {
        return BASE_ENTRY_FILE;
    }
    if (S_ISDIR(mode)) {
        return BASE_ENTRY_DIRECTORY;
    }
    return S_ISLNK(mode) ? BASE_ENTRY_LINK : BASE_ENTRY_OTHER;
}

static enum base_entry_kind kind_of(int directory_fd, const struct dirent *entry)
{
    if (entry->d_type != DT_UNKNOWN) {
        return kind_of_mode((mode_t)DTTOIF(entry->d_type));
    }
    /* Some file systems do not tell. */
    struct stat status;
    bool known = fstatat(directory_fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    return known ? kind_of_mode(status.st_mode) : BASE_ENTRY_OTHER;
}

int base_directory_reopen(int *fd, int directory_fd)
{
    do {
        *fd = openat(directory_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (*fd < 0 && errno == EINTR);
    return *fd < 0 ? errno : 0;
}

int base_directory_each(int directory_fd, base_entry_sink sink, void *context)
{
    DIR *directory = fdopendir(directory_fd);
    if (directory == NULL) {
        int problem = errno;
        (void)close(directory_fd);
        return problem;
    }
    int problem = 0;
    while (problem == 0) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            problem = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            problem = sink(context, entry->d_name, kind_of(directory_fd, entry));
        }
    }
    (void)closedir(directory);
    return problem;
}
