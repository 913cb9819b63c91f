#include "service/extracting/files.h"

#include "base/array.h"
#include "base/descriptor.h"
#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 }; /* bytes of a payload that are in memory at one time */

bool service_extract_files_begin(struct service_extract_files *files)
{
    files->buffer = files->stage_fd >= 0 ? malloc(PIECE) : NULL;
    return files->stage_fd < 0 || files->buffer != NULL;
}

void service_extract_files_free(struct service_extract_files *files)
{
    free(files->buffer);
    files->buffer = NULL;
}

/* ---- Directories ---- */

/* Opens the directory in which the last component of a path is, and makes what is missing of it. */
static int make_above(int stage_fd, const char *path, int *fd)
{
    static const mode_t mode = 0777; /* less the umask */
    int problem = base_directory_reopen(fd, stage_fd);
    for (const char *slash = strchr(path, '/'); problem == 0 && slash != NULL; slash = strchr(path, '/')) {
        int above = *fd;
        char *name = strndup(path, (size_t)(slash - path));
        problem = name == NULL ? ENOMEM : 0;
        if (problem == 0 && mkdirat(above, name, mode) != 0 && errno != EEXIST) {
            problem = errno;
        }
        *fd = -1;
        problem = problem == 0 ? base_directory_enter(fd, above, name) : problem;
        free(name);
        (void)close(above);
        path = slash + 1;
    }
    return problem;
}

/* ---- Content ---- */

static void report_reading(struct service_extract_files *files, const struct pp_error *error)
{
    const struct base_place place = {.file = files->pack_path};
    int problem = error->diagnostic == DIAG_ENVIRONMENT_MEMORY ? ENOMEM : error->problem;
    files->reported = true;
    base_report_read_failure(files->findings, &place, problem != 0 ? problem : EIO);
}

static int write_payload(struct service_extract_files *files, int fd)
{
    uint64_t size = pp_pack_entry(files->pack, files->entry).size;
    struct pp_error error;
    for (uint64_t at = 0; at < size;) {
        size_t piece = size - at < PIECE ? (size_t)(size - at) : PIECE;
        if (base_task_cancelled(files->task)) {
            return ECANCELED;
        }
        if (!pp_pack_read(files->pack, files->entry, at, files->buffer, piece, &error)) {
            report_reading(files, &error);
            return EIO;
        }
        int problem = base_descriptor_write(fd, base_bytes_make(files->buffer, piece));
        if (problem != 0) {
            return problem;
        }
        at += piece;
        files->told += piece;
        base_meter_add(files->meter, piece);
    }
    return 0;
}

static int write_parts(struct service_extract_files *files, const struct export_file *file, int fd)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < file->count; i++) {
        problem =
            file->parts[i].is_payload ? write_payload(files, fd) : base_descriptor_write(fd, file->parts[i].bytes);
    }
    return problem;
}

static int write_file(struct service_extract_files *files, const char *path, const struct export_file *file)
{
    int above = -1;
    int fd = -1;
    int problem = make_above(files->stage_fd, path, &above);
    if (problem == 0) {
        problem = base_descriptor_open(&fd, above, base_path_name(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    }
    if (problem == 0) {
        problem = write_parts(files, file, fd);
        int closing = base_descriptor_close(fd);
        problem = problem != 0 ? problem : closing;
    }
    if (above >= 0) {
        (void)close(above);
    }
    return problem;
}

/* ---- Files ---- */

static void report_writing(struct service_extract_files *files, const char *path, int problem)
{
    char *below = path != NULL ? base_path_join("assets", path) : NULL;
    char *shown = below != NULL ? base_path_join(files->directory, below) : NULL;
    const struct base_place place = {.file = shown != NULL ? shown : files->directory};
    base_report_write_failure(files->findings, &place, "write it", problem);
    files->reported = true;
    free(shown);
    free(below);
}

static uint64_t size_of(const struct service_extract_files *files, const struct export_file *file)
{
    uint64_t size = 0;
    for (size_t i = 0; i < file->count; i++) {
        size += file->parts[i].is_payload ? pp_pack_entry(files->pack, files->entry).size : file->parts[i].bytes.size;
    }
    return size;
}

/* Adds a file to the list of its asset, which owns the path then. */
static bool note(struct service_extracted_asset *asset, char *path, uint64_t size)
{
    struct service_extracted_file *grown =
        base_array_grow(asset->files, asset->file_count, &asset->file_capacity, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    asset->files = grown;
    struct service_extracted_file *file = &asset->files[asset->file_count++];
    file->path = path;
    file->size = size;
    return true;
}

static int put(struct service_extract_files *files, const char *path, const struct export_file *file)
{
    uint64_t size = size_of(files, file);
    int problem = base_task_cancelled(files->task) ? ECANCELED : 0;
    if (problem == 0 && files->stage_fd >= 0) {
        problem = write_file(files, path, file);
    }
    if (problem == 0) {
        files->files++;
        files->bytes += size;
    }
    return problem;
}

/* An export_take_file. */
static int take(void *context, const struct export_file *file)
{
    struct service_extract_files *files = context;
    char *path = base_path_join(files->asset->root, file->path);
    char *shown = path != NULL ? base_path_join("assets", path) : NULL;
    int problem = shown != NULL ? put(files, path, file) : ENOMEM;
    if (problem == 0 && !note(files->asset, shown, size_of(files, file))) {
        problem = ENOMEM;
    }
    if (problem != 0) {
        free(shown);
    }
    if (problem != 0 && problem != ECANCELED && !files->reported) {
        report_writing(files, path, problem);
    }
    free(path);
    return problem;
}

struct export_sink service_extract_files_of(struct service_extract_files *files, size_t entry,
                                            struct service_extracted_asset *asset, struct base_findings *findings)
{
    files->entry = entry;
    files->told = 0;
    files->asset = asset;
    files->findings = findings;
    return (struct export_sink){.take = take, .context = files};
}

bool service_extract_files_write(struct service_extract_files *files, const char *path, struct base_bytes content,
                                 struct base_findings *findings)
{
    const struct export_part part = {.bytes = content};
    const struct export_file file = {.path = path, .parts = &part, .count = 1};
    files->findings = findings;
    int problem = put(files, path, &file);
    if (problem != 0 && problem != ECANCELED) {
        report_writing(files, path, problem);
    }
    return problem == 0;
}
