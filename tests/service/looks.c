/* How much is done between two looks at the task: bytes of files that a thread reads, writes or waits for. A build,
 * verification or inspection that is cancelled ends after so much work at most. */
#include "tests/service/call.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_BYTES = 8 << 20 }; /* a sound that is small enough to be read at once */

/* ---- What a thread has done since its last look ---- */

static _Thread_local size_t done;
static atomic_size_t most;
static atomic_size_t all;

static void add(ssize_t count)
{
    done += count > 0 ? (size_t)count : 0;
    (void)atomic_fetch_add(&all, count > 0 ? (size_t)count : 0);
    size_t before = atomic_load(&most);
    while (before < done && !atomic_compare_exchange_weak(&most, &before, done)) {
    }
}

static bool look(void *context)
{
    (void)context;
    done = 0;
    return false;
}

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name):
 * the linker sends the product's calls here, under names that it makes. */
ssize_t __real_pread(int fd, void *data, size_t size, off_t offset);
ssize_t __wrap_pread(int fd, void *data, size_t size, off_t offset);
ssize_t __real_pwrite(int fd, const void *data, size_t size, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset);
int __real_sync_file_range(int fd, off_t offset, off_t size, unsigned flags);
int __wrap_sync_file_range(int fd, off_t offset, off_t size, unsigned flags);

ssize_t __wrap_pread(int fd, void *data, size_t size, off_t offset)
{
    ssize_t count = __real_pread(fd, data, size, offset);
    add(count);
    return count;
}

ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset)
{
    ssize_t count = __real_pwrite(fd, data, size, offset);
    add(count);
    return count;
}

int __wrap_sync_file_range(int fd, off_t offset, off_t size, unsigned flags)
{
    add((ssize_t)size);
    return __real_sync_file_range(fd, offset, size, flags);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name)
 */

/* ---- Running an operation ---- */

static void take_answer(void *context, const struct service_answer *answer)
{
    (void)context;
    CHECK_U64(answer->status, SERVICE_STATUS_WELL);
}

/* Returns how many bytes were moved in all. */
static size_t run(enum service_operation_id operation, const union service_request *request)
{
    struct base_task task = BASE_TASK_INIT;
    task.ask = look;
    done = 0;
    atomic_store(&most, 0);
    atomic_store(&all, 0);
    CHECK_U64(call_operation(&task, operation, request, take_answer), SERVICE_STATUS_WELL);
    CHECK(atomic_load(&most) <= MOST_BYTES);
    return atomic_load(&all);
}

static void build(unsigned jobs, bool no_cache, size_t least)
{
    const union service_request request = {
        .build = {.output = "build", .verify = true, .no_cache = no_cache, .jobs = jobs}};
    CHECK(run(SERVICE_OPERATION_BUILD, &request) >= least);
}

/* ---- A workspace with long files ---- */

enum { FRAMES = 3 << 20, SOUND = 44 + 2 * FRAMES, RAW = 17 << 20, ALL = SOUND + RAW };

static void put(uint8_t **at, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        *(*at)++ = (uint8_t)(value >> 8 * i);
    }
}

/* A WAVE file of 16 bits, mono. */
static void write_sound(const char *relative)
{
    uint8_t *sound = calloc(SOUND, 1);
    REQUIRE(sound != NULL);
    uint8_t *at = sound;
    memcpy(at, "RIFF....WAVEfmt ", 16);
    at += 4;
    put(&at, SOUND - 8, 4);
    at += 8;
    put(&at, 16, 4);
    put(&at, 1, 2);
    put(&at, 1, 2);
    put(&at, 44100, 4);
    put(&at, 88200, 4);
    put(&at, 2, 2);
    put(&at, 16, 2);
    memcpy(at, "data", 4);
    at += 4;
    put(&at, SOUND - 44, 4);
    unit_write_file(relative, sound, SOUND);
    free(sound);
}

static void write_workspace(void)
{
    static const char *const scenes[] = {"assets/map"};
    static const char *const sounds[] = {"assets/song"};
    const union service_request init = {.init = {.dry_run = false}};
    const union service_request add_scene = {.add = {.roots = {scenes, 1}, .type = "scene_bank"}};
    const union service_request add_sound = {.add = {.roots = {sounds, 1}}};
    uint8_t *raw = calloc(RAW, 1);
    REQUIRE(raw != NULL);
    unit_write_file("assets/map/map.bin", raw, RAW);
    write_sound("assets/song/song.wav");
    free(raw);
    (void)run(SERVICE_OPERATION_INIT, &init);
    (void)run(SERVICE_OPERATION_ADD, &add_scene);
    (void)run(SERVICE_OPERATION_ADD, &add_sound);
}

UNIT_TEST(a_build_looks_between_long_pieces)
{
    write_workspace();
    build(1, true, 5 * (size_t)ALL); /* packed, read back and synced; verified, and its sources */
    build(3, true, 5 * (size_t)ALL);
    build(2, false, ALL);
    unit_write_file("assets/map/map.bin", "another one", 11);
    build(1, false, 2 * (size_t)SOUND);
}

UNIT_TEST(readers_look_between_long_pieces)
{
    static const char *const paths[] = {"build/assets.pa"};
    write_workspace();
    build(2, true, ALL);
    for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
        const union service_request verify = {.verify = {.directory = "build", .sources = true, .jobs = jobs}};
        const union service_request inspect = {.inspect = {.paths = {paths, 1}, .jobs = jobs}};
        CHECK(run(SERVICE_OPERATION_VERIFY, &verify) >= 2 * (size_t)ALL);
        CHECK(run(SERVICE_OPERATION_INSPECT, &inspect) >= ALL);
    }
}
