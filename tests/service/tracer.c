#include "tests/service/tracer.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 60 };

static bool is_event(int status, int event)
{
    return WIFSTOPPED(status) && status >> 8 == (SIGTRAP | event << 8);
}

/* Waits for the leader alone. */
static bool wait_leader(struct tracer *tracer)
{
    return waitpid(tracer->leader, &tracer->status, __WALL) == tracer->leader && WIFSTOPPED(tracer->status);
}

bool tracer_start(struct tracer *tracer, char *const *argv)
{
    (void)alarm(SECONDS);
    *tracer = (struct tracer){.leader = fork()};
    if (tracer->leader == 0) {
        (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        (void)raise(SIGSTOP);
        (void)execvp(argv[0], argv);
        _exit(127);
    }
    const uintptr_t options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
    if (tracer->leader < 0 || !wait_leader(tracer) || ptrace(PTRACE_SETOPTIONS, tracer->leader, NULL, options) != 0 ||
        ptrace(PTRACE_CONT, tracer->leader, NULL, NULL) != 0 || !wait_leader(tracer) ||
        !is_event(tracer->status, PTRACE_EVENT_EXEC)) {
        return false;
    }
    tracer->stopped = tracer->leader;
    return true;
}

/* Where the program itself begins, once the loader is done. 0 when that cannot be found. */
static uint64_t find_entry(pid_t pid)
{
    char path[64];
    uint64_t pair[2] = {0, 0};
    (void)snprintf(path, sizeof path, "/proc/%d/auxv", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fread(pair, sizeof pair, 1, file) == 1 && pair[0] != AT_ENTRY && pair[0] != AT_NULL) {
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return pair[0] == AT_ENTRY ? pair[1] : 0;
}

bool tracer_pass_loader(struct tracer *tracer)
{
    static const uint64_t breakpoint = 0xCC;
    pid_t pid = tracer->leader;
    uint64_t entry = find_entry(pid);
    errno = 0;
    uint64_t code = (uint64_t)ptrace(PTRACE_PEEKTEXT, pid, entry, NULL);
    if (entry == 0 || errno != 0 || ptrace(PTRACE_POKETEXT, pid, entry, (code & ~(uint64_t)0xFF) | breakpoint) != 0 ||
        ptrace(PTRACE_CONT, pid, NULL, NULL) != 0 || !wait_leader(tracer) || WSTOPSIG(tracer->status) != SIGTRAP) {
        return false;
    }
    return ptrace(PTRACE_POKETEXT, pid, entry, code) == 0 &&
           ptrace(PTRACE_POKEUSER, pid, offsetof(struct user_regs_struct, rip), entry) == 0;
}

/* Notes why a thread stopped. True when the stop is one that the caller wants to see. */
static bool take_stop(struct tracer *tracer, pid_t thread, int status, struct tracer_stop *stop)
{
    tracer->stopped = thread;
    tracer->signal = 0;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
        /* Events and the first stop of a new thread are ours; every other signal is the program's. */
        bool ours = WSTOPSIG(status) == SIGTRAP || WSTOPSIG(status) == SIGSTOP;
        tracer->signal = ours ? 0 : WSTOPSIG(status);
        return false;
    }
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) {
        return false;
    }
    *stop = (struct tracer_stop){.thread = thread, .entry = info.op == PTRACE_SYSCALL_INFO_ENTRY};
    if (stop->entry) {
        stop->number = (long)info.entry.nr;
        memcpy(stop->arguments, info.entry.args, sizeof stop->arguments);
    } else {
        stop->result = info.exit.rval;
    }
    return true;
}

static void resume(struct tracer *tracer, enum __ptrace_request request)
{
    if (tracer->stopped != 0) {
        (void)ptrace(request, tracer->stopped, NULL, (uintptr_t)tracer->signal);
        tracer->stopped = 0;
    }
}

/* Runs to the next stop of any thread that is worth telling, or to the end. */
static bool run(struct tracer *tracer, enum __ptrace_request request, struct tracer_stop *stop)
{
    for (;;) {
        int status;
        resume(tracer, request);
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0 && errno == EINTR) {
            continue;
        }
        if (thread < 0) {
            return false;
        }
        if (WIFSTOPPED(status)) {
            if (take_stop(tracer, thread, status, stop)) {
                return true;
            }
        } else if (thread == tracer->leader) {
            tracer->status = status;
            return false;
        }
    }
}

bool tracer_next(struct tracer *tracer, struct tracer_stop *stop)
{
    return run(tracer, PTRACE_SYSCALL, stop);
}

void tracer_finish(struct tracer *tracer)
{
    struct tracer_stop stop = {.thread = 0};
    while (run(tracer, PTRACE_CONT, &stop)) {
    }
}

/* Where the kernel keeps the registers of a call: number, then arguments. */
static const size_t number_at = offsetof(struct user_regs_struct, orig_rax);
static const size_t result_at = offsetof(struct user_regs_struct, rax);
static const size_t arguments_at[6] = {
    offsetof(struct user_regs_struct, rdi), offsetof(struct user_regs_struct, rsi),
    offsetof(struct user_regs_struct, rdx), offsetof(struct user_regs_struct, r10),
    offsetof(struct user_regs_struct, r8),  offsetof(struct user_regs_struct, r9),
};

static void set_register(const struct tracer_stop *stop, size_t at, uint64_t value)
{
    (void)ptrace(PTRACE_POKEUSER, stop->thread, at, value);
}

void tracer_skip(const struct tracer_stop *stop)
{
    set_register(stop, number_at, UINT64_MAX);
}

void tracer_kill(struct tracer *tracer, const struct tracer_stop *stop)
{
    tracer_skip(stop);
    (void)kill(tracer->leader, SIGKILL);
    tracer_finish(tracer);
}

void tracer_set_result(const struct tracer_stop *stop, int64_t result)
{
    set_register(stop, result_at, (uint64_t)result);
}

void tracer_set_argument(const struct tracer_stop *stop, unsigned index, uint64_t value)
{
    set_register(stop, arguments_at[index], value);
}

bool tracer_read_memory(const struct tracer_stop *stop, uint64_t address, void *out, size_t size)
{
    struct iovec local = {.iov_base = out, .iov_len = size};
    /* An address of another process, NOLINTNEXTLINE(performance-no-int-to-ptr): which has to look like one of ours. */
    struct iovec remote = {.iov_base = (void *)(uintptr_t)address, .iov_len = size};
    return process_vm_readv(stop->thread, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

void tracer_read_string(const struct tracer_stop *stop, uint64_t address, char *out, size_t size)
{
    size_t length = 0;
    while (length + 1 < size && tracer_read_memory(stop, address + length, out + length, 1) && out[length] != '\0') {
        length++;
    }
    out[length] = '\0';
}
