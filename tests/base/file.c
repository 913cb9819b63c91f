/* Files from outside: what may be opened, what is read, and what is said when it may not or cannot. */
#include "base/file.h"
#include "base/directory.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char content[] = "0123456789";
enum { CONTENT_SIZE = sizeof content - 1 };

static struct base_file opened(const char *relative)
{
    struct base_file file;
    REQUIRE(base_file_open(&file, unit_path(relative)) == 0);
    return file;
}

static int open_root(void)
{
    int fd = -1;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_directory()) == 0);
    return fd;
}

/* Opens, expects that very refusal, and that the file is closed then. */
static void check_refused(const char *relative, int expected)
{
    struct base_file file = {.fd = 12345};
    CHECK_ROW(base_file_open(&file, unit_path(relative)), expected, relative);
    CHECK_ROW(file.fd == -1, true, relative);
}

static void check_refused_below(int root, const char *relative, int expected)
{
    struct base_file file = {.fd = 12345};
    CHECK_ROW(base_file_open_below(&file, root, relative), expected, relative);
    CHECK_ROW(file.fd == -1, true, relative);
}

static void check_opens_below(int root, const char *relative)
{
    struct base_file file;
    CHECK_ROW(base_file_open_below(&file, root, relative), 0, relative);
    CHECK_ROW(file.size, CONTENT_SIZE, relative);
    base_file_close(&file);
}

UNIT_TEST(open_tells_what_the_file_is)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct stat status;
    REQUIRE(stat(unit_path("a"), &status) == 0);
    struct base_file file = opened("a");
    CHECK(file.fd >= 0);
    CHECK_U64(file.size, CONTENT_SIZE);
    CHECK_U64(file.device, status.st_dev);
    CHECK_U64(file.inode, status.st_ino);
    CHECK(file.modified_s == status.st_mtim.tv_sec);
    CHECK(file.modified_ns == status.st_mtim.tv_nsec);
    CHECK(file.changed_s == status.st_ctim.tv_sec);
    CHECK(file.changed_ns == status.st_ctim.tv_nsec);
    CHECK((fcntl(file.fd, F_GETFD) & FD_CLOEXEC) != 0);
    base_file_close(&file);
}

UNIT_TEST(close_accepts_a_closed_file)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    int fd = file.fd;
    base_file_close(&file);
    CHECK(file.fd == -1);
    CHECK_U64(file.size, 0);
    CHECK(fcntl(fd, F_GETFD) == -1 && errno == EBADF);
    base_file_close(&file);
    CHECK(file.fd == -1);
}

UNIT_TEST(open_refuses_what_is_not_a_regular_file)
{
    unit_write_file("directory/a", content, CONTENT_SIZE);
    REQUIRE(mkfifo(unit_path("fifo"), 0600) == 0);
    REQUIRE(symlink("fifo", unit_path("link-to-fifo")) == 0);
    REQUIRE(symlink("/dev/null", unit_path("device")) == 0);
    check_refused("directory", BASE_FILE_NOT_REGULAR);
    check_refused("fifo", BASE_FILE_NOT_REGULAR); /* without waiting for a writer */
    check_refused("link-to-fifo", BASE_FILE_NOT_REGULAR);
    check_refused("device", BASE_FILE_NOT_REGULAR);
    check_refused("missing", ENOENT);
    check_refused("directory/a/b", ENOTDIR);
    REQUIRE(symlink("loop", unit_path("loop")) == 0);
    check_refused("loop", ELOOP);
}

UNIT_TEST(open_refuses_a_socket)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = unit_path("s");
    REQUIRE(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(fd >= 0);
    REQUIRE(bind(fd, (const struct sockaddr *)&address, sizeof address) == 0);
    check_refused("s", BASE_FILE_NOT_REGULAR);
    int root = open_root();
    check_refused_below(root, "s", BASE_FILE_NOT_REGULAR);
    (void)close(root);
    (void)close(fd);
}

UNIT_TEST(open_follows_a_link_to_a_regular_file)
{
    unit_write_file("a", content, CONTENT_SIZE);
    REQUIRE(symlink("a", unit_path("link")) == 0);
    struct base_file direct = opened("a");
    struct base_file linked = opened("link");
    CHECK_U64(direct.inode, linked.inode);
    base_file_close(&direct);
    base_file_close(&linked);
}

