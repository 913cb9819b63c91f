/* Directories: opening and reading them.
 *
 * Functions that return int return 0, an errno value or a base_file_problem. A descriptor that a function
 * returns belongs to the caller: close() it; it is -1 after a failure. */
#ifndef PRPACK_BASE_DIRECTORY_H
#define PRPACK_BASE_DIRECTORY_H

#include <stdbool.h>

/* Opens a directory; links are followed. A relative path begins at the directory root_fd, which may be
 * BASE_CURRENT_DIRECTORY (base/task.h). */
int base_directory_open(int *fd, int root_fd, const char *path);

/* The path of a file or directory from "/" on, without links (free() it). NULL with errno set when there is none. */
char *base_directory_resolve(int root_fd, const char *path);

/* Opens a directory below root_fd under the rules of base_file_open_below. */
int base_directory_open_below(int *fd, int root_fd, const char *relative);

/* The same, but no link is followed: BASE_FILE_OUTSIDE_ROOT where one is on the way. */
int base_directory_open_plain(int *fd, int root_fd, const char *relative);

/* Opens a directory by its name in another one; a link is not followed. */
int base_directory_enter(int *fd, int directory_fd, const char *name);

/* Opens the directory of an open descriptor again, with a reading position of its own. */
int base_directory_reopen(int *fd, int directory_fd);

/* Whether an open directory, or BASE_CURRENT_DIRECTORY, was deleted: nothing can be opened or made in it. */
bool base_directory_is_deleted(int directory_fd);

enum base_entry_kind { BASE_ENTRY_FILE, BASE_ENTRY_DIRECTORY, BASE_ENTRY_LINK, BASE_ENTRY_OTHER };

/* Called for each entry other than "." and "..", in no particular order; a link is not followed. name is valid during
 * the call. Returns 0 to go on; any other value ends the reading. */
typedef int (*base_entry_visitor)(void *context, const char *name, enum base_entry_kind kind);

/* Reads a directory from the position of directory_fd, and closes directory_fd in every case. Returns 0, an errno
 * value, or what the visitor returned. The visitor may remove the entry that it is called for. */
int base_directory_each(int directory_fd, base_entry_visitor visit, void *context);

#endif
