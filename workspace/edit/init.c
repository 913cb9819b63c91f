/* prpack init: docs/contracts/workspace.md, 5. */
#include "base/descriptor.h"
#include "base/directory.h"
#include "base/task.h"
#include "base/text.h"
#include "workspace/document/problem.h"
#include "workspace/edit/atomic.h"
#include "workspace/edit/edit.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes a directory and those above it; one that is there is fine. path is changed and restored. */
static int make_path(char *path)
{
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at != '/') {
            continue;
        }
        *at = '\0';
        int problem = mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
        *at = '/';
        if (problem != 0) {
            return problem;
        }
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
}

/* Makes a directory below another, where it is missing, and opens it. */
static int make_below(int parent_fd, const char *name, int flags, int *fd)
{
    if (mkdirat(parent_fd, name, 0777) != 0 && errno != EEXIST) {
        return errno;
    }
    int problem = base_descriptor_open(fd, parent_fd, name, O_RDONLY | O_DIRECTORY | flags);
    return problem != 0 ? problem : base_descriptor_sync_directory(parent_fd);
}

static int write_registry(int prometeu_fd)
{
    struct workspace_registry empty = {.next_asset_id = 1};
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(&empty, &text);
    int problem = base_text_out_of_memory(&text) ? ENOMEM : 0;
    if (problem == 0) {
        problem = workspace_write_atomically(prometeu_fd, WORKSPACE_REGISTRY_NAME, base_text_bytes(&text), NULL);
    }
    base_text_free(&text);
    return problem;
}

/* Returns EEXIST when there is something at index.json. */
static int check_missing(int prometeu_fd)
{
    struct stat status;
    if (fstatat(prometeu_fd, WORKSPACE_REGISTRY_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    return errno == ENOENT ? 0 : errno;
}

/* Takes the workspace lock. A process that holds it for longer than a tenth of a second is at work: EWOULDBLOCK. */
static int lock_registry(int prometeu_fd)
{
    enum { TRIES = 20, PAUSE_NS = 5000000 };
    int problem = base_descriptor_lock(prometeu_fd, LOCK_EX | LOCK_NB);
    for (int i = 0; i < TRIES && problem == EWOULDBLOCK; i++) {
        base_task_sleep(NULL, PAUSE_NS);
        problem = base_descriptor_lock(prometeu_fd, LOCK_EX | LOCK_NB);
    }
    return problem;
}

/* A registry that is there is reported at once, even while another process uses it. */
static int write_where_missing(int prometeu_fd)
{
    int problem = check_missing(prometeu_fd);
    if (problem == 0) {
        problem = lock_registry(prometeu_fd);
    }
    if (problem == 0) {
        problem = check_missing(prometeu_fd);
    }
    return problem != 0 ? problem : write_registry(prometeu_fd);
}

static int init_below(int directory_fd)
{
    int assets_fd = -1;
    int prometeu_fd = -1;
    int problem = make_below(directory_fd, "assets", 0, &assets_fd);
    if (problem == 0) {
        /* A link in its place could lead out of assets/, where no registry is read. */
        problem = make_below(assets_fd, WORKSPACE_REGISTRY_DIRECTORY, O_NOFOLLOW, &prometeu_fd);
    }
    if (problem == 0) {
        problem = write_where_missing(prometeu_fd);
    }
    if (prometeu_fd >= 0) {
        (void)close(prometeu_fd);
    }
    if (assets_fd >= 0) {
        (void)close(assets_fd);
    }
    return problem;
}

bool workspace_init(const char *directory, struct base_findings *findings)
{
    char *path = strdup(directory[0] != '\0' ? directory : ".");
    char *display = workspace_assets_path(directory, WORKSPACE_REGISTRY_PATH, NULL);
    if (path == NULL || display == NULL) {
        free(path);
        free(display);
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    int directory_fd = -1;
    int problem = make_path(path);
    if (problem == 0) {
        problem = base_directory_open(&directory_fd, path);
    }
    if (problem == 0) {
        problem = init_below(directory_fd);
        (void)close(directory_fd);
    }
    struct base_place place = BASE_NOWHERE;
    place.file = display;
    if (problem == EEXIST) {
        base_findings_add(findings, DIAG_WORKSPACE_EXISTS, &place, NULL, NULL, "there is a registry already");
    } else if (problem == EWOULDBLOCK) {
        base_findings_add(findings, DIAG_BUILD_BUSY, &place, NULL, NULL, "another process has locked the workspace");
    } else if (problem != 0) {
        base_report_write_failure(findings, &place, "make the workspace", problem);
    }
    free(display);
    free(path);
    return problem == 0;
}
