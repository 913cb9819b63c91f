/* A file in a directory that becomes an asset of its own: docs/contracts/workspace.md, 6.7. */
#ifndef PRPACK_WORKSPACE_EDIT_EACH_FILE_H
#define PRPACK_WORKSPACE_EDIT_EACH_FILE_H

#include "base/findings.h"

enum workspace_each_fault {
    WORKSPACE_EACH_FINE,
    WORKSPACE_EACH_NONE,   /* it is not a file: the directory is refused, or has no such file */
    WORKSPACE_EACH_THERE,  /* something has the name of the directory that the file would get */
    WORKSPACE_EACH_SHARED, /* another file would get the same directory */
    WORKSPACE_EACH_BARE    /* its name does not have an ending, so the directory would be called like the file */
};

/* One file, or one directory that was asked for without any. */
struct workspace_each_file {
    enum workspace_each_fault fault;
    size_t operand;                /* the directory that it is of, counted from 0 */
    char *typed;                   /* of a file its path as the user would type it; of a directory as it was typed */
    char *directory;               /* relative to assets/, "" is assets/ itself; NULL of a directory */
    char *name;                    /* of the file in it; NULL of a directory */
    struct base_findings *refusal; /* of a directory: why nothing in it is added; empty when it is a file, which depends
                                      on the other operands. NULL of a file. Owned */
};

#endif
