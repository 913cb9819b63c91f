#include "cli/run.h"

#include <signal.h>

int main(int argc, char **argv)
{
    /* A file-size limit and a reader that went away are errors of a write, to be told with their remedy; dying of them would leave
     * a build half done for the next command. */
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    return pp_cli_run(argc, argv, stdout, stderr);
}
