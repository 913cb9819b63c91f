#include "service/transaction/holder.h"

#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { LINE_SIZE = 256 }; /* a line of /proc/locks has about 80 bytes */

/* Some file systems, such as btrfs, show one device number in stat(2) and another one in /proc/locks; both have the
 * major number 0. */
static bool is_same_device(uint64_t device, uint64_t major_number, uint64_t minor_number)
{
    return major(device) == major_number && (minor(device) == minor_number || major_number == 0);
}

/* Takes the next word of a line, cut to the size of `word`. False when there is none. */
static bool take_word(const char **at, char word[32])
{
    const char *begin = *at + strspn(*at, " ");
    size_t length = strcspn(begin, " ");
    *at = begin + length;
    (void)snprintf(word, 32, "%.*s", length < 32 ? (int)length : 31, begin);
    return length > 0;
}

/* Takes a number that ends with this character. */
static bool take_number(char **at, int base, char end, uint64_t *number)
{
    const char *begin = *at;
    *number = strtoumax(begin, at, base);
    return *at > begin && *(*at) == end;
}

/* "fe:00:5678": device and inode. */
static bool is_this_file(char *word, uint64_t device, uint64_t inode)
{
    uint64_t major_number;
    uint64_t minor_number;
    uint64_t found;
    char *at = word;
    if (!take_number(&at, 16, ':', &major_number)) {
        return false;
    }
    at++;
    if (!take_number(&at, 16, ':', &minor_number)) {
        return false;
    }
    at++;
    return take_number(&at, 10, '\0', &found) && found == inode && is_same_device(device, major_number, minor_number);
}

bool service_holder_parse(const char *line, uint64_t device, uint64_t inode, int64_t *process)
{
    /* "12: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF"; a process that waits has "->" before the kind. */
    enum { KIND = 1, PROCESS = 4, PLACE = 5, WORDS = 6 };
    char words[WORDS][32];
    const char *at = line;
    for (size_t i = 0; i < WORDS; i++) {
        if (!take_word(&at, words[i])) {
            return false;
        }
    }
    uint64_t found;
    char *number = words[PROCESS];
    if (strcmp(words[KIND], "FLOCK") != 0 || !take_number(&number, 10, '\0', &found) || found == 0 ||
        found > INT32_MAX || !is_this_file(words[PLACE], device, inode)) {
        return false;
    }
    *process = (int64_t)found;
    return true;
}

/* A file that is read line by line into memory of fixed size; of a longer line the rest is left out. */
struct lines {
    int fd;
    char buffer[LINE_SIZE];
    size_t size;
    size_t at;
};

/* The next byte, or -1. */
static int next_byte(struct lines *lines)
{
    if (lines->at == lines->size) {
        ssize_t count;
        do {
            count = read(lines->fd, lines->buffer, sizeof lines->buffer);
        } while (count < 0 && errno == EINTR);
        lines->size = count > 0 ? (size_t)count : 0;
        lines->at = 0;
    }
    return lines->at < lines->size ? (unsigned char)lines->buffer[lines->at++] : -1;
}

/* False at the end of the file. */
static bool next_line(struct lines *lines, char line[LINE_SIZE])
{
    size_t length = 0;
    int byte = next_byte(lines);
    bool found = byte >= 0;
    while (byte >= 0 && byte != '\n') {
        if (length + 1 < LINE_SIZE) {
            line[length++] = (char)byte;
        }
        byte = next_byte(lines);
    }
    line[length] = '\0';
    return found;
}

static void read_name(struct service_holder *holder)
{
    char path[64];
    char line[LINE_SIZE];
    struct lines lines = {.fd = -1};
    (void)snprintf(path, sizeof path, "/proc/%" PRId64 "/comm", holder->process);
    if (base_descriptor_open(&lines.fd, AT_FDCWD, path, O_RDONLY) == 0) {
        (void)next_line(&lines, line);
        (void)snprintf(holder->name, sizeof holder->name, "%.*s", (int)sizeof holder->name - 1, line);
        (void)close(lines.fd);
    }
}

bool service_holder_find(int fd, struct service_holder *holder)
{
    struct stat status;
    char line[LINE_SIZE];
    struct lines lines = {.fd = -1};
    *holder = (struct service_holder){.process = 0};
    if (fstat(fd, &status) != 0 || base_descriptor_open(&lines.fd, AT_FDCWD, "/proc/locks", O_RDONLY) != 0) {
        return false;
    }
    while (holder->process == 0 && next_line(&lines, line)) {
        (void)service_holder_parse(line, status.st_dev, status.st_ino, &holder->process);
    }
    (void)close(lines.fd);
    if (holder->process != 0) {
        read_name(holder);
    }
    return holder->process != 0;
}
