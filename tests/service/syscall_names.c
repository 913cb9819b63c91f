#include "tests/service/syscall_names.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>

struct name {
    long number;
    const char *name;
};

#define CALL(call)                                                                                                     \
    {                                                                                                                  \
        SYS_##call, #call                                                                                              \
    }
static const struct name calls[] = {
    CALL(open),
    CALL(openat),
    CALL(openat2),
    CALL(creat),
    CALL(close),
    CALL(read),
    CALL(pread64),
    CALL(readv),
    CALL(preadv),
    CALL(write),
    CALL(pwrite64),
    CALL(writev),
    CALL(pwritev),
    CALL(fsync),
    CALL(fdatasync),
    CALL(syncfs),
    CALL(truncate),
    CALL(ftruncate),
    CALL(fallocate),
    CALL(mkdir),
    CALL(mkdirat),
    CALL(rmdir),
    CALL(unlink),
    CALL(unlinkat),
    CALL(rename),
    CALL(renameat),
    CALL(renameat2),
    CALL(link),
    CALL(linkat),
    CALL(symlink),
    CALL(symlinkat),
    CALL(readlink),
    CALL(flock),
    CALL(stat),
    CALL(fstat),
    CALL(lstat),
    CALL(newfstatat),
    CALL(statx),
    CALL(faccessat),
    CALL(faccessat2),
    CALL(chmod),
    CALL(fchmod),
    CALL(utimensat),
    CALL(readlinkat),
    CALL(copy_file_range),
    CALL(sendfile),
    CALL(splice),
    CALL(mmap),
    CALL(brk),
    CALL(getdents64),
    CALL(fcntl),
    CALL(ioctl),
    CALL(chdir),
    CALL(fchdir),
    CALL(clone),
    CALL(clone3),
    CALL(sync_file_range),
    CALL(msync),
    CALL(mprotect),
    CALL(munmap),
    CALL(getrandom),
    CALL(geteuid),
    CALL(memfd_create),
    CALL(clock_nanosleep),
    CALL(getcwd),
    CALL(futex),
    CALL(madvise),
    CALL(exit),
    CALL(exit_group),
    CALL(rt_sigaction),
    CALL(rt_sigprocmask),
    CALL(set_robust_list),
    CALL(rseq),
    CALL(lseek),
    CALL(gettid),
    CALL(poll),
    CALL(ppoll),
    CALL(eventfd2),
    CALL(pidfd_open),
    CALL(inotify_init1),
    CALL(inotify_add_watch),
    CALL(inotify_rm_watch),
    CALL(sched_getaffinity),
    CALL(fstatfs),
    CALL(statfs),
    CALL(prctl),
    CALL(tgkill),
    CALL(dup2),
};

#define ERROR(error)                                                                                                   \
    {                                                                                                                  \
        error, #error                                                                                                  \
    }
static const struct name errors[] = {
    ERROR(EACCES), ERROR(EDQUOT), ERROR(EINTR), ERROR(EIO),   ERROR(EMFILE), ERROR(ENFILE),     ERROR(ENOLCK),
    ERROR(ENOMEM), ERROR(ENOSPC), ERROR(EPERM), ERROR(EROFS), ERROR(EAGAIN), ERROR(EOPNOTSUPP),
};

const char *syscall_name(long number)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (calls[i].number == number) {
            return calls[i].name;
        }
    }
    return "other";
}

int errno_number(const char *name)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(errors[i].name, name) == 0) {
            return (int)errors[i].number;
        }
    }
    return -1;
}
