/* The .gitignore of an output directory that a build has made: no file of the directory is for version control.
 *
 * It travels with the artifacts: staged with them, committed with them, moved before them. So a build that is refused
 * or killed leaves it nowhere but in the directory that it stages in, and settling needs to know nothing else.
 *
 * All functions return 0 or an errno value. */
#ifndef PRPACK_SERVICE_TRANSACTION_GITIGNORE_H
#define PRPACK_SERVICE_TRANSACTION_GITIGNORE_H

/* Writes it into the staging directory, durably. */
int service_gitignore_stage(int staging_fd);

/* Moves it out of the commit directory, if it is there. What has the name in the output directory already stays as it
 * is. */
int service_gitignore_move(int commit_fd, int directory_fd);

/* Removes it from the staging directory, if it is there. */
int service_gitignore_drop(int staging_fd);

#endif
