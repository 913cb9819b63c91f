/* The .gitignore of an output directory that a build has made: git ignores every file of the directory.
 *
 * It is staged and committed with the artifacts, and moved before them. So a build that is refused or killed leaves it
 * in its staging directory at most, and settling needs no rule of its own for it.
 *
 * All functions return 0 or an errno value. */
#ifndef PRPACK_SERVICE_TRANSACTION_GITIGNORE_H
#define PRPACK_SERVICE_TRANSACTION_GITIGNORE_H

#define SERVICE_GITIGNORE_NAME ".gitignore"

/* Writes it into the staging directory, durably. */
int service_gitignore_stage(int staging_fd);

/* Moves it out of the commit directory, if it is there. A file of that name in the output directory is not
 * replaced. */
int service_gitignore_move(int commit_fd, int directory_fd);

/* Removes it from the staging directory, if it is there. */
int service_gitignore_drop(int staging_fd);

#endif
