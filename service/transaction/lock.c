#include "service/transaction/lock.h"

#include "base/descriptor.h"
#include "base/text.h"
#include "service/transaction/holder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>

/* All in nanoseconds. */
static const int64_t soon = 100000000;
static const int64_t briefly = 2000000000;
static const int64_t name_holder_after = 1000000000;
static const int64_t pause_between = 5000000;

static void name_holder(struct base_task *task, int directory_fd, const char *file)
{
    struct service_holder holder;
    (void)service_holder_find(directory_fd, &holder);
    base_task_report_waiting(task, &(const struct base_waiting){
                                       .file = file,
                                       .process = holder.process,
                                       .name = holder.name[0] != '\0' ? holder.name : NULL,
                                   });
}

/* How long to try, in nanoseconds. */
static int64_t limit_of(enum service_lock_patience patience, const struct service_lock_wish *wish)
{
    if (patience == SERVICE_LOCK_TRY) {
        return 0;
    }
    if (patience == SERVICE_LOCK_WAIT || (wish != NULL && wish->wait)) {
        return INT64_MAX;
    }
    return patience == SERVICE_LOCK_SOON ? soon : briefly;
}

/* Tries again and again: a call that sleeps in the kernel could neither be cancelled nor say what it waits for. */
int service_lock_take(int directory_fd, bool exclusive, enum service_lock_patience patience, const char *file,
                      const struct service_lock_wish *wish)
{
    const int operation = (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
    struct base_task *task = wish != NULL ? wish->task : NULL;
    int64_t limit = limit_of(patience, wish);
    int problem = base_descriptor_lock(directory_fd, operation);
    if (problem != EWOULDBLOCK || limit == 0) {
        return problem;
    }
    bool named = false;
    int64_t begun = base_task_now(task);
    for (int64_t waited = 0; problem == EWOULDBLOCK && waited < limit; waited = base_task_now(task) - begun) {
        if (base_task_cancelled(task)) {
            return ECANCELED;
        }
        if (!named && waited >= name_holder_after) {
            name_holder(task, directory_fd, file);
            named = true;
        }
        base_task_sleep(task, pause_between);
        problem = base_descriptor_lock(directory_fd, operation);
    }
    return problem;
}

void service_lock_drop(int directory_fd)
{
    (void)base_descriptor_lock(directory_fd, LOCK_UN);
}

void service_lock_report(struct base_findings *findings, int directory_fd, const char *file, const char *what)
{
    struct service_holder holder = {.process = 0};
    const struct base_details details = {.place.file = file};
    struct base_text name = BASE_TEXT_EMPTY;
    if (directory_fd < 0 || !service_holder_find(directory_fd, &holder)) {
        base_report(findings, DIAG_BUILD_BUSY, &details, "another process has locked %s", what);
        return;
    }
    base_text_add_printable(&name, base_bytes_of_string(holder.name[0] != '\0' ? holder.name : "?"),
                            sizeof holder.name);
    base_report(findings, DIAG_BUILD_BUSY, &details, "process %" PRId64 " (%s) has locked %s", holder.process,
                base_text_string(&name), what);
    base_text_free(&name);
}
