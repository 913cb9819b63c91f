#include "service/transaction/journal.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file_problem.h"
#include "base/hex.h"
#include "base/path.h"
#include "service/transaction/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL ".prpack-output"
#define MARK ".prpack-output-"

enum { MARK_SIZE = sizeof MARK + SERVICE_TOKEN_SIZE };

/* Sets path and base. */
static bool join(struct service_output *output, const char *workspace, const char *directory)
{
    struct base_text path = BASE_TEXT_EMPTY;
    if (directory[0] != '/' && strcmp(workspace, ".") != 0) {
        base_path_add_plain(&path, workspace);
        base_path_add(&path, "");
    }
    output->base = path.size;
    base_path_add_plain(&path, directory);
    output->path = base_text_take(&path);
    return output->path != NULL;
}

bool service_output_find(struct service_output *output, int root_fd, const char *workspace, const char *directory)
{
    output->root_fd = root_fd;
    output->token[0] = '\0';
    if (!join(output, workspace, directory)) {
        return false;
    }
    output->present = service_directory_present(root_fd, output->path);
    return true;
}

void service_output_free(struct service_output *output)
{
    free(output->path);
    output->path = NULL;
}

int service_output_open_below(const struct service_output *output, const char *workspace, int *fd)
{
    int root_fd;
    *fd = -1;
    int problem = base_directory_open(&root_fd, output->root_fd, workspace);
    if (problem == 0) {
        problem = base_directory_open_below(fd, root_fd, output->path + output->base);
        (void)close(root_fd);
    }
    return problem;
}

/* ---- The mark ---- */

static int make_token(char token[SERVICE_TOKEN_SIZE + 1])
{
    uint8_t bytes[SERVICE_TOKEN_SIZE / 2];
    ssize_t count;
    do {
        count = getrandom(bytes, sizeof bytes, 0);
    } while (count < 0 && errno == EINTR);
    if (count != (ssize_t)sizeof bytes) {
        return count < 0 ? errno : EIO;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        token[2 * i] = base_hex_digit(bytes[i] >> 4);
        token[2 * i + 1] = base_hex_digit(bytes[i]);
    }
    token[SERVICE_TOKEN_SIZE] = '\0';
    return 0;
}

static void name_mark(const struct service_output *output, char name[MARK_SIZE])
{
    (void)snprintf(name, MARK_SIZE, "%s%s", MARK, output->token);
}

/* Opens the directory that was there before the build, the longest part of the path. Works without memory. */
static int open_present(const struct service_output *output, int *fd)
{
    char path[PATH_MAX];
    *fd = -1;
    if (output->present >= sizeof path) {
        return ENAMETOOLONG;
    }
    memcpy(path, output->path, output->present);
    path[output->present] = '\0';
    return base_directory_open(fd, output->root_fd, output->present > 0 ? path : ".");
}

static int write_mark(uintmax_t registry, const struct service_output *output)
{
    char name[MARK_SIZE];
    char text[32];
    int fd;
    int problem = open_present(output, &fd);
    if (problem != 0) {
        return problem;
    }
    name_mark(output, name);
    (void)snprintf(text, sizeof text, "%ju", registry);
    problem = symlinkat(text, fd, name) == 0 ? base_descriptor_sync_directory(fd) : errno;
    (void)close(fd);
    return problem;
}

/* Returns 0 when there is none any more, or an errno value. */
static int remove_mark(const struct service_output *output)
{
    char name[MARK_SIZE];
    int fd;
    if (output->token[0] == '\0') {
        return 0;
    }
    int problem = open_present(output, &fd);
    if (problem != 0) {
        return problem == ENOENT || problem == ENOTDIR ? 0 : problem;
    }
    name_mark(output, name);
    problem = unlinkat(fd, name, 0) == 0 ? base_descriptor_sync_directory(fd) : errno;
    (void)close(fd);
    return problem == ENOENT ? 0 : problem;
}

bool service_journal_is_marked(int registry_fd, const struct service_output *output)
{
    char name[MARK_SIZE];
    char expected[32];
    char text[32];
    struct stat status;
    int fd;
    if (output->token[0] == '\0' || fstat(registry_fd, &status) != 0 || open_present(output, &fd) != 0) {
        return false;
    }
    name_mark(output, name);
    ssize_t size = readlinkat(fd, name, text, sizeof text - 1);
    (void)close(fd);
    text[size > 0 ? size : 0] = '\0';
    (void)snprintf(expected, sizeof expected, "%ju", (uintmax_t)status.st_ino);
    return strcmp(text, expected) == 0;
}

