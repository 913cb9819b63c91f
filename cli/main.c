#include "cli/interrupt.h"
#include "cli/run.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A standard stream that the caller closed would be the first file that is opened, and get what is meant for the
 * stream. What is opened in its place cannot be written to, so the loss is reported. */
static void fill_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY | O_NOCTTY);
        }
    }
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    /* A file-size limit and a closed pipe become errors of a write: the former is reported with its remedy, the latter
     * is not an error. A signal would end the process and leave a build half done for the next command. */
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    int code = cli_run(argc, argv, stdout, stderr);
    cli_interrupt_pass_on();
    return code;
}
