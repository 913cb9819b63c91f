/* Directories that the packer makes and clears. A path here has neither a doubled slash nor one at its end, but for
 * "/"; a relative one begins at the directory root_fd (base/directory.h). All but service_directory_empty work without
 * memory. */
#ifndef PRPACK_SERVICE_TRANSACTION_DIRECTORY_H
#define PRPACK_SERVICE_TRANSACTION_DIRECTORY_H

#include <stddef.h>

/* How much of a path is there: the length of its longest existing prefix of whole components. 0: nothing of a relative
 * path; strlen(path): all of it, directory or not. */
size_t service_directory_present(int root_fd, const char *path);

/* Makes a directory and the missing ones above it, each durable; what is there already is fine. Returns 0 or an errno
 * value. */
int service_directory_make(int root_fd, const char *path);

/* Removes a directory and those above it, durably, as far as they are empty and longer than `kept`: undoes
 * service_directory_make when `kept` is what service_directory_present said before. */
void service_directory_unmake(int root_fd, const char *path, size_t kept);

/* Removes the files in a directory, links included. Does not descend: directories in it stay. Returns 0 or an errno
 * value. */
int service_directory_empty(int directory_fd);

#endif
