/* Threads and memory that are kept from one piece of work to the next. */
#include "base/workers.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { COUNT = 5 };

/* What the workers of one piece did. */
struct piece {
    pthread_barrier_t together;
    pthread_t threads[BASE_WORKERS_MAX];
    atomic_uint calls[BASE_WORKERS_MAX];
};

/* Returns only when all workers are in it, so that each has a thread of its own. */
static void note(void *context, unsigned worker)
{
    struct piece *piece = context;
    piece->threads[worker] = pthread_self();
    atomic_fetch_add(&piece->calls[worker], 1);
    (void)pthread_barrier_wait(&piece->together);
}

static void run(struct base_workers *workers, unsigned count, struct piece *piece)
{
    memset(piece, 0, sizeof *piece);
    REQUIRE(pthread_barrier_init(&piece->together, NULL, count > 0 ? count : 1) == 0);
    base_workers_run(workers, count, note, piece);
    (void)pthread_barrier_destroy(&piece->together);
}

UNIT_TEST(a_piece_of_work_calls_each_worker_once)
{
    static struct piece piece;
    struct base_workers *workers = base_workers_create();
    static const unsigned counts[] = {1, 4, 2, 7, 0, 3};
    REQUIRE(workers != NULL);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        run(workers, counts[i], &piece);
        for (unsigned worker = 0; worker < 10; worker++) {
            CHECK_U64(piece.calls[worker], worker < counts[i] || worker == 0 ? 1 : 0);
        }
        CHECK(pthread_equal(piece.threads[0], pthread_self()));
    }
    base_workers_destroy(workers);
}

UNIT_TEST(the_next_piece_of_work_has_the_same_threads)
{
    static struct piece first;
    static struct piece again;
    struct base_workers *workers = base_workers_create();
    REQUIRE(workers != NULL);
    run(workers, COUNT, &first);
    for (unsigned turn = 0; turn < 100; turn++) {
        run(workers, COUNT, &again);
        for (unsigned i = 0; i < COUNT; i++) {
            CHECK(pthread_equal(first.threads[i], again.threads[i]));
        }
    }
    base_workers_destroy(workers);
}

UNIT_TEST(the_memory_of_a_worker_is_kept_and_grows)
{
    struct base_workers *workers = base_workers_create();
    REQUIRE(workers != NULL);
    char *small = base_workers_memory(workers, 0, 100);
    char *other = base_workers_memory(workers, 1, 100);
    REQUIRE(small != NULL);
    REQUIRE(other != NULL);
    CHECK((uintptr_t)small % BASE_WORKERS_ALIGNMENT == 0);
    CHECK(other != small);
    memset(small, 'a', 100);
    CHECK(base_workers_memory(workers, 0, 50) == small);
    CHECK(base_workers_memory(workers, 0, 100) == small);
    char *large = base_workers_memory(workers, 0, 1 << 20);
    REQUIRE(large != NULL);
    memset(large, 'b', 1 << 20);
    CHECK(base_workers_memory(workers, 0, 100) == large);
    CHECK(base_workers_memory(workers, 1, 100) == other);
    base_workers_destroy(workers);
}

UNIT_TEST(a_task_without_workers_gets_its_own)
{
    struct base_task task = BASE_TASK_INIT;
    struct base_workers *own;
    struct base_workers *workers = base_workers_of(NULL, &own);
    CHECK(workers != NULL);
    CHECK(own == workers);
    base_workers_destroy(own);
    workers = base_workers_of(&task, &own);
    CHECK(workers != NULL);
    CHECK(own == workers);
    task.workers = workers;
    struct base_workers *second;
    CHECK(base_workers_of(&task, &second) == workers);
    CHECK(second == NULL);
    base_workers_destroy(own);
    base_workers_destroy(NULL);
}

UNIT_TEST(running_out_of_memory_leaves_the_workers_usable)
{
    struct base_workers *workers = base_workers_create();
    REQUIRE(workers != NULL);
    memory_fault_after(0);
    void *memory = base_workers_memory(workers, 3, 100);
    (void)memory_fault_off();
    CHECK(memory == NULL);
    CHECK(base_workers_memory(workers, 3, 100) != NULL);
    base_workers_destroy(workers);
    memory_fault_after(0);
    workers = base_workers_create();
    (void)memory_fault_off();
    CHECK(workers == NULL);
}

UNIT_TEST(there_are_never_more_workers_than_work)
{
    CHECK_U64(base_workers_count(1, 100), 1);
    CHECK_U64(base_workers_count(7, 100), 7);
    CHECK_U64(base_workers_count(7, 3), 3);
    CHECK_U64(base_workers_count(5000, 10000), 256);
    CHECK_U64(base_workers_count(5, 0), 0);
    CHECK_U64(base_workers_count(UINT32_MAX, SIZE_MAX), BASE_WORKERS_MAX);
    CHECK_U64(base_workers_count(0, 1), 1);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    CHECK_U64(base_workers_count(0, SIZE_MAX), processors < BASE_WORKERS_MAX ? processors : BASE_WORKERS_MAX);
}
