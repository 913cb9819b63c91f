/* Runs a program and writes down what it changes on disk, in order:
 *
 *     log_changes FILE COMMAND…
 *
 * A line a call that succeeded, its parts separated by tabs, all paths absolute:
 *
 *     create PATH · mkdir PATH · symlink TEXT PATH · rename FROM TO · unlink PATH · rmdir PATH
 *     write PATH [HEX] · sync PATH
 *     syncfs             of the one file system that a test runs in
 *     unknown NAME       a call that changes files in a way that has no line here
 *
 * Ends with the program's exit code. */
#include "tests/service/syscall_names.h"
#include "tests/service/tracer.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE_SIZE = 3 * PATH_MAX };

/* Puts the path of an open file into out. */
static void name_file(const struct tracer_stop *stop, int fd, char out[PATH_MAX])
{
    char link[64];
    (void)snprintf(link, sizeof link, fd == AT_FDCWD ? "/proc/%d/cwd" : "/proc/%d/fd/%d", (int)stop->thread, fd);
    ssize_t size = readlink(link, out, PATH_MAX - 1);
    out[size > 0 ? size : 0] = '\0';
}

/* Puts the absolute path for two arguments, a directory and a path, into out. */
static void name_path(const struct tracer_stop *stop, int directory_fd, uint64_t address, char out[PATH_MAX])
{
    char path[PATH_MAX];
    tracer_read_string(stop, address, path, sizeof path);
    if (path[0] == '/') {
        (void)memcpy(out, path, sizeof path);
        return;
    }
    name_file(stop, directory_fd, out);
    size_t length = strlen(out);
    (void)snprintf(out + length, PATH_MAX - length, "/%s", path);
}

static void print_path(const struct tracer_stop *stop, const char *what, int directory_fd, uint64_t address, char *line)
{
    char path[PATH_MAX];
    name_path(stop, directory_fd, address, path);
    (void)snprintf(line, LINE_SIZE, "%s\t%s", what, path);
}

static void print_file(const struct tracer_stop *stop, const char *what, int fd, char *line)
{
    char path[PATH_MAX];
    name_file(stop, fd, path);
    (void)snprintf(line, LINE_SIZE, "%s\t%s", what, path);
}

/* A short text is shown, in hex: the file may be gone when the run is over. */
static void print_write(const struct tracer_stop *stop, int fd, uint64_t address, uint64_t size, char *line)
{
    enum { SHORT = 2048 };
    uint8_t text[SHORT];
    print_file(stop, "write", fd, line);
    if (size > sizeof text || !tracer_read_memory(stop, address, text, (size_t)size)) {
        return;
    }
    size_t length = strlen(line);
    length += (size_t)snprintf(line + length, LINE_SIZE - length, "\t");
    for (size_t i = 0; i < size && length < LINE_SIZE; i++) {
        length += (size_t)snprintf(line + length, LINE_SIZE - length, "%02x", (unsigned)text[i]);
    }
}

static void print_rename(const struct tracer_stop *stop, int from_fd, uint64_t from, int to_fd, uint64_t to, char *line)
{
    char paths[2][PATH_MAX];
    name_path(stop, from_fd, from, paths[0]);
    name_path(stop, to_fd, to, paths[1]);
    (void)snprintf(line, LINE_SIZE, "rename\t%s\t%s", paths[0], paths[1]);
}

static void print_symlink(const struct tracer_stop *stop, uint64_t text, int fd, uint64_t path, char *line)
{
    char parts[2][PATH_MAX];
    tracer_read_string(stop, text, parts[0], sizeof parts[0]);
    name_path(stop, fd, path, parts[1]);
    (void)snprintf(line, LINE_SIZE, "symlink\t%s\t%s", parts[0], parts[1]);
}

