#include "service/publish.h"
#include "service/service.h"

#include <stdlib.h>
#include <string.h>

enum pp_status pp_service_verify(const char *directory, const struct pp_verify_options *options,
                                 struct pp_report *report)
{
    int lock = pp_publication_enter(directory);
    pp_verify_build(directory, options, report);
    pp_publication_leave(lock);
    return pp_status_of_report(report);
}

/* Settles the directory that a pack stands in, or the directory itself: either may be a build that was killed. */
static void settle(const char *path)
{
    pp_publication_recover(path);
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        pp_publication_recover(".");
        return;
    }
    char *parent = slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    if (parent != NULL) {
        pp_publication_recover(parent);
        free(parent);
    }
}

enum pp_status pp_service_inspect(const char *path, const struct pp_verify_options *options, struct pp_report *report)
{
    settle(path);
    pp_verify_path(path, options, report);
    return pp_status_of_report(report);
}
