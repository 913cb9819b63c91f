#include "service/building/check.h"

#include "service/building/stage.h"
#include "service/transaction/reader.h"
#include "service/transaction/targets.h"

#include <errno.h>
#include <unistd.h>

bool service_check_output(struct service_building *build)
{
    const struct service_path where = service_output_where(&build->output);
    int fd;
    if (service_directory_open(&where, &fd) != 0) {
        return true; /* a build would make it */
    }
    int problem = service_reader_lock(&fd, build->output.path, &build->wish);
    if (problem == EWOULDBLOCK) {
        service_lock_report(build->findings, fd, build->output.path, "the directory to publish a build");
    }
    bool free = problem == 0;
    if (free && fd >= 0) {
        const struct service_left_over left = service_reader_look(fd);
        service_reader_report(build->output.path, &left, "a build was killed while it moved its files into place",
                              build->findings);
        free = service_targets_are_free(fd, build->output.path, build->findings);
    }
    service_reader_leave(fd);
    return free;
}

void service_check_set(struct service_building *build)
{
    const struct service_path where = service_output_where(&build->output);
    struct service_memory memory = SERVICE_MEMORY_EMPTY;
    struct service_stage stage = {
        .fd = -1,
        .path = build->output.path,
        .memory = build->request->verify ? &memory : NULL,
    };
    (void)service_directory_open(&where, &stage.directory_fd);
    bool made = service_stage_make(build, &stage) && service_building_permits(build);
    build->result->would_publish = made && !base_task_cancelled(build->task);
    service_memory_empty(&memory);
    if (stage.directory_fd >= 0) {
        (void)close(stage.directory_fd);
    }
}
