#include "reader/pack/error.h"

#include <errno.h>

void reader_error_set(struct pp_error *error, struct pp_error value)
{
    if (error != NULL) {
        *error = value;
    }
}

struct pp_error reader_error_environment(int problem, uint64_t byte_offset)
{
    if (problem == ENOMEM) {
        return reader_error_memory("no memory to read the file");
    }
    if (problem == ECANCELED) {
        return (struct pp_error){
            .diagnostic = DIAG_CANCELLED, .entry = -1, .preload = -1, .text = "the opening was cancelled"};
    }
    return (struct pp_error){.diagnostic = DIAG_ENVIRONMENT_READ,
                             .problem = problem,
                             .byte_offset = byte_offset,
                             .entry = -1,
                             .preload = -1,
                             .text = "the file could not be read"};
}

struct pp_error reader_error_memory(const char *text)
{
    return (struct pp_error){.diagnostic = DIAG_ENVIRONMENT_MEMORY, .entry = -1, .preload = -1, .text = text};
}