/* The superuser may read everything, so as the superuser this test becomes another user for a while. */
UNIT_TEST(open_reports_a_file_that_may_not_be_read)
{
    enum { SOMEBODY = 65534 };
    unit_write_file("a", content, CONTENT_SIZE);
    REQUIRE(chmod(unit_directory(), 0755) == 0);
    REQUIRE(chmod(unit_path("a"), 0) == 0);
    int root = open_root();
    bool super = geteuid() == 0;
    if (super && seteuid(SOMEBODY) != 0) {
        (void)close(root);
        return;
    }
    check_refused("a", EACCES);
    check_refused_below(root, "a", EACCES);
    REQUIRE(!super || seteuid(0) == 0);
    (void)close(root);
}

UNIT_TEST(open_below_takes_plain_paths)
{
    unit_write_file("a", content, CONTENT_SIZE);
    unit_write_file("d/e/f", content, CONTENT_SIZE);
    unit_write_file("...", content, CONTENT_SIZE);
    unit_write_file("..a/.b", content, CONTENT_SIZE);
    int root = open_root();
    check_opens_below(root, "a");
    check_opens_below(root, "d/e/f");
    check_opens_below(root, "...");
    check_opens_below(root, "..a/.b");
    check_refused_below(root, "d", BASE_FILE_NOT_REGULAR);
    check_refused_below(root, "missing", ENOENT);
    check_refused_below(root, "missing/a", ENOENT);
    check_refused_below(root, "a/b", ENOTDIR);
    (void)close(root);
}

UNIT_TEST(open_below_refuses_paths_that_could_leave)
{
    unit_write_file("a", content, CONTENT_SIZE);
    unit_write_file("d/b", content, CONTENT_SIZE);
    int root = open_root();
    /* some of these would stay inside; the spelling is refused all the same */
    static const char *const rows[] = {"",     "/",    "..",   ".",   "../a", "./a", "d/../a",    "d/./b",      "d//b",
                                       "d/b/", "/d/b", "d/..", "d/.", "a/",   "//a", "d/../../x", "/etc/passwd"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check_refused_below(root, rows[i], BASE_FILE_OUTSIDE_ROOT);
        int fd = 12345;
        CHECK_ROW(base_directory_open_below(&fd, root, rows[i]), BASE_FILE_OUTSIDE_ROOT, rows[i]);
        CHECK_ROW(fd == -1, true, rows[i]);
    }
    (void)close(root);
}

UNIT_TEST(open_below_follows_links_only_inside)
{
    unit_write_file("outside/secret", content, CONTENT_SIZE);
    unit_write_file("root/real", content, CONTENT_SIZE);
    unit_write_file("root/d/other", content, CONTENT_SIZE);
    REQUIRE(symlink("real", unit_path("root/beside")) == 0);
    REQUIRE(symlink("../real", unit_path("root/d/up")) == 0);
    REQUIRE(symlink("d", unit_path("root/directory")) == 0);
    REQUIRE(symlink("../outside/secret", unit_path("root/out")) == 0);
    REQUIRE(symlink("..", unit_path("root/parent")) == 0);
    REQUIRE(symlink("../../outside", unit_path("root/d/away")) == 0);
    REQUIRE(symlink(unit_path("outside/secret"), unit_path("root/absolute")) == 0);
    REQUIRE(symlink(unit_path("root/real"), unit_path("root/absolute-inside")) == 0);
    REQUIRE(symlink("beside", unit_path("root/twice")) == 0);
    REQUIRE(symlink("out", unit_path("root/twice-out")) == 0);
    REQUIRE(symlink("../root/real", unit_path("root/out-and-in")) == 0);
    REQUIRE(symlink("loop", unit_path("root/loop")) == 0);
    REQUIRE(symlink("nowhere", unit_path("root/dangling")) == 0);
    int root = -1;
    REQUIRE(base_directory_open(&root, BASE_CURRENT_DIRECTORY, unit_path("root")) == 0);
    check_opens_below(root, "beside");
    check_opens_below(root, "d/up");
    check_opens_below(root, "directory/other");
    check_opens_below(root, "directory/up");
    check_opens_below(root, "twice");
    check_refused_below(root, "out", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "parent/outside/secret", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "d/away/secret", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "absolute", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "absolute-inside", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "twice-out", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "out-and-in", BASE_FILE_OUTSIDE_ROOT);
    check_refused_below(root, "loop", ELOOP);
    check_refused_below(root, "dangling", ENOENT);
    int fd = -1;
    CHECK_U64(base_directory_open_below(&fd, root, "parent"), BASE_FILE_OUTSIDE_ROOT);
    CHECK_U64(base_directory_open_below(&fd, root, "d/away"), BASE_FILE_OUTSIDE_ROOT);
    (void)close(root);
}

