#include "writer/source.h"
#include "base/hash.h"

#include "tests/writer/kit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGE = 200000 };

static uint8_t *noise(size_t size)
{
    uint8_t *bytes = malloc(size);
    uint32_t state = 1;
    for (size_t i = 0; bytes != NULL && i < size; i++) {
        state = (uint32_t)((uint64_t)state * 1664525 % 4294967296 + 1013904223) & 0xFFFFFFFF;
        bytes[i] = (uint8_t)(state >> 24);
    }
    return bytes;
}

/* Reads in pieces of one size and compares bytes and hash. */
static void check_pieces(const uint8_t *bytes, size_t size, size_t piece)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct base_content seen = {.stamp = {.size = 0}};
    struct writer_input_facts facts = {.seen = &seen};
    uint8_t *out = malloc(size + piece);
    REQUIRE(out != NULL);
    unit_write_file("in", bytes, size);
    struct writer_source source = kit_source("in");
    size_t done = 0;
    size_t count = 0;
    do {
        CHECK_U64(writer_source_position(&source), done);
        count = writer_source_read(&source, out + done, piece);
        done += count;
    } while (count == piece);
    CHECK_U64(done, size);
    CHECK(memcmp(out, bytes, size) == 0);
    CHECK(writer_source_finish(&source, &facts, &report));
    CHECK(base_hash_equal(seen.hash, base_hash_of(base_bytes_make(bytes, size))));
    CHECK_U64(seen.stamp.size, size);
    CHECK_U64(findings.count, 0);
    writer_source_end(&source);
    free(out);
}

UNIT_TEST(delivers_and_hashes_every_byte)
{
    uint8_t *bytes = noise(LARGE);
    REQUIRE(bytes != NULL);
    static const size_t sizes[] = {0, 1, 4096, 65535, 65536, 65537, LARGE};
    static const size_t pieces[] = {1, 7, 4096, 65536, 100000, LARGE + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (size_t k = sizes[i] > 65537 ? 1 : 0; k < sizeof pieces / sizeof pieces[0]; k++) {
            check_pieces(bytes, sizes[i], pieces[k]);
        }
    }
    free(bytes);
}

UNIT_TEST(hashes_what_nobody_read)
{
    uint8_t *bytes = noise(LARGE);
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct base_content seen = {.stamp = {.size = 0}};
    struct writer_input_facts facts = {.seen = &seen};
    uint8_t first[10];
    REQUIRE(bytes != NULL);
    unit_write_file("in", bytes, LARGE);
    struct writer_source source = kit_source("in");
    CHECK_U64(writer_source_read(&source, first, sizeof first), sizeof first);
    CHECK(writer_source_finish(&source, &facts, &report));
    CHECK(base_hash_equal(seen.hash, base_hash_of(base_bytes_make(bytes, LARGE))));
    writer_source_end(&source);
    free(bytes);
}

UNIT_TEST(peeking_consumes_nothing)
{
    uint8_t *bytes = noise(LARGE);
    uint8_t out[70000];
    REQUIRE(bytes != NULL);
    unit_write_file("in", bytes, LARGE);
    struct writer_source source = kit_source("in");
    CHECK_U64(writer_source_peek(&source, 8).size, 8);
    CHECK_U64(writer_source_position(&source), 0);
    CHECK_U64(writer_source_read(&source, out, 65530), 65530);
    struct base_bytes ahead = writer_source_peek(&source, 100); /* across the end of the buffer */
    CHECK_U64(ahead.size, 100);
    CHECK(memcmp(ahead.data, bytes + 65530, 100) == 0);
    CHECK_U64(writer_source_position(&source), 65530);
    CHECK_U64(writer_source_read(&source, out, 200), 200);
    CHECK(memcmp(out, bytes + 65530, 200) == 0);
    CHECK_U64(writer_source_peek(&source, 100000).size, 4096);
    writer_source_end(&source);
    unit_write_file("tiny", "ab", 2);
    source = kit_source("tiny");
    CHECK_U64(writer_source_peek(&source, 8).size, 2);
    writer_source_end(&source);
    free(bytes);
}

static void stamp(const char *relative, time_t seconds, long nanoseconds)
{
    struct timespec times[2] = {{.tv_sec = seconds, .tv_nsec = nanoseconds},
                                {.tv_sec = seconds, .tv_nsec = nanoseconds}};
    CHECK(utimensat(AT_FDCWD, unit_path(relative), times, 0) == 0);
}

