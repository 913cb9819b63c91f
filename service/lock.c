#include "service/lock.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static int take(int fd, int operation)
{
    int result;
    do {
        result = flock(fd, operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

bool pp_lock_directory(int directory_fd, bool exclusive, bool wait, const char *display, struct pp_findings *findings)
{
    int problem = take(directory_fd, (exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB));
    if (problem == 0) {
        return true;
    }
    struct pp_place place = PP_NOWHERE;
    place.file = display;
    if (problem == EWOULDBLOCK) {
        pp_findings_add(findings, PP_BUILD_BUSY, &place, NULL, NULL, "another prpack holds the lock on this directory");
    } else {
        pp_findings_add(findings, PP_ENVIRONMENT_WRITE, &place, NULL, pp_file_problem_text(problem),
                        "cannot lock the directory");
    }
    return false;
}

void pp_unlock_directory(int directory_fd)
{
    (void)take(directory_fd, LOCK_UN);
}

int pp_lock_workspace(const char *workspace, bool wait, struct pp_findings *findings)
{
    struct pp_text path = PP_TEXT_EMPTY;
    if (strcmp(workspace, ".") != 0) {
        pp_text_addf(&path, "%s/", workspace);
    }
    pp_text_add_string(&path, "assets/.prometeu");
    struct pp_place place = PP_NOWHERE;
    int fd = -1;
    int problem = pp_text_failed(&path) ? ENOMEM : pp_directory_open(&fd, pp_text_string(&path));
    pp_text_add_string(&path, "/index.json"); /* what messages name */
    place.file = pp_text_string(&path);
    if (problem == ENOENT || problem == ENOTDIR) {
        pp_findings_add(findings, PP_WORKSPACE_MISSING, &place, NULL, pp_file_problem_text(problem),
                        "this is not a workspace: it has no registry");
    } else if (problem != 0) {
        pp_findings_add(findings, problem == ENOMEM ? PP_ENVIRONMENT_MEMORY : PP_ENVIRONMENT_READ, &place, NULL,
                        pp_file_problem_text(problem), "cannot open the registry's directory");
    } else if (!pp_lock_directory(fd, true, wait, pp_text_string(&path), findings)) {
        (void)close(fd);
        fd = -1;
    }
    pp_text_free(&path);
    return problem == 0 ? fd : -1;
}