UNIT_TEST(open_below_refuses_what_is_not_a_regular_file)
{
    REQUIRE(mkfifo(unit_path("fifo"), 0600) == 0);
    int root = open_root();
    check_refused_below(root, "fifo", BASE_FILE_NOT_REGULAR);
    (void)close(root);
}

UNIT_TEST(directories)
{
    unit_write_file("d/e/a", content, CONTENT_SIZE);
    int root = open_root();
    int fd = -1;
    REQUIRE(base_directory_open_below(&fd, root, "d/e") == 0);
    check_opens_below(fd, "a");
    (void)close(fd);
    fd = 12345;
    CHECK_U64(base_directory_open_below(&fd, root, "d/e/a"), ENOTDIR);
    CHECK(fd == -1);
    CHECK_U64(base_directory_open_below(&fd, root, "missing"), ENOENT);
    fd = 12345;
    CHECK_U64(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("d/e/a")), ENOTDIR);
    CHECK(fd == -1);
    CHECK_U64(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("missing")), ENOENT);
    (void)close(root);
}

UNIT_TEST(read_at_reads_exactly_what_is_asked)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    char out[CONTENT_SIZE + 1];
    memset(out, '#', sizeof out);
    CHECK_U64(base_file_read_at(&file, 0, out, CONTENT_SIZE), 0);
    CHECK(memcmp(out, "0123456789#", sizeof out) == 0);
    memset(out, '#', sizeof out);
    CHECK_U64(base_file_read_at(&file, 7, out, 3), 0);
    CHECK(memcmp(out, "789########", sizeof out) == 0);
    CHECK_U64(base_file_read_at(&file, CONTENT_SIZE, out, 0), 0);
    CHECK_U64(base_file_read_at(&file, 9, out, 2), BASE_FILE_SHRUNK);
    CHECK_U64(base_file_read_at(&file, CONTENT_SIZE, out, 1), BASE_FILE_SHRUNK);
    CHECK_U64(base_file_read_at(&file, UINT64_MAX, out, 1), EOVERFLOW);
    CHECK_U64(base_file_read_at(&file, (uint64_t)INT64_MAX + 1, out, 1), EOVERFLOW);
    base_file_close(&file);
    CHECK_U64(base_file_read_at(&file, 0, out, 1), EBADF);
}

UNIT_TEST(a_file_that_shrinks_is_noticed)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    REQUIRE(truncate(unit_path("a"), 4) == 0);
    char out[CONTENT_SIZE];
    CHECK_U64(base_file_read_at(&file, 0, out, CONTENT_SIZE), BASE_FILE_SHRUNK);
    CHECK_U64(base_file_read_at(&file, 0, out, 4), 0);
    uint8_t *data = (uint8_t *)out;
    size_t size = 99;
    CHECK_U64(base_file_read_all(&file, 100, &data, &size), BASE_FILE_SHRUNK);
    CHECK(data == NULL);
    CHECK_U64(size, 0);
    base_file_close(&file);
}

UNIT_TEST(read_all_takes_the_size_at_opening)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    unit_write_file("a", "0123456789 and more", 19);
    uint8_t *data = NULL;
    size_t size = 0;
    REQUIRE(base_file_read_all(&file, CONTENT_SIZE, &data, &size) == 0);
    CHECK_U64(size, CONTENT_SIZE);
    CHECK_STRING((const char *)data, content);
    free(data);
    base_file_close(&file);
}

UNIT_TEST(read_all_of_an_empty_file)
{
    unit_write_file("a", "", 0);
    struct base_file file = opened("a");
    uint8_t *data = NULL;
    size_t size = 99;
    REQUIRE(base_file_read_all(&file, 0, &data, &size) == 0);
    CHECK_U64(size, 0);
    REQUIRE(data != NULL);
    CHECK_U64(data[0], 0);
    free(data);
    base_file_close(&file);
}

