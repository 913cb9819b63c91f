/* bench_resident COMMAND...: runs the command and prints the most bytes that it had resident. Started by a small
 * program, because the kernel counts what the parent had when it called exec, and a script's interpreter has more than
 * prpack. */
#include "bench/measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become(char **command)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0) {
        (void)execvp(command[0], command);
    }
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        bench_die("usage: bench_resident COMMAND...");
    }
    int status;
    struct rusage usage;
    pid_t child = fork();
    if (child == 0) {
        become(argv + 1);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        bench_die("the command failed");
    }
    (void)printf("{\"resident_most\":%ld}\n", usage.ru_maxrss * 1024);
    return 0;
}
