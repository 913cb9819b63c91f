/* What a file in assets/ is, by its name alone: docs/contracts/workspace.md 3.2.5 and 6.3.
 *
 * Threads: no state. */
#ifndef PRPACK_WORKSPACE_MODEL_FILE_KIND_H
#define PRPACK_WORKSPACE_MODEL_FILE_KIND_H

enum workspace_file_kind {
    WORKSPACE_FILE_PNG,
    WORKSPACE_FILE_PALETTE,
    WORKSPACE_FILE_SOUND,
    WORKSPACE_FILE_WORKING, /* what programs and people keep beside their art */
    WORKSPACE_FILE_OTHER,
    WORKSPACE_FILE_KINDS
};

/* By the ending, or the whole name of some working files, in upper or lower case. `name` is one component of a path.
 * The caller decides whether names that begin with a dot count; some known working files begin with one. */
enum workspace_file_kind workspace_file_kind_of(const char *name);

#endif
