#include "service/examination/directory.h"

#include "base/directory.h"
#include "service/examination/examine.h"
#include "service/transaction/reader.h"
#include "service/transaction/swap.h"
#include "verify/verify.h"

/* The report of a directory that stayed locked. */
static void report_busy(const char *directory, int fd, struct service_report *report)
{
    if (service_examine_nothing(directory, report)) {
        service_lock_report(&report->findings, fd, directory, "the directory to publish a build");
    }
}

static void examine_locked(struct base_task *task, const char *directory, int fd, bool inspects,
                           const struct service_examination_options *options, struct service_report *report)
{
    const struct service_left_over left = service_reader_look(fd);
    struct service_examination examination = {
        .examined = SERVICE_EXAMINED_BUILD,
        .path = directory,
        .pending = SERVICE_COMMIT_NAME,
    };
    int problem = 0;
    if (inspects && !verify_is_build(task, directory, examination.pending, &problem)) {
        examination.examined = problem == 0 ? SERVICE_EXAMINED_CARTRIDGE : SERVICE_EXAMINED_PATH;
    }
    if (service_examine(task, &examination, options, report)) {
        service_reader_report(directory, &left,
                              examination.examined == SERVICE_EXAMINED_BUILD
                                  ? "a build was killed while it moved its files into place; what is said here is "
                                    "about the set that the next command of the workspace completes"
                                  : "a build was killed while it moved its files into place",
                              &report->findings);
    }
}

void service_examine_directory(struct base_task *task, const char *directory, bool inspects,
                               const struct service_examination_options *options, struct service_report *report)
{
    const struct service_lock_wish wish = {.task = task, .wait = options->wait};
    int fd;
    if (service_reader_enter(directory, &wish, &fd) == 0) {
        examine_locked(task, directory, fd, inspects, options, report);
    } else {
        report_busy(directory, fd, report);
    }
    service_reader_leave(fd);
}

void service_report_pending_beside(const struct base_task *task, const char *directory, struct service_report *report)
{
    int fd;
    if (base_directory_open(&fd, base_task_directory(task), directory) != 0) {
        return;
    }
    if (service_swap_pending(fd)) {
        service_reader_report_commit(
            directory, "a newer build is not in place yet; what is said here is about the file as it lies there",
            &report->findings);
    }
    service_reader_leave(fd);
}
