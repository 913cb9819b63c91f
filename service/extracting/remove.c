#include "service/extracting/remove.h"

#include "base/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_SIZE = 256, ENTRIES_SIZE = 4096 };

/* What one pass over a directory has found. */
struct pass {
    bool removed;              /* a file */
    char directory[NAME_SIZE]; /* the name of a directory; or "" */
};

static bool is_directory(int fd, const struct dirent64 *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type == DT_DIR;
    }
    return fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static int take_entry(int fd, const struct dirent64 *entry, struct pass *pass)
{
    static const int flags = 0;
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return 0;
    }
    if (is_directory(fd, entry)) {
        (void)snprintf(pass->directory, sizeof pass->directory, "%s", name);
        return 0;
    }
    pass->removed = true;
    return unlinkat(fd, name, flags) == 0 || errno == ENOENT ? 0 : errno;
}

/* Reads a directory from its beginning, and removes the files in it, up to the first directory. */
static int read_entries(int fd, struct pass *pass)
{
    alignas(struct dirent64) char entries[ENTRIES_SIZE];
    *pass = (struct pass){.removed = false};
    if (lseek(fd, 0, SEEK_SET) != 0) {
        return errno;
    }
    for (;;) {
        ssize_t size = getdents64(fd, entries, sizeof entries);
        if (size <= 0) {
            return size == 0 ? 0 : errno;
        }
        for (ssize_t at = 0; at < size && pass->directory[0] == '\0';) {
            const struct dirent64 *entry = (const void *)(entries + at);
            int problem = take_entry(fd, entry, pass);
            if (problem != 0) {
                return problem;
            }
            at += entry->d_reclen;
        }
        if (pass->directory[0] != '\0') {
            return 0;
        }
    }
}

/* Some file systems pass over entries while others are removed. */
static int empty(int fd, struct pass *pass)
{
    int problem;
    do {
        problem = read_entries(fd, pass);
    } while (problem == 0 && pass->removed && pass->directory[0] == '\0');
    return problem;
}

/* Removes one directory that has no others in it: the first one that is found from `name` on. *last: it was `name`. */
static int remove_deepest(int directory_fd, const char *name, bool *last)
{
    int above;
    int fd = -1;
    struct pass pass = {.removed = false};
    char current[NAME_SIZE] = "";
    int problem = base_directory_reopen(&above, directory_fd);
    (void)snprintf(current, sizeof current, "%s", name);
    *last = true;
    while (problem == 0) {
        problem = base_directory_enter(&fd, above, current);
        problem = problem == 0 ? empty(fd, &pass) : problem;
        if (problem != 0 || pass.directory[0] == '\0') {
            break;
        }
        (void)close(above);
        above = fd;
        fd = -1;
        memcpy(current, pass.directory, sizeof current);
        *last = false;
    }
    if (problem == 0 && unlinkat(above, current, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        problem = errno;
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    if (above >= 0) {
        (void)close(above);
    }
    return problem;
}

int service_extract_remove(int directory_fd, const char *name)
{
    int problem;
    bool last;
    do {
        problem = remove_deepest(directory_fd, name, &last);
    } while (problem == 0 && !last);
    return problem == ENOENT ? 0 : problem;
}
