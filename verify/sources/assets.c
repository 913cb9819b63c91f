#include "verify/sources/assets.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/path.h"

#include <fcntl.h>
#include <unistd.h>

#define ASSETS "assets"

char *verify_assets_path(const struct verify_options *options)
{
    const char *assets = options->assets != NULL ? options->assets : ASSETS;
    struct base_text path = BASE_TEXT_EMPTY;
    if (assets[0] != '/') {
        base_path_add_directory(&path, options->sources);
        base_path_add(&path, "");
    }
    base_path_add_plain(&path, assets);
    return base_text_take(&path);
}

int verify_assets_open(const struct verify_options *options, const char *path, int *fd)
{
    int begin_fd = base_task_directory(options->task);
    int project_fd;
    *fd = -1;
    if (options->assets != NULL) {
        return base_directory_open(fd, begin_fd, path);
    }
    const char *project = options->sources[0] != '\0' ? options->sources : ".";
    int problem = base_descriptor_open(&project_fd, begin_fd, project, O_PATH | O_DIRECTORY);
    if (problem == 0) {
        problem = base_directory_open_below(fd, project_fd, ASSETS);
        (void)close(project_fd);
    }
    return problem;
}
