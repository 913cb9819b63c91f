/* What a file in assets/ is, by its name alone: docs/contracts/workspace.md 3.2.5 and 6.3.
 *
 * Threads: no state. */
#ifndef PRPACK_WORKSPACE_MODEL_FILE_KIND_H
#define PRPACK_WORKSPACE_MODEL_FILE_KIND_H

#include <stdbool.h>

enum workspace_file_kind {
    WORKSPACE_FILE_PNG,
    WORKSPACE_FILE_PALETTE,
    WORKSPACE_FILE_SOUND,
    WORKSPACE_FILE_OTHER,
    WORKSPACE_FILE_KINDS
};

/* By the ending, in upper or lower case. `name` is one component of a path. */
enum workspace_file_kind workspace_file_kind_of(const char *name);

/* Whether it is one of the files that programs and people keep beside their art. */
bool workspace_is_working_file(const char *name);

#endif
