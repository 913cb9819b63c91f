/* What the environment says about where files are, and where a summary goes. */
#ifndef PRPACK_CLI_WHERE_H
#define PRPACK_CLI_WHERE_H

#include "cli/arguments.h"

struct cli_where {
    char *current; /* the current directory; NULL: not known. Owned */
    struct present_from from;
};

/* For the formats that name files for other programs. Files are named from the current directory; in the format github,
 * from GITHUB_WORKSPACE if that is an absolute path. *where borrows from the arguments and the environment. Free it
 * with cli_where_free. */
void cli_where_find(struct cli_where *where, const struct cli_arguments *arguments);
void cli_where_free(struct cli_where *where);

#endif
