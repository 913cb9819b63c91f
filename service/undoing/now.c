#include "service/undoing/now.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/report.h"
#include "workspace/document/document.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>

static bool report_read(const struct service_undoing *undoing, const char *path, int problem)
{
    char *display = workspace_assets_path(undoing->change->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_read_failure(undoing->change->findings, &place, problem);
    undoing->change->findings->out_of_memory = undoing->change->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

bool service_undoing_read_now(const struct service_undoing *undoing, const char *path, struct service_undoing_now *now)
{
    struct base_file file;
    *now = (struct service_undoing_now){.data = NULL};
    int problem = base_file_open_below(&file, undoing->change->workspace->assets_fd, path);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_declaration.limit, &now->data, &now->size);
        base_file_close(&file);
    }
    if (problem == ENOENT || problem == ENOTDIR) {
        return true;
    }
    now->is_there = true;
    now->is_regular = problem == 0;
    return problem == 0 || problem == ELOOP || problem >= BASE_FILE_NOT_REGULAR || report_read(undoing, path, problem);
}

bool service_undoing_is_now(const struct service_undoing_now *now, struct base_hash hash)
{
    return now->is_regular && base_hash_equal(base_hash_of(base_bytes_make(now->data, now->size)), hash);
}
