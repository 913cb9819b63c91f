#include "service/artifacts.h"

#include <string.h>
#include <unistd.h>

bool pp_artifacts_see(int staging_fd, struct pp_hash pack_hash, struct pp_seen artifacts[PP_ARTIFACT_COUNT])
{
    bool fine = true;
    for (size_t i = 0; fine && i < PP_ARTIFACT_COUNT; i++) {
        struct pp_file file;
        fine = pp_file_open_below(&file, staging_fd, pp_artifacts[i]) == 0;
        if (fine && strcmp(pp_artifacts[i], "assets.pa") == 0) {
            artifacts[i] = (struct pp_seen){.stamp = pp_stamp_of(&file), .hash = pack_hash};
        } else if (fine) {
            fine = pp_seen_read(&file, &artifacts[i]) == 0;
        }
        pp_file_close(&file);
    }
    return fine;
}

bool pp_artifacts_follow(const char *directory, struct pp_seen artifacts[PP_ARTIFACT_COUNT])
{
    int fd;
    if (pp_directory_open(&fd, directory) != 0) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; fine && i < PP_ARTIFACT_COUNT; i++) {
        struct pp_file file;
        fine = pp_file_open_below(&file, fd, pp_artifacts[i]) == 0;
        struct pp_stamp now = fine ? pp_stamp_of(&file) : artifacts[i].stamp;
        /* A rename shows in the time of change only. */
        fine = fine && now.inode == artifacts[i].stamp.inode && now.size == artifacts[i].stamp.size &&
               now.modified == artifacts[i].stamp.modified;
        artifacts[i].stamp = now;
        pp_file_close(&file);
    }
    (void)close(fd);
    return fine;
}
