/* Calls on descriptors, and that a signal interrupts none of them. */
#include "base/descriptor.h"

#include "tests/lib/sample.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

UNIT_TEST(what_is_written_is_there_when_it_is_closed)
{
    int fd;
    char content[8] = {0};
    REQUIRE(base_descriptor_open(&fd, AT_FDCWD, unit_path("f"), O_WRONLY | O_CREAT | O_EXCL) == 0);
    CHECK((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    CHECK_U64(base_descriptor_write(fd, base_bytes_of_string("12345")), 0);
    CHECK_U64(base_descriptor_write(fd, base_bytes_make(NULL, 0)), 0);
    CHECK_U64(base_descriptor_write(fd, base_bytes_of_string("67")), 0);
    CHECK_U64(base_descriptor_sync(fd), 0);
    CHECK_U64(base_descriptor_close(fd), 0);
    CHECK_U64(base_descriptor_close(fd), EBADF);
    REQUIRE(base_descriptor_open(&fd, AT_FDCWD, unit_path("f"), O_RDONLY) == 0);
    CHECK_U64(read(fd, content, sizeof content), 7);
    CHECK_STRING(content, "1234567");
    CHECK_U64(base_descriptor_write(fd, base_bytes_of_string("x")), EBADF);
    CHECK_U64(base_descriptor_close(fd), 0);
}

UNIT_TEST(a_failure_is_an_errno_value)
{
    int fd = 7;
    CHECK_U64(base_descriptor_open(&fd, AT_FDCWD, unit_path("missing"), O_RDONLY), ENOENT);
    CHECK(fd == -1);
    CHECK_U64(base_descriptor_sync(-1), EBADF);
    CHECK_U64(base_descriptor_sync_directory(-1), EBADF);
    CHECK_U64(base_descriptor_lock(-1, LOCK_SH), EBADF);
}

UNIT_TEST(what_cannot_be_synced_is_an_error_for_files_only)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    CHECK_U64(base_descriptor_sync(ends[0]), EINVAL);
    CHECK_U64(base_descriptor_sync_directory(ends[0]), 0);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

UNIT_TEST(two_descriptors_exclude_each_other)
{
    int one;
    int two;
    unit_write_file("f", "", 0);
    REQUIRE(base_descriptor_open(&one, AT_FDCWD, unit_path("f"), O_RDONLY) == 0);
    REQUIRE(base_descriptor_open(&two, AT_FDCWD, unit_path("f"), O_RDONLY) == 0);
    CHECK_U64(base_descriptor_lock(one, LOCK_EX), 0);
    CHECK_U64(base_descriptor_lock(two, LOCK_EX | LOCK_NB), EWOULDBLOCK);
    CHECK_U64(base_descriptor_lock(one, LOCK_UN), 0);
    CHECK_U64(base_descriptor_lock(two, LOCK_EX | LOCK_NB), 0);
    CHECK_U64(base_descriptor_close(one), 0);
    CHECK_U64(base_descriptor_close(two), 0);
}

/* A FIFO whose writer blocks until it is read. */
struct transfer {
    pthread_t writer;
    int ends[2];
    volatile sig_atomic_t signals;
};

static struct transfer transfer;

static void count_signal(int number)
{
    (void)number;
    transfer.signals = transfer.signals + 1;
}

/* Each signal interrupts the write that waits for room in the pipe; the bytes that are read make room for a piece. */
static void *interrupt_and_read(void *argument)
{
    size_t *got = argument;
    static char piece[4096];
    for (ssize_t count = 1; count > 0; *got += (size_t)count) {
        (void)pthread_kill(transfer.writer, SIGUSR1);
        count = read(transfer.ends[0], piece, sizeof piece);
    }
    return NULL;
}

UNIT_TEST(a_signal_loses_no_byte)
{
    static uint8_t bytes[1 << 20];
    struct sigaction action = {.sa_handler = count_signal};
    size_t got = 0;
    pthread_t reader;
    REQUIRE(pipe(transfer.ends) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
    transfer.writer = pthread_self();
    REQUIRE(pthread_create(&reader, NULL, interrupt_and_read, &got) == 0);
    CHECK_U64(base_descriptor_write(transfer.ends[1], base_bytes_make(bytes, sizeof bytes)), 0);
    CHECK_U64(base_descriptor_close(transfer.ends[1]), 0);
    REQUIRE(pthread_join(reader, NULL) == 0);
    CHECK_U64(got, sizeof bytes);
    CHECK(transfer.signals > 0);
    (void)close(transfer.ends[0]);
}

static int open_test_directory(void)
{
    int fd = -1;
    REQUIRE(base_descriptor_open(&fd, AT_FDCWD, unit_directory(), O_RDONLY | O_DIRECTORY) == 0);
    return fd;
}

static bool has_content(const char *relative, const char *content)
{
    char text[16] = "";
    FILE *file = fopen(unit_path(relative), "rb");
    size_t size = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    return file != NULL && fclose(file) == 0 && size == strlen(content) && strcmp(text, content) == 0;
}

UNIT_TEST(a_rename_replaces_and_a_new_one_does_not)
{
    unit_write_file("a", "a", 1);
    unit_write_file("b", "b", 1);
    int fd = open_test_directory();
    CHECK_U64(base_descriptor_rename_new(fd, "a", fd, "b"), EEXIST);
    CHECK(has_content("a", "a") && has_content("b", "b"));
    CHECK_U64(base_descriptor_rename(fd, "a", fd, "b"), 0);
    CHECK(has_content("b", "a"));
    CHECK_U64(base_descriptor_rename_new(fd, "b", fd, "c"), 0);
    CHECK(has_content("c", "a"));
    CHECK_U64(base_descriptor_rename_new(fd, "b", fd, "d"), ENOENT);
    CHECK_U64(base_descriptor_rename(fd, "b", fd, "d"), ENOENT);
    CHECK(close(fd) == 0);
}

UNIT_TEST(a_file_system_is_synced)
{
    int fd = open_test_directory();
    CHECK_U64(base_descriptor_sync_file_system(fd), 0);
    CHECK(close(fd) == 0);
    CHECK_U64(base_descriptor_sync_file_system(-1), EBADF);
}
