#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

/* For the handler. */
static struct base_task *volatile running;
static volatile sig_atomic_t showing;
static volatile sig_atomic_t came;
static volatile sig_atomic_t waking = -1; /* the writing end of the pipe that wakes the task */

static struct sigaction before[SIGNALS];

static void report_cut(void)
{
    static const char part[] = "the signal cut off the report; the command is done as far as it was shown\n";
    static const char whole[] = "the signal cut off the report; the command was complete\n";
    bool is_part = showing == CLI_SHOWN_PART;
    ssize_t written = write(STDERR_FILENO, is_part ? part : whole, (is_part ? sizeof part : sizeof whole) - 1);
    (void)written;
}

/* The signal has its old effect again (SA_RESETHAND). */
static void take_signal(int number)
{
    int saved = errno;
    if (showing != CLI_SHOWN_NOTHING) {
        report_cut();
        (void)raise(number);
    } else {
        came = number;
        base_task_cancel(running);
        if (waking >= 0) {
            ssize_t written = write(waking, "", 1);
            (void)written;
        }
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

void cli_interrupt_wake(struct base_task *task)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
        task->wake = ends[0];
        waking = ends[1];
    }
}

static void close_pipe(void)
{
    int end = waking;
    waking = -1;
    if (end >= 0) {
        (void)close(end);
        (void)close(running->wake);
        running->wake = -1;
    }
}

void cli_interrupt_end(void)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        (void)sigaction(signals[i], &before[i], NULL);
    }
    close_pipe();
}

void cli_interrupt_show(enum cli_shown shown)
{
    showing = (sig_atomic_t)shown;
}

int cli_interrupt_signal(void)
{
    return came;
}

void cli_interrupt_forget(void)
{
    came = 0;
}

void cli_interrupt_pass_on(void)
{
    if (came != 0) {
        (void)raise(came);
    }
}
