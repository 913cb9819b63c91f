/* System calls that fail once, when a target asks for it. The linker sends them here (--wrap). */
#include "fuzz/lib/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The linker's names. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl50-cpp) */
int __real_open(const char *path, int flags, ...);
int __real_openat(int directory, const char *path, int flags, ...);
long __real_syscall(long number, ...);
int __real_stat(const char *path, struct stat *status);
int __real_lstat(const char *path, struct stat *status);
int __real_fstat(int fd, struct stat *status);
int __real_fstatat(int directory, const char *path, struct stat *status, int flags);
ssize_t __real_pread(int fd, void *out, size_t size, off_t offset);
ssize_t __real_pwrite(int fd, const void *data, size_t size, off_t offset);
int __real_fsync(int fd);
int __real_fcntl(int fd, int command, ...);
int __real_fallocate(int fd, int mode, off_t offset, off_t length);
int __real_close(int fd);
ssize_t __real_getrandom(void *out, size_t size, unsigned flags);
int __real_madvise(void *address, size_t length, int advice);
int __real_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument);
void *__real_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
int __wrap_open(const char *path, int flags, ...);
int __wrap_openat(int directory, const char *path, int flags, ...);
long __wrap_syscall(long number, ...);
int __wrap_stat(const char *path, struct stat *status);
int __wrap_lstat(const char *path, struct stat *status);
int __wrap_fstat(int fd, struct stat *status);
int __wrap_fstatat(int directory, const char *path, struct stat *status, int flags);
ssize_t __wrap_pread(int fd, void *out, size_t size, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset);
int __wrap_fsync(int fd);
int __wrap_fcntl(int fd, int command, ...);
int __wrap_fallocate(int fd, int mode, off_t offset, off_t length);
int __wrap_close(int fd);
ssize_t __wrap_getrandom(void *out, size_t size, unsigned flags);
int __wrap_madvise(void *address, size_t length, int advice);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument);
void *__wrap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);

static _Atomic uint64_t countdown; /* 0: no call is to fail */
static _Atomic bool failed;
static enum fuzz_call_fault fault;

void fuzz_call_fail(uint64_t nth, enum fuzz_call_fault kind)
{
    failed = false;
    fault = kind;
    countdown = fuzz_sweep_place(nth);
}

static struct {
    _Atomic uint64_t countdown; /* 0: nothing is to be done */
    void (*act)(void *context);
    void *context;
} disturbance;

void fuzz_call_disturb(uint64_t nth, void (*act)(void *context), void *context)
{
    disturbance.act = act;
    disturbance.context = context;
    disturbance.countdown = fuzz_sweep_place(nth);
}

static void disturb(void)
{
    if (fuzz_sweep_count(&disturbance.countdown)) {
        disturbance.act(disturbance.context);
    }
}

bool fuzz_call_failed(void)
{
    countdown = 0;
    disturbance.countdown = 0;
    return failed;
}

/* Whether this call is the one to fail. */
static bool fails(void)
{
    disturb();
    bool is_it = fuzz_sweep_count(&countdown);
    failed = failed || is_it;
    return is_it;
}

/* Sets errno for a call that transfers nothing. False: this kind of fault cannot befall it. */
static bool refuse(bool interruptible)
{
    if (fault == FUZZ_CALL_SHORT || (fault == FUZZ_CALL_INTERRUPT && !interruptible)) {
        return false;
    }
    errno = fault == FUZZ_CALL_INTERRUPT ? EINTR : fault == FUZZ_CALL_END ? EACCES : EIO;
    return true;
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return fails() && refuse(true) ? -1 : __real_open(path, flags, mode);
}

int __wrap_openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return fails() && refuse(true) ? -1 : __real_openat(directory, path, flags, mode);
}

/* The rooms call openat2 so, and nothing else: four arguments. */
long __wrap_syscall(long number, ...)
{
    va_list arguments;
    va_start(arguments, number);
    long a = va_arg(arguments, long);
    long b = va_arg(arguments, long);
    long c = va_arg(arguments, long);
    long d = va_arg(arguments, long);
    va_end(arguments);
    return number == SYS_openat2 && fails() && refuse(true) ? -1 : __real_syscall(number, a, b, c, d);
}

int __wrap_stat(const char *path, struct stat *status)
{
    return fails() && refuse(false) ? -1 : __real_stat(path, status);
}

int __wrap_lstat(const char *path, struct stat *status)
{
    return fails() && refuse(false) ? -1 : __real_lstat(path, status);
}

int __wrap_fstat(int fd, struct stat *status)
{
    return fails() && refuse(false) ? -1 : __real_fstat(fd, status);
}

int __wrap_fstatat(int directory, const char *path, struct stat *status, int flags)
{
    return fails() && refuse(false) ? -1 : __real_fstatat(directory, path, status, flags);
}

ssize_t __wrap_pread(int fd, void *out, size_t size, off_t offset)
{
    if (fails()) {
        if (fault == FUZZ_CALL_END) {
            return 0;
        }
        if (fault != FUZZ_CALL_SHORT) {
            errno = fault == FUZZ_CALL_INTERRUPT ? EINTR : EIO;
            return -1;
        }
        size = size > 1 ? 1 : size;
    }
    return __real_pread(fd, out, size, offset);
}

ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset)
{
    if (fails()) {
        if (fault != FUZZ_CALL_SHORT) {
            errno = fault == FUZZ_CALL_INTERRUPT ? EINTR : fault == FUZZ_CALL_END ? EACCES : ENOSPC;
            return -1;
        }
        size = size > 1 ? 1 : size;
    }
    return __real_pwrite(fd, data, size, offset);
}

int __wrap_fsync(int fd)
{
    return fails() && refuse(true) ? -1 : __real_fsync(fd);
}

/* The rooms duplicate descriptors with it, and nothing else: an int. */
int __wrap_fcntl(int fd, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    int value = va_arg(arguments, int);
    va_end(arguments);
    return fails() && refuse(false) ? -1 : __real_fcntl(fd, command, value);
}

int __wrap_fallocate(int fd, int mode, off_t offset, off_t length)
{
    if (fails() && refuse(true)) {
        /* A file system that cannot reserve, instead of one that lacks rights. */
        errno = fault == FUZZ_CALL_END ? EOPNOTSUPP : errno == EIO ? ENOSPC : errno;
        return -1;
    }
    return __real_fallocate(fd, mode, offset, length);
}

/* The descriptor is closed in any case, as on Linux. Only writers care. */
int __wrap_close(int fd)
{
    bool writable = (__real_fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY;
    int result = __real_close(fd);
    return writable && fails() && refuse(true) ? -1 : result;
}

/* Tells by its result, not by errno. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    return fails() && refuse(false) ? EAGAIN : __real_pthread_create(thread, attributes, run, argument);
}

ssize_t __wrap_getrandom(void *out, size_t size, unsigned flags)
{
    return fails() && refuse(true) ? -1 : __real_getrandom(out, size, flags);
}

/* At the end of the file: the mapping has bytes that the file has no more. */
int __wrap_madvise(void *address, size_t length, int advice)
{
    if (fails() && refuse(false)) {
        errno = fault == FUZZ_CALL_END ? EFAULT : EINVAL;
        return -1;
    }
    return __real_madvise(address, length, advice);
}

/* Tells by its result, not by errno. */
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
    return fails() && refuse(false) ? ENOMEM : __real_pthread_mutex_init(mutex, attributes);
}

void *__wrap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    return fails() && refuse(false) ? MAP_FAILED : __real_mmap(address, length, protection, flags, fd, offset);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl50-cpp) */
