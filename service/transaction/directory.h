/* Directories that the packer makes and clears. All but service_directory_empty work without memory. */
#ifndef PRPACK_SERVICE_TRANSACTION_DIRECTORY_H
#define PRPACK_SERVICE_TRANSACTION_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

/* The path of a directory. It has neither a doubled slash nor one at its end, but for "/". Strings are borrowed. */
struct service_path {
    int root_fd;      /* where a relative path begins: base/directory.h */
    const char *path; /* "." is root_fd itself */
    bool below;       /* it lies below root_fd: no link is followed on the way, and nothing leads out */
};

/* Opens the directory, or of its path the first `length` bytes, whole components; 0 is root_fd itself. Returns 0, an
 * errno value or BASE_FILE_OUTSIDE_ROOT; *fd is -1 after a failure. */
int service_directory_open(const struct service_path *path, int *fd);
int service_directory_open_first(const struct service_path *path, size_t length, int *fd);

/* How much of a path is there: the length of its longest existing prefix of whole components. 0: nothing of a relative
 * path; strlen(path): all of it, directory or not. */
size_t service_directory_present(const struct service_path *path);

/* Makes a directory and the missing ones above it, each durable; what is there already is fine. Returns 0, an errno
 * value or BASE_FILE_OUTSIDE_ROOT. */
int service_directory_make(const struct service_path *path);

/* Removes a directory and those above it, durably, as far as they are empty and longer than `kept`: undoes
 * service_directory_make when `kept` is what service_directory_present said before. */
void service_directory_unmake(const struct service_path *path, size_t kept);

/* Removes the files in a directory, links included. Does not descend: directories in it stay. Returns 0 or an errno
 * value. */
int service_directory_empty(int directory_fd);

#endif
