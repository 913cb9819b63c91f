#include "cli/where.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_where_find(struct cli_where *where, const struct cli_arguments *arguments)
{
    const char *checkout = getenv("GITHUB_WORKSPACE");
    bool counts = arguments->format == &present_github && checkout != NULL && checkout[0] == '/';
    where->current = arguments->format->for_checks ? getcwd(NULL, 0) : NULL;
    where->from = (struct present_from){
        .current = where->current,
        .directory = arguments->value[CLI_OPTION_DIRECTORY],
        .base = counts ? checkout : NULL,
    };
}

void cli_where_free(struct cli_where *where)
{
    free(where->current);
    *where = (struct cli_where){.current = NULL};
}
