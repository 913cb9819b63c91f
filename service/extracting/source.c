#include "service/extracting/source.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/report.h"
#include "service/transaction/swap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_there(int root_fd, const char *path, mode_t kind)
{
    struct stat status;
    return path != NULL && fstatat(root_fd, path, &status, 0) == 0 && (status.st_mode & S_IFMT) == kind;
}

/* In a directory where a build was killed while it moved its files into place, the set is the one that it completes. */
static char *find_pack(int root_fd, const char *path)
{
    if (!is_there(root_fd, path, S_IFDIR)) {
        return strdup(path);
    }
    char *pending = base_path_join(path, SERVICE_COMMIT_NAME "/assets.pa");
    if (pending == NULL || is_there(root_fd, pending, S_IFREG)) {
        return pending;
    }
    free(pending);
    return base_path_join(path, "assets.pa");
}

static void report(const struct service_extract_source *source, const struct pp_error *error,
                   struct base_findings *findings)
{
    const struct base_place place = {.file = source->path};
    if (error->diagnostic == DIAG_ENVIRONMENT_READ) {
        base_report_read_failure(findings, &place, error->problem);
    } else if (error->diagnostic == DIAG_ENVIRONMENT_MEMORY) {
        base_report_out_of_memory(findings, source->path);
    } else if (error->diagnostic != DIAG_CANCELLED) {
        base_report(findings, error->diagnostic, &(struct base_details){.place = place}, "%s", error->text);
    }
}

bool service_extract_source_open(struct service_extract_source *source, struct base_task *task, const char *path,
                                 struct base_findings *findings)
{
    const struct pp_pack_options options = {.access = PP_ACCESS_READ, .task = task};
    int root_fd = base_task_directory(task);
    struct base_file file;
    struct pp_error error;
    *source = (struct service_extract_source){.path = find_pack(root_fd, path)};
    if (source->path == NULL) {
        base_report_out_of_memory(findings, path);
        return false;
    }
    int problem = base_file_open_at(&file, root_fd, source->path);
    if (problem != 0) {
        base_report_read_failure(findings, &(struct base_place){.file = source->path}, problem);
        return false;
    }
    source->pack = pp_pack_open_file(&file, &options, &error);
    base_file_close(&file);
    if (source->pack == NULL) {
        report(source, &error, findings);
        return false;
    }
    source->header = base_hash_of(pp_pack_header(source->pack));
    return true;
}

void service_extract_source_free(struct service_extract_source *source)
{
    pp_pack_close(source->pack);
    free(source->path);
    *source = (struct service_extract_source){.pack = NULL};
}
