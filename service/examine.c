#include "service/publish.h"
#include "service/service.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum pp_status pp_service_verify(const char *directory, const struct pp_verify_options *options,
                                 struct pp_report *report)
{
    int lock = pp_publication_enter(directory);
    pp_verify_build(directory, options, report);
    pp_publication_leave(lock);
    return pp_status_of_report(report);
}

/* The directory that a pack stands in, or the directory itself. NULL when memory ran out. Caller frees. */
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

enum pp_status pp_service_inspect(const char *path, const struct pp_verify_options *options, struct pp_report *report)
{
    char *directory = directory_of(path);
    int lock = directory != NULL ? pp_publication_enter(directory) : -1;
    free(directory);
    pp_verify_path(path, options, report);
    pp_publication_leave(lock);
    return pp_status_of_report(report);
}
