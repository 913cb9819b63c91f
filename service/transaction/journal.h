/* What a build is about to make, kept where every command of the workspace finds it after a kill.
 *
 * The journal is a symbolic link in the registry's directory, because a link appears with its text, whole or not at
 * all. The text is "I:N:DIRECTORY": I is the inode number of the registry's directory, so that a journal that came with
 * a copy of the workspace is known for what it is; DIRECTORY is the output directory, absolute or relative to the
 * workspace, of whose path the first N bytes were there before. The process that holds the workspace lock owns the
 * link. */
#ifndef PRPACK_SERVICE_TRANSACTION_JOURNAL_H
#define PRPACK_SERVICE_TRANSACTION_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

/* An output directory. */
struct service_output {
    char *path;     /* as messages name it; no doubled slash and none at the end */
    size_t base;    /* length of the workspace's path before a relative one */
    size_t present; /* how much of it was there before the build: service_directory_present */
};

/* DIRECTORY below the workspace, unless it is absolute, and what of it is there. False when memory ran out. */
bool service_output_find(struct service_output *output, const char *workspace, const char *directory);
void service_output_free(struct service_output *output);

/* Writes the journal, durably, in place of an older one. A workspace that cannot be written to gets none, and that is
 * no error: then only commands that look at the output directory itself can settle it. Returns 0 or an errno value. */
int service_journal_write(int registry_fd, const struct service_output *output);

/* Whether there is a journal that was written in this directory; *output is then what it says, and the caller's. */
bool service_journal_read(int registry_fd, const char *workspace, struct service_output *output);

bool service_journal_exists(int registry_fd);
void service_journal_remove(int registry_fd);

#endif
