#include "base/hash.h"
#include "writer/emit/out.h"

#include "tests/writer/kit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <signal.h>

static int staging(void)
{
    int fd = open(unit_directory(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REQUIRE(fd >= 0);
    return fd;
}

UNIT_TEST(writes_by_position_and_reads_back)
{
    struct base_findings findings;
    struct writer_out out;
    struct base_hash hash;
    int fd = staging();
    base_findings_init(&findings);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    CHECK(writer_out_write(&out, 3, base_bytes_of_string("lo"), &findings));
    CHECK(writer_out_write(&out, 0, base_bytes_of_string("hel"), &findings));
    CHECK(writer_out_write(&out, 5, base_bytes_make(NULL, 0), &findings));
    CHECK(writer_out_hash(&out, 5, NULL, 2, &hash, &findings));
    CHECK(base_hash_equal(hash, base_hash_of(base_bytes_of_string("hello"))));
    CHECK(writer_out_finish(&out, &findings));
    CHECK(out.fd == -1);
    CHECK_U64(findings.count, 0);
    struct base_text text = kit_read("file");
    CHECK_STRING(base_text_string(&text), "hello");
    base_text_free(&text);
    writer_out_abandon(&out);
    (void)close(fd);
}

/* Larger than the pieces in which a file is read back. */
UNIT_TEST(hashes_a_large_file_in_pieces)
{
    enum { SIZE = 3 * 1048576 + 17 };
    struct base_findings findings;
    struct writer_out out;
    struct base_hash hash;
    int fd = staging();
    uint8_t *bytes = malloc(SIZE);
    REQUIRE(bytes != NULL);
    for (uint32_t i = 0; i < SIZE; i++) {
        bytes[i] = (uint8_t)((i * 31 + i / 1000) % 256);
    }
    base_findings_init(&findings);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    CHECK(writer_out_write(&out, 0, base_bytes_make(bytes, SIZE), &findings));
    CHECK(writer_out_hash(&out, SIZE, NULL, 2, &hash, &findings));
    CHECK(base_hash_equal(hash, base_hash_of(base_bytes_make(bytes, SIZE))));
    writer_out_abandon(&out);
    free(bytes);
    (void)close(fd);
}

UNIT_TEST(nothing_is_overwritten_or_followed)
{
    struct base_findings findings;
    struct writer_out out;
    int fd = staging();
    base_findings_init(&findings);
    unit_write_file("file", "old", 3);
    CHECK(symlink("elsewhere", unit_path("link")) == 0);
    CHECK(!writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    CHECK_FINDING(&findings, 0, DIAG_ENVIRONMENT_WRITE, "dir/file", -1, "cannot create: File exists");
    CHECK(!writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "link", &findings));
    CHECK_FINDING(&findings, 1, DIAG_ENVIRONMENT_WRITE, "dir/link", -1, "cannot create: File exists");
    CHECK(access(unit_path("elsewhere"), F_OK) != 0);
    base_findings_free(&findings);
    (void)close(fd);
}

UNIT_TEST(modes_follow_the_umask)
{
    struct base_findings findings;
    struct writer_out out;
    struct stat status;
    int fd = staging();
    mode_t before = umask(027);
    base_findings_init(&findings);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    CHECK(fstat(out.fd, &status) == 0);
    CHECK_U64(status.st_mode & 0777, 0640);
    writer_out_abandon(&out);
    (void)umask(before);
    (void)close(fd);
}

/* A limit of the process acts like a full disk: the write comes back short, then fails. */
UNIT_TEST(a_failed_write_is_reported_once)
{
    struct base_findings findings;
    struct writer_out out;
    int fd = staging();
    struct rlimit limit;
    base_findings_init(&findings);
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct rlimit small = {.rlim_cur = 100, .rlim_max = limit.rlim_max};
    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    char bytes[300] = {0};
    CHECK(!writer_out_write(&out, 0, base_bytes_make(bytes, sizeof bytes), &findings));
    CHECK(!writer_out_write(&out, 0, base_bytes_make(bytes, 1), &findings));
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_ENVIRONMENT_WRITE, "dir/file", -1, "cannot write: File too large");
    writer_out_abandon(&out);
    base_findings_free(&findings);
    (void)close(fd);
}

UNIT_TEST(a_full_device_is_named)
{
    struct base_findings findings;
    struct writer_out out;
    int fd = staging();
    base_findings_init(&findings);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "file", &findings));
    (void)close(out.fd);
    out.fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    CHECK(!writer_out_write(&out, 0, base_bytes_make("x", 1), &findings));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_ENVIRONMENT_WRITE, "dir/file", -1, "cannot write: No space left on device");
    writer_out_abandon(&out);
    base_findings_free(&findings);
    (void)close(fd);
}

UNIT_TEST(a_file_that_cannot_be_synced_or_read_back_is_named)
{
    struct base_findings findings;
    struct writer_out out;
    struct base_hash hash;
    int pipes[2];
    int fd = staging();
    base_findings_init(&findings);
    CHECK(pipe2(pipes, O_CLOEXEC) == 0);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "sync", &findings));
    (void)close(out.fd);
    out.fd = pipes[1];
    CHECK(!writer_out_finish(&out, &findings));
    CHECK_FINDING(&findings, 0, DIAG_ENVIRONMENT_WRITE, "dir/sync", -1, "cannot sync: Invalid argument");
    writer_out_abandon(&out);
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "back", &findings));
    CHECK(!writer_out_hash(&out, 1, NULL, 2, &hash, &findings));
    CHECK_FINDING(&findings, 1, DIAG_ENVIRONMENT_WRITE, "dir/back", -1,
                  "cannot read back: The file became shorter while it was read");
    writer_out_abandon(&out);
    (void)close(pipes[0]);
    base_findings_free(&findings);
    (void)close(fd);
}
