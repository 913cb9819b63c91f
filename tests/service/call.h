/* An operation on the workspace of the test's directory. */
#ifndef PRPACK_TESTS_SERVICE_CALL_H
#define PRPACK_TESTS_SERVICE_CALL_H

#include "base/directory.h"
#include "service/operations.h"
#include "tests/lib/unit.h"

#include <unistd.h>

/* Runs the operation for the task, whose directory is set here, and returns what service_run() returns. */
static inline enum service_status call_operation(struct base_task *task, enum service_operation_id operation,
                                                 const union service_request *request,
                                                 void (*take)(void *context, const struct service_answer *answer))
{
    REQUIRE(base_directory_open(&task->directory, BASE_CURRENT_DIRECTORY, unit_directory()) == 0);
    const struct service_call call = {
        .operation = service_operation(operation),
        .task = task,
        .workspace = ".",
        .request = request,
        .take = take,
    };
    enum service_status status = service_run(&call);
    REQUIRE(close(task->directory) == 0);
    return status;
}

#endif
