/* A file in a directory that becomes an asset of its own: docs/contracts/workspace.md, 6.7. */
#ifndef PRPACK_WORKSPACE_EDIT_EACH_FILE_H
#define PRPACK_WORKSPACE_EDIT_EACH_FILE_H

#include "base/findings.h"

enum workspace_each_fault {
    WORKSPACE_EACH_FINE,
    WORKSPACE_EACH_NONE,   /* it is not a file: the directory is refused, or has no such file */
    WORKSPACE_EACH_THERE,  /* something has the name of the directory that the file would get */
    WORKSPACE_EACH_SHARED, /* another file would get the same directory */
    WORKSPACE_EACH_BARE,   /* its name does not have an ending, so the directory would be called like the file */
    WORKSPACE_EACH_ANCHOR  /* the directory would be called asset.json, and its parent could not have one */
};

/* One file, or one directory of the request without such files. */
struct workspace_each_file {
    enum workspace_each_fault fault;
    size_t operand;                /* the number of its directory in the request, from 0 */
    char *typed;                   /* for a file its path as the user would type it; for a directory as it was typed */
    char *directory;               /* relative to assets/, "" is assets/ itself; NULL for a directory */
    char *name;                    /* of the file in it; NULL for a directory */
    struct base_findings *refusal; /* for a directory: why nothing in it is added; empty if the operand is a file, which
                                      depends on the other operands. NULL for a file. Owned */
};

#endif
