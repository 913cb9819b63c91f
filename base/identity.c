#include "base/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0U
#endif

static int look(int fd, const char *name, int flags, unsigned wanted, struct statx *status)
{
    int result;
    do {
        result = statx(fd, name, flags, wanted, status);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

static int identify(int fd, const char *name, int flags, struct base_identity *identity)
{
    struct statx status;
    int problem = look(fd, name, flags, STATX_INO | STATX_BTIME, &status);
    if (problem != 0) {
        return problem;
    }
    bool says = (status.stx_mask & STATX_BTIME) != 0 && status.stx_btime.tv_sec > 0 &&
                status.stx_btime.tv_sec < INT64_MAX / 1000000000;
    *identity = (struct base_identity){
        .device = (uint64_t)makedev(status.stx_dev_major, status.stx_dev_minor),
        .inode = status.stx_ino,
        .born = says ? status.stx_btime.tv_sec * 1000000000 + status.stx_btime.tv_nsec : 0,
    };
    return 0;
}

int base_identity_of(int fd, struct base_identity *identity)
{
    return identify(fd, "", AT_EMPTY_PATH, identity);
}

int base_identity_of_name(int directory_fd, const char *name, struct base_identity *identity)
{
    return identify(directory_fd, name, AT_SYMLINK_NOFOLLOW, identity);
}

bool base_identity_equal(struct base_identity a, struct base_identity b)
{
    return a.device == b.device && a.inode == b.inode && a.born == b.born;
}

#if STATX_MNT_ID != 0U
/* True where the kernel does not say. */
static bool same_mount(const struct statx *a, const struct statx *b)
{
    return (a->stx_mask & b->stx_mask & STATX_MNT_ID) == 0 || a->stx_mnt_id == b->stx_mnt_id;
}
#else
static bool same_mount(const struct statx *a, const struct statx *b)
{
    (void)a;
    (void)b;
    return true;
}
#endif

int base_identity_check_mount(int outer_fd, int inner_fd)
{
    struct statx outer;
    struct statx inner;
    int problem = look(outer_fd, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, &outer);
    if (problem == 0) {
        problem = look(inner_fd, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, &inner);
    }
    if (problem != 0) {
        return problem;
    }
    bool same = outer.stx_dev_major == inner.stx_dev_major && outer.stx_dev_minor == inner.stx_dev_minor;
    return same && same_mount(&outer, &inner) ? 0 : EXDEV;
}
