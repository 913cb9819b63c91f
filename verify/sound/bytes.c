#include "verify/sound/bytes.h"

#include "base/checked.h"

#include <errno.h>
#include <stdlib.h>

bool verify_sound_bytes_begin(struct verify_sound_bytes *bytes, const struct base_file *file, struct base_task *task,
                              struct verify_sound_fault *fault)
{
    *bytes =
        (struct verify_sound_bytes){.file = file, .task = task, .fault = fault, .window = malloc(VERIFY_SOUND_WINDOW)};
    return bytes->window != NULL || verify_sound_problem(fault, ENOMEM);
}

void verify_sound_bytes_end(struct verify_sound_bytes *bytes)
{
    free(bytes->window);
    bytes->window = NULL;
}

static int fill(struct verify_sound_bytes *bytes, uint64_t position)
{
    uint64_t rest = bytes->file->size - position;
    size_t size = rest < VERIFY_SOUND_WINDOW ? (size_t)rest : VERIFY_SOUND_WINDOW;
    bytes->size = 0;
    int problem =
        base_task_cancelled(bytes->task) ? ECANCELED : base_file_read_at(bytes->file, position, bytes->window, size);
    if (problem == 0) {
        bytes->begin = position;
        bytes->size = size;
    }
    return problem;
}

const uint8_t *verify_sound_bytes_at(struct verify_sound_bytes *bytes, uint64_t position, size_t size)
{
    if (!base_range_inside(position, size, bytes->file->size)) {
        return NULL;
    }
    if (position < bytes->begin || !base_range_inside(position - bytes->begin, size, bytes->size)) {
        int problem = fill(bytes, position);
        if (problem != 0) {
            (void)verify_sound_problem(bytes->fault, problem);
            return NULL;
        }
    }
    return bytes->window + (position - bytes->begin);
}
