#include "service/examination/operand.h"

#include "base/path.h"
#include "service/request.h"
#include "service/transaction/output.h"
#include "service/transaction/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What was named, and the findings about it. */
struct operand {
    int root_fd;
    const char *path;
    const char *usual; /* the directory that builds of the workspace publish into by default */
    struct base_findings *findings;
    bool unknown; /* memory ran out, or something could not be looked at */
};

/* ---- What lies where ---- */

/* Whether DIRECTORY/name is there; a link counts. */
static bool has(struct operand *operand, const char *directory, const char *name)
{
    struct stat status;
    char *path = base_path_join(directory, name);
    bool there = path != NULL && fstatat(operand->root_fd, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
    operand->unknown = operand->unknown || path == NULL || (!there && errno != ENOENT && errno != ENOTDIR);
    free(path);
    return there;
}

static bool has_artifact(struct operand *operand, const char *directory)
{
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        if (has(operand, directory, service_artifacts[i])) {
            return true;
        }
    }
    return false;
}

/* Whether builds have something there. What a build is moving is looked for first: afterwards it is in place. */
static bool has_build(struct operand *operand, const char *directory)
{
    return has(operand, directory, SERVICE_COMMIT_NAME) || has(operand, directory, SERVICE_STAGING_NAME) ||
           has_artifact(operand, directory);
}

static bool is_workspace(struct operand *operand, const char *directory)
{
    return has(operand, directory, "assets/.prometeu/index.json");
}

static bool is_artifact_name(const char *name)
{
    size_t i = 0;
    while (i < SERVICE_ARTIFACT_COUNT && strcmp(service_artifacts[i], name) != 0) {
        i++;
    }
    return i < SERVICE_ARTIFACT_COUNT;
}

/* The path without its last component; the caller frees it. NULL when memory ran out. */
static char *parent_of(struct operand *operand)
{
    size_t size = strlen(operand->path);
    while (size > 1 && operand->path[size - 1] == '/') {
        size--;
    }
    while (size > 0 && operand->path[size - 1] != '/') {
        size--;
    }
    while (size > 1 && operand->path[size - 1] == '/') {
        size--;
    }
    char *parent = size > 0 ? strndup(operand->path, size) : strdup(".");
    operand->unknown = operand->unknown || parent == NULL;
    return parent;
}

/* Whether the last component of the path is this name. */
static bool is_called(const struct operand *operand, const char *name)
{
    size_t size = strlen(operand->path);
    size_t length = strlen(name);
    while (size > 1 && operand->path[size - 1] == '/') {
        size--;
    }
    return size >= length && memcmp(operand->path + size - length, name, length) == 0 &&
           (size == length || operand->path[size - length - 1] == '/');
}

/* ---- What to say ---- */

static void refuse(const struct operand *operand, const char *meant, const char *text)
{
    base_report(operand->findings, DIAG_USAGE,
                &(struct base_details){
                    .place = {.file = operand->path, .request_field = SERVICE_FIELD_VERIFY_DIRECTORY},
                    .expected = meant,
                },
                "%s", text);
}

static void report_unbuilt(const struct operand *operand, const char *directory)
{
    base_report(operand->findings, DIAG_BUILD_MISSING, &(struct base_details){.place.file = directory},
                "the workspace has not been built");
}

static void refuse_file(struct operand *operand)
{
    char *parent = parent_of(operand);
    if (parent != NULL) {
        bool artifact = is_artifact_name(base_path_name(operand->path));
        refuse(operand, artifact ? parent : "a build directory", "this is a file, not a build directory");
    }
    free(parent);
}

/* Nothing is there, or an empty directory. `text` is for one that does not belong to a workspace. */
static void report_nothing(struct operand *operand, const char *text)
{
    char *parent = parent_of(operand);
    bool usual = parent != NULL && is_called(operand, SERVICE_DEFAULT_OUTPUT) && is_workspace(operand, parent);
    bool meant = has_build(operand, operand->usual);
    if (operand->unknown) {
        free(parent);
        return;
    }
    if (usual) {
        report_unbuilt(operand, operand->path);
    } else {
        refuse(operand, meant ? operand->usual : "a build directory", text);
    }
    free(parent);
}

/* A directory with a workspace: its build was meant. */
static void report_workspace(struct operand *operand)
{
    char *build = base_path_join(operand->path, SERVICE_DEFAULT_OUTPUT);
    operand->unknown = operand->unknown || build == NULL;
    bool built = build != NULL && has_build(operand, build);
    const char *shown = build != NULL && strncmp(build, "./", 2) == 0 ? build + 2 : build;
    if (built) {
        refuse(operand, shown, "this is the directory of a workspace, not that of its build");
    } else if (!operand->unknown) {
        report_unbuilt(operand, shown);
    }
    free(build);
}

static void check_directory(struct operand *operand)
{
    if (has_build(operand, operand->path) || operand->unknown) {
        return;
    }
    if (is_workspace(operand, operand->path)) {
        report_workspace(operand);
    } else if (has(operand, operand->path, "manifest.json") || has(operand, operand->path, "program.pbx")) {
        refuse(operand, "a build directory", "this is a cartridge, which has no companions to compare");
    } else if (!operand->unknown) {
        report_nothing(operand, "there is no build in this directory");
    }
}

bool service_check_build_directory(const struct base_task *task, const char *path, const char *usual,
                                   struct base_findings *findings)
{
    struct operand operand = {.root_fd = base_task_directory(task), .path = path, .usual = usual, .findings = findings};
    struct stat status;
    uint64_t before = base_findings_errors(findings);
    if (fstatat(operand.root_fd, path, &status, 0) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            report_nothing(&operand, "there is no such directory");
        }
    } else if (S_ISDIR(status.st_mode)) {
        check_directory(&operand);
    } else {
        refuse_file(&operand);
    }
    return base_findings_errors(findings) == before;
}