UNIT_TEST(read_all_keeps_its_limit)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    uint8_t byte = 0;
    uint8_t *data = &byte;
    size_t size = 99;
    CHECK_U64(base_file_read_all(&file, CONTENT_SIZE - 1, &data, &size), BASE_FILE_TOO_LARGE);
    CHECK(data == NULL);
    CHECK_U64(size, 0);
    /* A size that no memory can have is refused before it is asked for. */
    file.size = UINT64_MAX;
    CHECK_U64(base_file_read_all(&file, UINT64_MAX, &data, &size), BASE_FILE_TOO_LARGE);
    base_file_close(&file);
}

UNIT_TEST(read_all_without_memory)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    uint8_t byte = 0;
    uint8_t *data = &byte;
    size_t size = 99;
    memory_fault_after(0);
    int problem = base_file_read_all(&file, 100, &data, &size);
    (void)memory_fault_off();
    CHECK_U64(problem, ENOMEM);
    CHECK(data == NULL);
    CHECK_U64(size, 0);
    base_file_close(&file);
}

UNIT_TEST(map_gives_the_bytes_at_any_offset)
{
    enum { SIZE = 20000 };
    static uint8_t bytes[SIZE];
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = (uint8_t)(i * 7 % 251);
    }
    unit_write_file("a", bytes, SIZE);
    struct base_file file = opened("a");
    static const struct {
        uint64_t offset;
        size_t size;
    } rows[] = {{0, SIZE}, {0, 1}, {1, 1}, {4095, 2}, {4096, 1}, {5000, 15000}, {SIZE - 1, 1}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_mapping mapping;
        REQUIRE(base_file_map(&file, rows[i].offset, rows[i].size, &mapping) == 0);
        CHECK_U64(mapping.bytes.size, rows[i].size);
        CHECK(memcmp(mapping.bytes.data, bytes + rows[i].offset, rows[i].size) == 0);
        base_file_unmap(&mapping);
        CHECK(mapping.base == NULL);
        CHECK_U64(mapping.bytes.size, 0);
        base_file_unmap(&mapping);
    }
    base_file_close(&file);
}

UNIT_TEST(map_of_nothing_maps_nothing)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    struct base_mapping mapping = {.length = 99};
    CHECK_U64(base_file_map(&file, CONTENT_SIZE, 0, &mapping), 0);
    CHECK(mapping.base == NULL);
    CHECK_U64(mapping.length, 0);
    CHECK_U64(mapping.bytes.size, 0);
    base_file_unmap(&mapping);
    base_file_close(&file);
}

UNIT_TEST(map_stays_inside_the_file)
{
    unit_write_file("a", content, CONTENT_SIZE);
    struct base_file file = opened("a");
    static const struct {
        uint64_t offset;
        size_t size;
    } rows[] = {{0, CONTENT_SIZE + 1}, {CONTENT_SIZE, 1}, {CONTENT_SIZE + 1, 0}, {UINT64_MAX, 2}, {1, SIZE_MAX}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_mapping mapping;
        CHECK_U64(base_file_map(&file, rows[i].offset, rows[i].size, &mapping), EINVAL);
        CHECK(mapping.base == NULL);
    }
    base_file_close(&file);
    struct base_mapping mapping;
    file.size = CONTENT_SIZE;
    CHECK_U64(base_file_map(&file, 0, 1, &mapping), EBADF);
    CHECK(mapping.base == NULL);
}

UNIT_TEST(texts_of_problems)
{
    CHECK_STRING(base_file_problem_text(ENOENT), "No such file or directory");
    CHECK_STRING(base_file_problem_text(BASE_FILE_NOT_REGULAR), "Not a regular file");
    CHECK_STRING(base_file_problem_text(BASE_FILE_OUTSIDE_ROOT), "The path leaves its root");
    CHECK_STRING(base_file_problem_text(BASE_FILE_SHRUNK), "The file became shorter while it was read");
    CHECK_STRING(base_file_problem_text(BASE_FILE_TOO_LARGE), "The file is too large");
    CHECK_STRING(base_file_problem_text(EMFILE), "Too many open files; allow more with ulimit -n");
    CHECK_STRING(base_file_problem_text(EDQUOT), "The disk quota is used up");
    CHECK_STRING(base_file_problem_text(EROFS), "Read-only file system");
    CHECK_STRING(base_file_problem_text(99999), "Unknown error");
    CHECK_STRING(base_file_problem_text(-1), "Unknown error");
}
