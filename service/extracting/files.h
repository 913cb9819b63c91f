/* Writes the files of extracted assets into the stage, or only counts them.
 *
 * Every directory and file is made new below an open directory, and no link is followed. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_FILES_H
#define PRPACK_SERVICE_EXTRACTING_FILES_H

#include "base/findings.h"
#include "base/task.h"
#include "export/file.h"
#include "reader/pack.h"
#include "service/service.h"

struct service_extract_files {
    struct base_task *task;
    const struct pp_pack *pack;
    const char *pack_path;    /* for messages */
    const char *directory;    /* the target, for messages */
    int stage_fd;             /* -1: nothing is written */
    struct base_meter *meter; /* of the bytes of payloads */
    uint64_t told;            /* to it, about the current asset */
    uint64_t files;           /* so far */
    uint64_t bytes;

    /* Private. */
    uint8_t *buffer;
    size_t entry;                          /* of the asset */
    struct service_extracted_asset *asset; /* gets the list of its files */
    struct base_findings *findings;
    bool reported;
};

/* False when memory ran out. Free it in any case. */
bool service_extract_files_begin(struct service_extract_files *files);
void service_extract_files_free(struct service_extract_files *files);

/* The sink for the files of one asset, which is in the table of the pack at `entry`. A failure is reported once. */
struct export_sink service_extract_files_of(struct service_extract_files *files, size_t entry,
                                            struct service_extracted_asset *asset, struct base_findings *findings);

/* Writes one file that is of no asset; `path` is from assets/ on. False with the reason in findings, or when the task
 * was cancelled. */
bool service_extract_files_write(struct service_extract_files *files, const char *path, struct base_bytes content,
                                 struct base_findings *findings);

#endif
