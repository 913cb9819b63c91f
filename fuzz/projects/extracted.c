#include "fuzz/projects/extracted.h"

#include "fuzz/lib/scratch.h"

#include <unistd.h>

bool extracted_write(const char *pack, const char *to, struct service_extract_result *result,
                     struct base_findings *findings)
{
    struct base_task task = BASE_TASK_INIT;
    const struct service_extract_request request = {.pack = pack, .to = to, .jobs = 1};
    task.directory = scratch_open(".");
    (void)service_extract(&task, &request, result, findings);
    (void)close(task.directory);
    return result->done;
}