static void print_open(const struct tracer_stop *stop, int directory_fd, uint64_t path, uint64_t flags, char *line)
{
    if ((flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) {
        print_path(stop, "create", directory_fd, path, line);
    } else if ((flags & (O_CREAT | O_TRUNC)) != 0) {
        print_path(stop, "unknown", directory_fd, path, line);
    }
}

/* The line for a call, made at its entry, as long as the names still hold; empty for a call that changes nothing. */
static void print_call(const struct tracer_stop *stop, char *line)
{
    const uint64_t *arguments = stop->arguments;
    uint64_t open_flags = 0;
    line[0] = '\0';
    switch (stop->number) {
    case SYS_open:
        print_open(stop, AT_FDCWD, arguments[0], arguments[1], line);
        break;
    case SYS_openat:
        print_open(stop, (int)arguments[0], arguments[1], arguments[2], line);
        break;
    case SYS_openat2: /* struct open_how begins with the flags */
        (void)tracer_read_memory(stop, arguments[2], &open_flags, sizeof open_flags);
        print_open(stop, (int)arguments[0], arguments[1], open_flags, line);
        break;
    case SYS_mkdir:
        print_path(stop, "mkdir", AT_FDCWD, arguments[0], line);
        break;
    case SYS_mkdirat:
        print_path(stop, "mkdir", (int)arguments[0], arguments[1], line);
        break;
    case SYS_rmdir:
        print_path(stop, "rmdir", AT_FDCWD, arguments[0], line);
        break;
    case SYS_unlink:
        print_path(stop, "unlink", AT_FDCWD, arguments[0], line);
        break;
    case SYS_unlinkat:
        print_path(stop, (arguments[2] & AT_REMOVEDIR) != 0 ? "rmdir" : "unlink", (int)arguments[0], arguments[1],
                   line);
        break;
    case SYS_rename:
        print_rename(stop, AT_FDCWD, arguments[0], AT_FDCWD, arguments[1], line);
        break;
    case SYS_renameat:
    case SYS_renameat2:
        print_rename(stop, (int)arguments[0], arguments[1], (int)arguments[2], arguments[3], line);
        break;
    case SYS_symlink:
        print_symlink(stop, arguments[0], AT_FDCWD, arguments[1], line);
        break;
    case SYS_symlinkat:
        print_symlink(stop, arguments[0], (int)arguments[1], arguments[2], line);
        break;
    case SYS_write:
        print_write(stop, (int)arguments[0], arguments[1], arguments[2], line);
        break;
    case SYS_pwrite64:
    case SYS_ftruncate:
    case SYS_fallocate:
        print_file(stop, "write", (int)arguments[0], line);
        break;
    case SYS_copy_file_range:
        print_file(stop, "write", (int)arguments[2], line);
        break;
    case SYS_fsync:
    case SYS_fdatasync:
        print_file(stop, "sync", (int)arguments[0], line);
        break;
    case SYS_syncfs:
        (void)snprintf(line, LINE_SIZE, "syncfs");
        break;
    case SYS_mmap:
        if ((arguments[2] & PROT_WRITE) != 0 && (arguments[3] & MAP_SHARED) != 0) {
            (void)snprintf(line, LINE_SIZE, "unknown\tmmap");
        }
        break;
    case SYS_creat:
    case SYS_link:
    case SYS_linkat:
    case SYS_writev:
    case SYS_pwritev:
    case SYS_truncate:
    case SYS_sendfile:
    case SYS_splice:
        (void)snprintf(line, LINE_SIZE, "unknown\t%s", syscall_name(stop->number));
        break;
    default:
        break;
    }
}

int main(int argc, char **argv)
{
    static char line[LINE_SIZE];
    struct tracer tracer;
    struct tracer_stop stop = {.thread = 0};
    FILE *out = argc > 2 ? fopen(argv[1], "w") : NULL;
    if (out == NULL || !tracer_start(&tracer, argv + 2) || !tracer_pass_loader(&tracer)) {
        (void)fputs("log_changes: cannot begin\n", stderr);
        return 124;
    }
    while (tracer_next(&tracer, &stop)) {
        if (stop.entry) {
            print_call(&stop, line);
        } else if (line[0] != '\0' && stop.result >= 0) {
            (void)fprintf(out, "%s\n", line);
        }
    }
    if (fclose(out) != 0 || !WIFEXITED(tracer.status)) {
        return 124;
    }
    return WEXITSTATUS(tracer.status);
}
