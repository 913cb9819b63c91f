#include "service/incremental/artifacts.h"

#include <string.h>
#include <unistd.h>

bool service_artifacts_read(int staging_fd, struct base_task *task, struct base_hash pack_hash,
                            struct base_content artifacts[SERVICE_ARTIFACT_COUNT])
{
    bool fine = true;
    for (size_t i = 0; fine && i < SERVICE_ARTIFACT_COUNT; i++) {
        struct base_file file;
        fine = base_file_open_below(&file, staging_fd, service_artifacts[i]) == 0;
        if (fine && strcmp(service_artifacts[i], "assets.pa") == 0) {
            artifacts[i] = (struct base_content){.stamp = base_stamp_of(&file), .hash = pack_hash};
        } else if (fine) {
            fine = base_content_read(&file, task, &artifacts[i]) == 0;
        }
        base_file_close(&file);
    }
    return fine;
}

bool service_artifacts_follow(const struct service_path *directory,
                              struct base_content artifacts[SERVICE_ARTIFACT_COUNT])
{
    int fd;
    if (service_directory_open(directory, &fd) != 0) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; fine && i < SERVICE_ARTIFACT_COUNT; i++) {
        struct base_file file;
        fine = base_file_open_below(&file, fd, service_artifacts[i]) == 0;
        struct base_stamp now = fine ? base_stamp_of(&file) : artifacts[i].stamp;
        /* A rename shows in the time of change only. */
        fine = fine && now.inode == artifacts[i].stamp.inode && now.size == artifacts[i].stamp.size &&
               now.modified == artifacts[i].stamp.modified;
        artifacts[i].stamp = now;
        base_file_close(&file);
    }
    (void)close(fd);
    return fine;
}
