#include "verify/companions/companion.h"

#include "base/directory.h"
#include "base/path.h"
#include "verify/core/findings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[VERIFY_COMPANIONS] = {
    [VERIFY_COMPANION_TABLE] = "asset_table.json",
    [VERIFY_COMPANION_PRELOAD] = "preload.json",
    [VERIFY_COMPANION_METADATA] = "asset_table_metadata.json",
};

static void report_missing(struct base_findings *findings, const char *path, const char *why)
{
    base_report(findings, DIAG_COMPANION_MISSING, &(struct base_details){.place.file = path}, "%s", why);
}

/* A link would let the companion be a file of another build: it does not count as a regular file. */
static int open_regular(struct base_file *file, int directory, const char *name)
{
    struct stat status;
    *file = BASE_FILE_CLOSED;
    if (directory < 0) {
        return ENOENT;
    }
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return S_ISREG(status.st_mode) ? base_file_open_below(file, directory, name) : BASE_FILE_NOT_REGULAR;
}

static void open_one(struct verify_companion *companion, int pending, int directory, struct base_findings *findings)
{
    int problem = open_regular(&companion->file, pending, companion->name);
    if (problem == ENOENT) {
        problem = open_regular(&companion->file, directory, companion->name);
    }
    if (problem == 0) {
        companion->input = verify_file_from_file(&companion->file);
        companion->present = true;
    } else if (problem == ENOENT) {
        report_missing(findings, companion->path, "the companion is not there");
    } else if (problem == BASE_FILE_NOT_REGULAR) {
        report_missing(findings, companion->path, "the companion is not a regular file");
    } else {
        verify_report_read_failure(findings, companion->path, 0, problem);
    }
}

static void init(struct verify_companions *companions)
{
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        companions->files[i] = (struct verify_companion){.name = names[i], .file = BASE_FILE_CLOSED};
    }
}

void verify_companions_open(struct verify_companions *companions, const struct verify_set *set,
                            struct base_findings *findings)
{
    int fd;
    init(companions);
    int problem = base_directory_open(&fd, set->root_fd, set->directory);
    if (problem != 0) {
        verify_report_read_failure(findings, set->shown, 0, problem);
        return;
    }
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        companions->files[i].path = base_path_join(set->shown, names[i]);
        if (companions->files[i].path == NULL) {
            base_report_out_of_memory(findings, names[i]);
        } else {
            open_one(&companions->files[i], set->pending_fd, fd, findings);
        }
    }
    (void)close(fd);
}

void verify_companions_lend(struct verify_companions *companions, const struct base_bytes bytes[VERIFY_COMPANIONS],
                            const char *shown, struct base_findings *findings)
{
    init(companions);
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        struct verify_companion *companion = &companions->files[i];
        companion->path = base_path_join(shown, names[i]);
        if (companion->path == NULL) {
            base_report_out_of_memory(findings, names[i]);
        } else if (bytes[i].data == NULL) {
            report_missing(findings, companion->path, "the companion is not there");
        } else {
            companion->input = verify_file_from_bytes(bytes[i]);
            companion->present = true;
        }
    }
}

void verify_companions_close(struct verify_companions *companions)
{
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        base_file_close(&companions->files[i].file);
        free(companions->files[i].path);
    }
}