/* ---- The journal ---- */

static bool means_read_only(int problem)
{
    return problem == EROFS || problem == EACCES || problem == EPERM || problem == ENOSYS || problem == EOPNOTSUPP;
}

static int write_journal(int registry_fd, uintmax_t registry, const struct service_output *output)
{
    struct base_text text = BASE_TEXT_EMPTY;
    size_t present = output->present > output->base ? output->present - output->base : 0;
    base_text_addf(&text, "%ju%s%s:%zu:%s", registry, output->token[0] != '\0' ? "-" : "", output->token, present,
                   output->path + output->base);
    int problem = base_text_out_of_memory(&text) ? ENOMEM : 0;
    if (problem == 0) {
        (void)unlinkat(registry_fd, JOURNAL, 0);
        problem = symlinkat(base_text_string(&text), registry_fd, JOURNAL) == 0
                      ? base_descriptor_sync_directory(registry_fd)
                      : errno;
    }
    base_text_free(&text);
    return problem;
}

/* Makes a token when the output is outside of the project. */
static int choose_token(const char *workspace, struct service_output *output)
{
    int fd;
    int problem = service_output_open_below(output, workspace, &fd);
    if (fd >= 0) {
        (void)close(fd);
    }
    output->token[0] = '\0';
    return problem == 0 || problem == ENOENT || problem == ENOTDIR ? 0 : make_token(output->token);
}

int service_journal_write(int registry_fd, const char *workspace, struct service_output *output)
{
    struct stat status;
    int problem = choose_token(workspace, output);
    if (problem == 0) {
        problem = fstat(registry_fd, &status) == 0 ? 0 : errno;
    }
    if (problem == 0) {
        problem = write_journal(registry_fd, status.st_ino, output);
    }
    if (means_read_only(problem)) {
        output->token[0] = '\0';
        return 0;
    }
    return problem != 0 || output->token[0] == '\0' ? problem : write_mark(status.st_ino, output);
}

/* Reads decimal digits. False when there are none, or too many. */
static bool take_number(const char **at, uintmax_t *number)
{
    const char *digits = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (*number > UINTMAX_MAX / 10 - 1) {
            return false;
        }
        *number = *number * 10 + (uintmax_t)(**at - '0');
    }
    return *at > digits;
}

/* Takes "TOKEN" when it is there. False when something else follows the hyphen. */
static bool take_token(const char **at, char token[SERVICE_TOKEN_SIZE + 1])
{
    token[0] = '\0';
    if (**at != '-') {
        return true;
    }
    (*at)++;
    for (size_t i = 0; i < SERVICE_TOKEN_SIZE; i++) {
        if (base_hex_value((uint8_t)(*at)[i]) < 0) {
            return false;
        }
    }
    memcpy(token, *at, SERVICE_TOKEN_SIZE);
    token[SERVICE_TOKEN_SIZE] = '\0';
    *at += SERVICE_TOKEN_SIZE;
    return true;
}

static bool take_colon(const char **at)
{
    return *(*at)++ == ':';
}

bool service_journal_read(int registry_fd, int root_fd, const char *workspace, struct service_output *output)
{
    char text[PATH_MAX];
    uintmax_t registry;
    uintmax_t present;
    ssize_t size = readlinkat(registry_fd, JOURNAL, text, sizeof text - 1);
    *output = (struct service_output){.root_fd = root_fd};
    if (size < 0) {
        return false;
    }
    text[size] = '\0';
    const char *at = text;
    if (!take_number(&at, &registry) || !take_token(&at, output->token) || !take_colon(&at) ||
        !take_number(&at, &present) || !take_colon(&at) || !join(output, workspace, at)) {
        output->token[0] = '\0';
        return false;
    }
    size_t length = strlen(output->path);
    output->present = present < length - output->base ? output->base + (size_t)present : length;
    return true;
}

bool service_journal_exists(int registry_fd)
{
    struct stat status;
    return fstatat(registry_fd, JOURNAL, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void service_journal_remove(int registry_fd, const struct service_output *output)
{
    if (remove_mark(output) == 0) {
        (void)unlinkat(registry_fd, JOURNAL, 0);
    }
}
