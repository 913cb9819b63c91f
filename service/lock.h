/* Who may write where, between processes: advisory locks on directories themselves, so that no lock file is left behind.
 * The kernel drops them when their holder dies. */
#ifndef PRPACK_SERVICE_LOCK_H
#define PRPACK_SERVICE_LOCK_H

#include "base/findings.h"

/* Takes the lock on an open directory, exclusively or shared. Without `wait` a lock that somebody else holds is build-busy.
 * Returns false with the reason in findings; display names the directory in it. The lock ends with pp_unlock_directory or with the last
 * close of the descriptor. */
bool pp_lock_directory(int directory_fd, bool exclusive, bool wait, const char *display, struct pp_findings *findings);
void pp_unlock_directory(int directory_fd);

/* Opens the registry's directory of a workspace (assets/.prometeu) and locks it exclusively: whoever builds or edits
 * holds it. Returns the descriptor to close, or -1 with the reason in findings. */
int pp_lock_workspace(const char *workspace, bool wait, struct pp_findings *findings);

#endif
