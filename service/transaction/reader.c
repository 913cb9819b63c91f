#include "service/transaction/reader.h"

#include "base/directory.h"
#include "base/path.h"
#include "service/transaction/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int service_reader_enter(const char *directory, const struct service_lock_wish *wish, int *fd)
{
    return base_directory_open(fd, base_task_directory(wish->task), directory) == 0
               ? service_reader_lock(fd, directory, wish)
               : 0;
}

int service_reader_lock(int *fd, const char *directory, const struct service_lock_wish *wish)
{
    int problem = service_lock_take(*fd, false, SERVICE_LOCK_BRIEFLY, directory, wish);
    if (problem != 0 && problem != EWOULDBLOCK) {
        (void)close(*fd);
        *fd = -1;
        problem = 0;
    }
    return problem;
}

void service_reader_leave(int fd)
{
    if (fd >= 0) {
        (void)close(fd);
    }
}

/* What has a name in a directory; links are not followed. What cannot be found out is nothing. */
static enum service_left look(int directory_fd, const char *name)
{
    struct stat status;
    if (fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return SERVICE_LEFT_NOTHING;
    }
    return S_ISDIR(status.st_mode) ? SERVICE_LEFT_DEAD : SERVICE_LEFT_FOREIGN;
}

/* Whether no build holds the staging directory. */
static bool is_dead(int directory_fd)
{
    int fd;
    if (base_directory_enter(&fd, directory_fd, SERVICE_STAGING_NAME) != 0) {
        return false;
    }
    bool dead = service_lock_take(fd, false, SERVICE_LOCK_TRY, SERVICE_STAGING_NAME, NULL) == 0;
    (void)close(fd);
    return dead;
}

struct service_left_over service_reader_look(int directory_fd)
{
    struct service_left_over left = {.commit = SERVICE_LEFT_NOTHING, .staging = SERVICE_LEFT_NOTHING};
    if (directory_fd >= 0) {
        left.commit = look(directory_fd, SERVICE_COMMIT_NAME);
        left.staging = look(directory_fd, SERVICE_STAGING_NAME);
        if (left.staging == SERVICE_LEFT_DEAD && !is_dead(directory_fd)) {
            left.staging = SERVICE_LEFT_NOTHING;
        }
    }
    return left;
}

static void report_pending(struct base_findings *findings, const char *directory, const char *name, const char *text)
{
    char *path = base_path_join(directory, name);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_BUILD_PENDING, &(struct base_details){.place.file = path, .severity = BASE_WARNING},
                "%s", text);
    free(path);
}

void service_reader_report_commit(const char *directory, const char *text, struct base_findings *findings)
{
    report_pending(findings, directory, SERVICE_COMMIT_NAME, text);
}

void service_reader_report(const char *directory, const struct service_left_over *left, const char *dead_commit,
                           struct base_findings *findings)
{
    static const char foreign[] = "this is not a directory, so prpack has not made it, and it was not looked into";
    static const char dead[] = "a build was killed while it wrote these files; they are worth nothing";
    if (left->commit != SERVICE_LEFT_NOTHING) {
        service_reader_report_commit(directory, left->commit == SERVICE_LEFT_FOREIGN ? foreign : dead_commit, findings);
    }
    if (left->staging != SERVICE_LEFT_NOTHING) {
        report_pending(findings, directory, SERVICE_STAGING_NAME,
                       left->staging == SERVICE_LEFT_FOREIGN ? foreign : dead);
    }
}
