#include "writer/writer.h"

#include "tests/writer/kit.h"

#include <fcntl.h>
#include <signal.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Runs and expects to be refused with one finding. */
static void run(struct kit *kit, unsigned jobs)
{
    CHECK(!kit_write(kit, "out", jobs));
    CHECK_U64(kit->findings.count, 1);
    CHECK_U64(base_findings_errors(&kit->findings), 1);
}

static const char *changing; /* what the progress callback writes to */

/* After the first of two sources of 7 bytes. */
static void change(void *context, const struct base_progress *progress)
{
    struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    (void)context;
    if (progress->phase == BASE_PHASE_PACKING && progress->done == 7) {
        unit_write_file(changing, "changed", 7);
        CHECK(utimensat(AT_FDCWD, unit_path(changing), times, 0) == 0);
    }
}

/* Sizes are fixed before the first byte is written; who changes a source after that is noticed. */
UNIT_TEST(a_source_that_changes_meanwhile_is_noticed)
{
    struct kit kit;
    struct base_task task = BASE_TASK_INIT;
    task.progress = change;
    struct writer_options options = {.task = &task, .jobs = 1};
    struct writer_summary summary;
    kit_begin(&kit);
    for (int32_t id = 1; id <= 2; id++) {
        struct workspace_asset *asset =
            kit_add(&kit, id, id == 1 ? "a" : "b", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    }
    unit_write_file("assets/a/x", "1234567", 7);
    unit_write_file("assets/b/x", "1234567", 7);
    CHECK(mkdir(unit_path("out"), 0777) == 0);
    int fd = open(unit_path("out"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    changing = "assets/b/x";
    CHECK(!writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_INPUT_CHANGED, "assets/b/x", -1,
                  "the file was changed or replaced while the build ran");
    CHECK_U64(summary.assets, 0);
    (void)close(fd);
    kit_end(&kit);
}

/* Shrinks the source as soon as its first piece has been written. */
static void shrink(void *context, const struct base_progress *progress)
{
    (void)context;
    if (progress->phase == BASE_PHASE_PACKING && progress->done > 0) {
        CHECK(truncate(unit_path("assets/a/x"), 1048577) == 0);
    }
}

UNIT_TEST(a_source_that_shrinks_while_it_is_copied_is_noticed)
{
    struct kit kit;
    struct base_task task = BASE_TASK_INIT;
    task.progress = shrink;
    struct writer_options options = {.task = &task, .jobs = 1};
    struct writer_summary summary;
    kit_begin(&kit);
    unit_write_file("assets/a/x", "", 0);
    CHECK(truncate(unit_path("assets/a/x"), 3000000) == 0);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    CHECK(mkdir(unit_path("out"), 0777) == 0);
    int fd = open(unit_path("out"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(!writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_INPUT_CHANGED, "assets/a/x", -1, "the file became shorter while it was read");
    (void)close(fd);
    kit_end(&kit);
}

/* Stamps the sound while its samples are being written. */
static void touch(void *context, const struct base_progress *progress)
{
    struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    (void)context;
    if (progress->phase == BASE_PHASE_PACKING) {
        CHECK(utimensat(AT_FDCWD, unit_path("assets/a/s.wav"), times, 0) == 0);
    }
}

UNIT_TEST(a_sound_that_is_written_to_while_it_is_decoded_is_noticed)
{
    static const int samples[100] = {0};
    struct kit kit;
    struct base_task task = BASE_TASK_INIT;
    task.progress = touch;
    struct writer_options options = {.task = &task, .jobs = 1};
    struct writer_summary summary;
    kit_begin(&kit);
    kit_sound("assets/a/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, samples, 100);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "s.wav");
    CHECK(mkdir(unit_path("out"), 0777) == 0);
    int fd = open(unit_path("out"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(!writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_INPUT_CHANGED, "assets/a/s.wav", -1,
                  "the file was written to while it was read");
    (void)close(fd);
    kit_end(&kit);
}

/* A sparse file of 8 EiB, which only some file systems have: the one in memory does. */
UNIT_TEST(a_pack_that_is_too_large_is_refused_unread)
{
    struct kit kit;
    char root[] = "/dev/shm/prpack-test-XXXXXX";
    REQUIRE(mkdtemp(root) != NULL);
    kit_begin(&kit);
    (void)close(kit.workspace.assets_fd);
    kit.workspace.assets_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(mkdirat(kit.workspace.assets_fd, "a", 0777) == 0);
    int fd = openat(kit.workspace.assets_fd, "a/x", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    CHECK(ftruncate(fd, INT64_C(0x7FFFFFFFFFFFF000)) == 0);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    run(&kit, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_PACK_TOO_LARGE, NULL, -1, "the payloads together pass 2^53-1 bytes");
    CHECK(unlinkat(kit.workspace.assets_fd, "a/x", 0) == 0);
    CHECK(unlinkat(kit.workspace.assets_fd, "a", AT_REMOVEDIR) == 0);
    CHECK(rmdir(root) == 0);
    (void)close(fd);
    kit_end(&kit);
}

/* Names of 5 MiB: 52 of them pass 256 MiB. */
UNIT_TEST(a_header_that_is_too_large_is_refused)
{
    enum { SIZE = 5 * 1048576 };
    struct kit kit;
    char *name = malloc(SIZE + 1);
    REQUIRE(name != NULL);
    memset(name, 'x', SIZE);
    name[SIZE] = '\0';
    kit_begin(&kit);
    unit_write_file("assets/a/x", "", 0);
    for (int32_t id = 1; id <= 52; id++) {
        struct workspace_asset *asset = kit_add(&kit, id, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
        free(asset->declaration.name);
        asset->declaration.name = name;
    }
    run(&kit, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_PACK_TOO_LARGE, NULL, -1, "the header would pass 256 MiB");
    for (size_t i = 1; i < kit.workspace.asset_count; i++) {
        kit.workspace.assets[i].declaration.name = NULL;
    }
    kit_end(&kit);
}

/* Every artifact in turn cannot be created. */
UNIT_TEST(each_artifact_that_cannot_be_written_is_named)
{
    static const char *const names[] = {"assets.pa", "asset_table.json", "preload.json", "asset_table_metadata.json"};
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/x", "x", 1);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct writer_options options = {.jobs = 1};
        struct writer_summary summary;
        char path[64];
        char shown[64];
        (void)snprintf(path, sizeof path, "out%zu/%s", i, names[i]);
        (void)snprintf(shown, sizeof shown, "staging/%s", names[i]);
        unit_write_file(path, "in the way", 10);
        (void)snprintf(path, sizeof path, "out%zu", i);
        int fd = open(unit_path(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        CHECK(!writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
        CHECK_U64(kit.findings.count, 1);
        CHECK_FINDING(&kit.findings, 0, DIAG_ENVIRONMENT_WRITE, shown, -1, "cannot create: File exists");
        base_findings_free(&kit.findings);
        (void)close(fd);
    }
    kit_end(&kit);
}

/* The disk is full in the middle of the payloads: one finding, whatever the number of workers. */
UNIT_TEST(a_full_disk_is_reported_once)
{
    struct kit kit;
    struct rlimit limit;
    uint8_t *bytes = calloc(1, 100000);
    REQUIRE(bytes != NULL);
    kit_begin(&kit);
    unit_write_file("assets/a/x", bytes, 100000);
    for (int32_t id = 1; id <= 20; id++) {
        struct workspace_asset *asset = kit_add(&kit, id, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    }
    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct rlimit small = {.rlim_cur = 300000, .rlim_max = limit.rlim_max};
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    CHECK(!kit_write(&kit, "out", 4));
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_ENVIRONMENT_WRITE, "staging/assets.pa", -1, "cannot write: File too large");
    free(bytes);
    kit_end(&kit);
}

/* Findings that were there before do not count as faults of this run. */
UNIT_TEST(earlier_findings_are_left_alone)
{
    struct kit kit;
    kit_begin(&kit);
    base_report(&kit.findings, DIAG_IMAGE_INVALID, NULL, "earlier");
    CHECK(kit_write(&kit, "out", 1));
    CHECK_U64(kit.findings.count, 1);
    kit_end(&kit);
}
