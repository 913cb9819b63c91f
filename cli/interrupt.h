/* SIGINT and SIGTERM: what they do to an operation, and to the process afterwards.
 *
 * While an operation runs, the first of these signals cancels its task; a second one ends the process at once, which
 * leaves no more behind than any kill. The first one also wakes a task that waits for something to happen. While an
 * answer is shown, the first one ends the process, with a line that says
 * so. A signal that the process was started to ignore stays ignored. Threads: one at a time. */
#ifndef PRPACK_CLI_INTERRUPT_H
#define PRPACK_CLI_INTERRUPT_H

#include "base/task.h"

/* From now on the signals cancel the task, which must live until cli_interrupt_end. */
void cli_interrupt_begin(struct base_task *task);
void cli_interrupt_end(void);

/* Between begin and end: gives the task a descriptor that wakes it. Without one (there may be none left) the task looks
 * every second. */
void cli_interrupt_wake(struct base_task *task);

enum cli_shown {
    CLI_SHOWN_NOTHING,
    CLI_SHOWN_PART, /* an answer, and others may follow */
    CLI_SHOWN_ALL   /* the work is over: all that is left is to show it */
};

/* Between begin and end: what is being shown. */
void cli_interrupt_show(enum cli_shown shown);

/* The signal that cancelled the task, or 0. */
int cli_interrupt_signal(void);

/* The signal has done what it was sent for: the process does not end by it. */
void cli_interrupt_forget(void);

/* Ends the process by that signal, when there was one: whoever waits for the process sees it. */
void cli_interrupt_pass_on(void);

#endif
