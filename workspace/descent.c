#include "workspace/descent.h"

#include "base/directory.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

void workspace_descent_begin(struct workspace_descent *descent, int assets_fd)
{
    *descent = (struct workspace_descent){.assets_fd = assets_fd};
}

static void keep(struct workspace_descent *descent, size_t count)
{
    while (descent->count > count) {
        (void)close(descent->open_fds[--descent->count]);
    }
}

void workspace_descent_end(struct workspace_descent *descent)
{
    keep(descent, 0);
}

static size_t count_components(const char *path)
{
    size_t count = path[0] != '\0' ? 1 : 0;
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        count++;
    }
    return count;
}

/* The path without its first components. It has more than `count`. */
static const char *skip_components(const char *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        path = strchr(path, '/') + 1;
    }
    return path;
}

int workspace_descent_open(struct workspace_descent *descent, const char *path, int *fd)
{
    *fd = -1;
    if (path[0] == '\0') {
        keep(descent, 0);
        return base_directory_reopen(fd, descent->assets_fd);
    }
    if (strlen(path) >= PATH_MAX) {
        return ENAMETOOLONG; /* no other command could open it */
    }
    size_t depth = count_components(path);
    keep(descent, (depth - 1) / WORKSPACE_DESCENT_STRIDE);
    int from = descent->count > 0 ? descent->open_fds[descent->count - 1] : descent->assets_fd;
    const char *rest = skip_components(path, descent->count * WORKSPACE_DESCENT_STRIDE);
    int problem = base_directory_open_below(fd, from, rest);
    /* Without a descriptor left, the walk goes on from the one before. */
    if (problem == 0 && depth == (descent->count + 1) * WORKSPACE_DESCENT_STRIDE &&
        descent->count < WORKSPACE_DESCENT_OPEN_MAX &&
        base_directory_reopen(&descent->open_fds[descent->count], *fd) == 0) {
        descent->count++;
    }
    return problem;
}
