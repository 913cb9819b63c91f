/* What a build is about to make, kept where every command of the workspace finds it after a kill.
 *
 * The journal is a symbolic link in the registry's directory, because a link appears with its text, whole or not at
 * all. The text is "I:N:DIRECTORY", or "I-TOKEN:N:DIRECTORY" when DIRECTORY is outside of the project. I is the inode
 * number of the registry's directory. DIRECTORY is the output directory, absolute or relative to the workspace, of
 * whose path the first N bytes were there before. The process that holds the workspace lock owns the link.
 *
 * A journal may come with a workspace from a stranger, so it gives no right to change anything outside of the project.
 * There a mark has to agree: a second link, ".prpack-output-TOKEN" with the text "I", in the directory that the first N
 * bytes name. TOKEN is random. The mark is there before anything else is made outside, and goes when nothing is left.
 */
#ifndef PRPACK_SERVICE_TRANSACTION_JOURNAL_H
#define PRPACK_SERVICE_TRANSACTION_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

/* Where builds publish unless they are told another directory; relative to the workspace. */
#define SERVICE_DEFAULT_OUTPUT "build"

enum { SERVICE_TOKEN_SIZE = 32 }; /* hexadecimal digits */

/* An output directory. */
struct service_output {
    int root_fd;                        /* where a relative path begins: base/directory.h; borrowed */
    char *path;                         /* as messages name it; no doubled slash and none at the end */
    size_t base;                        /* length of the workspace's path before a relative one */
    size_t present;                     /* how much of it was there before the build: service_directory_present */
    char token[SERVICE_TOKEN_SIZE + 1]; /* of the mark; "" when there is none */
};

/* DIRECTORY below the workspace, unless it is absolute, and what of it is there. False when memory ran out. */
bool service_output_find(struct service_output *output, int root_fd, const char *workspace, const char *directory);
void service_output_free(struct service_output *output);

/* Opens an output directory that lies below the project, whatever links there are on the way. Returns 0, ENOENT or
 * ENOTDIR when it is not there but would lie below, BASE_FILE_OUTSIDE_ROOT, or another errno value; *fd is -1 unless 0
 * is returned. */
int service_output_open_below(const struct service_output *output, const char *workspace, int *fd);

/* Writes the journal, durably, in place of an older one, and the mark where it is needed; output->token is set. A
 * workspace that cannot be written to gets neither, and that is not an error: then only a build into the same directory
 * can settle it. Returns 0 or an errno value. */
int service_journal_write(int registry_fd, const char *workspace, struct service_output *output);

/* Whether there is a journal that can be read; *output is then what it says, and the caller's; else it is empty. */
bool service_journal_read(int registry_fd, int root_fd, const char *workspace, struct service_output *output);

/* Whether the mark of this journal is there: this workspace itself has noted the output directory. */
bool service_journal_is_marked(int registry_fd, const struct service_output *output);

bool service_journal_exists(int registry_fd);

/* Removes the mark, durably, then the journal. When the mark cannot be removed, both stay. */
void service_journal_remove(int registry_fd, const struct service_output *output);

#endif
