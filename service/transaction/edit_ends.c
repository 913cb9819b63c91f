#include "service/transaction/edit_ends.h"

#include "base/path.h"
#include "service/transaction/directory.h"

#include <unistd.h>

size_t service_edit_length_above(const char *path)
{
    const char *name = base_path_name(path);
    return name > path ? (size_t)(name - path) - 1 : 0;
}

static int open_above(struct service_edit_end *end, int assets_fd, const char *path)
{
    const struct service_path whole = {.root_fd = assets_fd, .path = path, .below = true};
    end->name = base_path_name(path);
    return service_directory_open_first(&whole, service_edit_length_above(path), &end->directory_fd);
}

int service_edit_ends_open(struct service_edit_ends *ends, int assets_fd, const struct service_edit_move *move)
{
    ends->to.directory_fd = -1;
    int problem = open_above(&ends->from, assets_fd, move->from);
    return problem != 0 ? problem : open_above(&ends->to, assets_fd, move->to);
}

void service_edit_ends_close(struct service_edit_ends *ends)
{
    if (ends->from.directory_fd >= 0) {
        (void)close(ends->from.directory_fd);
    }
    if (ends->to.directory_fd >= 0) {
        (void)close(ends->to.directory_fd);
    }
}
