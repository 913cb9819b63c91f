#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

/* For the handler. */
static struct base_task *volatile running;
static volatile sig_atomic_t showing;
static volatile sig_atomic_t came;

static struct sigaction before[SIGNALS];

/* The signal has its old effect again (SA_RESETHAND). */
static void take_signal(int number)
{
    static const char cut[] = "the signal cut off the output; what was asked for is done as far as it was shown\n";
    int saved = errno;
    if (showing != 0) {
        ssize_t written = write(STDERR_FILENO, cut, sizeof cut - 1);
        (void)written;
        (void)raise(number);
    } else {
        came = number;
        base_task_cancel(running);
    }
    errno = saved;
}

void cli_interrupt_begin(struct base_task *task)
{
    /* Without SA_RESTART a system call that waits ends. */
    struct sigaction action = {.sa_handler = take_signal, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    running = task;
    for (size_t i = 0; i < SIGNALS; i++) {
        (void)sigaction(signals[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) {
            (void)sigaction(signals[i], &action, NULL);
        }
    }
}

void cli_interrupt_end(void)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        (void)sigaction(signals[i], &before[i], NULL);
    }
}

void cli_interrupt_show(bool shows)
{
    showing = shows;
}

int cli_interrupt_signal(void)
{
    return came;
}

void cli_interrupt_pass_on(void)
{
    if (came != 0) {
        (void)raise(came);
    }
}
