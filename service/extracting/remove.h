/* Removes what was not finished. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_REMOVE_H
#define PRPACK_SERVICE_EXTRACTING_REMOVE_H

/* Removes a directory, by its name in another one, with all that it has. Links in it are removed and not followed. It
 * needs no memory, so it works when that has run out. Returns 0, also when there is no such directory, or an errno
 * value or base_file_problem. */
int service_extract_remove(int directory_fd, const char *name);

#endif
