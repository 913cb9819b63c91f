#include "service/examination/examine.h"
#include "service/service.h"
#include "service/transaction/publish.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The directory that a pack lies in, or the directory itself. NULL when memory ran out. Caller frees. */
static char *directory_of(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return strdup(path);
    }
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

enum service_status service_inspect(struct base_task *task, const char *path,
                                    const struct service_inspect_request *request, struct service_report *report)
{
    const struct service_examination_options options = {.jobs = request->jobs};
    char *directory = directory_of(path);
    int lock = directory != NULL ? service_publication_enter(task, directory) : -1;
    free(directory);
    (void)service_examine(task, SERVICE_EXAMINED_PATH, path, NULL, &options, report);
    service_publication_leave(lock);
    return service_status_of_report(report);
}