/* Finishes a source after something happened to its file; expects one finding. */
static void check_changed(void (*change)(void), const char *message)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct base_content seen = {.stamp = {.size = 0}};
    struct writer_input_facts facts = {.seen = &seen};
    unit_write_file("in", "0123456789", 10);
    stamp("in", 1000, 5);
    struct writer_source source = kit_source("in");
    change();
    CHECK(!writer_source_finish(&source, &facts, &report));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_INPUT_CHANGED, "input", -1, message);
    writer_source_end(&source);
    base_findings_free(&findings);
}

static void shrink(void)
{
    CHECK(truncate(unit_path("in"), 3) == 0);
}

static void grow(void)
{
    CHECK(truncate(unit_path("in"), 30) == 0);
}

/* The same size and other bytes. Time stamps are set, because the clock of the file system may not move in that
 * long. */
static void overwrite_a_second_later(void)
{
    unit_write_file("in", "9876543210", 10);
    stamp("in", 1001, 5);
}

static void overwrite_a_nanosecond_later(void)
{
    unit_write_file("in", "9876543210", 10);
    stamp("in", 1000, 6);
}

/* Whoever sets the time of modification back cannot set the time of that. */
static void overwrite_and_restore_the_time(void)
{
    const struct timespec tick = {.tv_nsec = 20000000};
    (void)nanosleep(&tick, NULL);
    unit_write_file("in", "9876543210", 10);
    stamp("in", 1000, 5);
}

UNIT_TEST(a_file_that_is_written_to_has_changed)
{
    check_changed(shrink, "the file became shorter while it was read");
    check_changed(grow, "the file was written to while it was read");
    check_changed(overwrite_a_second_later, "the file was written to while it was read");
    check_changed(overwrite_a_nanosecond_later, "the file was written to while it was read");
    check_changed(overwrite_and_restore_the_time, "the file was written to while it was read");
}

UNIT_TEST(a_file_that_was_another_one_before_has_changed)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct base_content seen = {.stamp = {.size = 0}};
    struct writer_input_facts facts = {.seen = &seen};
    unit_write_file("in", "0123456789", 10);
    stamp("in", 1000, 5);
    struct writer_source source = kit_source("in");
    CHECK(writer_input_same(&facts, &source.file, &report));
    CHECK(writer_input_same(&facts, &source.file, &report));
    writer_source_end(&source);
    unit_write_file("other", "0123456789", 10);
    stamp("other", 1000, 5);
    CHECK(rename(unit_path("other"), unit_path("in")) == 0);
    source = kit_source("in");
    CHECK(!writer_input_same(&facts, &source.file, &report));
    CHECK_FINDING(&findings, 0, DIAG_INPUT_CHANGED, "input", -1,
                  "the file was changed or replaced while the build ran");
    writer_source_end(&source);
    base_findings_free(&findings);
}

/* Each of the things that tell a file from another one. */
UNIT_TEST(every_mark_of_a_file_counts)
{
    struct base_file file = {.fd = -1, .size = 1};
    for (unsigned mark = 0; mark < 7; mark++) {
        struct base_findings findings;
        struct writer_reporter report = kit_report(&findings);
        struct base_content seen = {.stamp = {.size = 0}};
        struct writer_input_facts facts = {.seen = &seen};
        struct base_file other = file;
        other.size += mark == 0;
        other.device += mark == 1;
        other.inode += mark == 2;
        other.modified_s += mark == 3;
        other.modified_ns += mark == 4;
        other.changed_s += mark == 5;
        other.changed_ns += mark == 6;
        CHECK(writer_input_same(&facts, &file, &report));
        CHECK(!writer_input_same(&facts, &other, &report));
        CHECK_U64(findings.total[DIAG_INPUT_CHANGED], 1);
        base_findings_free(&findings);
    }
}

UNIT_TEST(a_failed_read_is_the_environments_fault)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct base_content seen = {.stamp = {.size = 0}};
    struct writer_input_facts facts = {.seen = &seen};
    uint8_t byte;
    unit_write_file("in", "0123456789", 10);
    struct writer_source source = kit_source("in");
    CHECK(close(source.file.fd) == 0);
    source.file.fd = open(unit_directory(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* reading it is EISDIR */
    CHECK_U64(writer_source_read(&source, &byte, 1), 0);
    CHECK_U64(writer_source_read(&source, &byte, 1), 0);
    CHECK(!writer_source_finish(&source, &facts, &report));
    CHECK_FINDING(&findings, 0, DIAG_ENVIRONMENT_READ, "input", -1, "could not be read: Is a directory");
    writer_source_end(&source);
    base_findings_free(&findings);
}
