/* Shared work: every index once, and findings in order. */
#include "base/parallel.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { WORK = 1000 };

struct tally {
    atomic_uint calls[WORK];
    size_t slow;  /* this index takes long */
    size_t every; /* each such index is a fault */
};

static void work(void *context, size_t index, struct base_findings *findings)
{
    struct tally *tally = context;
    atomic_fetch_add(&tally->calls[index], 1);
    if (index == tally->slow) {
        struct timespec pause = {.tv_nsec = 20000000};
        (void)nanosleep(&pause, NULL);
    }
    if (index % tally->every == 0) {
        const struct base_place place = {BASE_AT_BYTE(index, 0)};
        base_report(findings, DIAG_IMAGE_INVALID, &(struct base_details){.place = place}, "fault %zu", index);
    }
}

static void check_run(unsigned jobs, size_t slow, size_t every)
{
    struct tally tally = {.slow = slow, .every = every};
    struct base_findings findings;
    base_findings_init(&findings);
    base_parallel_each(NULL, jobs, WORK, work, &tally, &findings);
    for (size_t i = 0; i < WORK; i++) {
        CHECK_U64(tally.calls[i], 1);
    }
    size_t faults = (WORK + every - 1) / every;
    CHECK_U64(findings.total[DIAG_IMAGE_INVALID], faults);
    CHECK_U64(findings.errors[DIAG_CLASS_W], faults);
    for (size_t i = 0; i < findings.count; i++) {
        CHECK_U64(findings.items[i].place.byte_offset, i * every);
    }
    CHECK_U64(findings.count, faults < BASE_FINDINGS_KEPT ? faults : BASE_FINDINGS_KEPT);
    base_findings_free(&findings);
}

UNIT_TEST(each_index_is_done_once_and_findings_keep_their_order)
{
    for (unsigned jobs = 0; jobs <= 9; jobs++) {
        check_run(jobs, WORK, 17);
        check_run(jobs, 0, 1);
        check_run(jobs, 500, 100);
    }
    check_run(100000, WORK, 3);
}

UNIT_TEST(no_work_is_no_work)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_parallel_each(NULL, 4, 0, work, NULL, &findings);
    CHECK_U64(findings.count, 0);
}

UNIT_TEST(without_memory_nothing_is_done_and_the_findings_say_so)
{
    struct tally tally = {.slow = WORK, .every = 1};
    struct base_findings findings;
    base_findings_init(&findings);
    memory_fault_after(0);
    base_parallel_each(NULL, 1, WORK, work, &tally, &findings);
    (void)memory_fault_off();
    CHECK(findings.out_of_memory);
    CHECK_U64(findings.total[DIAG_ENVIRONMENT_MEMORY], 1);
    CHECK_U64(tally.calls[0], 0);
    base_findings_free(&findings);
}

UNIT_TEST(a_finding_that_cannot_be_kept_is_still_counted)
{
    struct tally tally = {.slow = WORK, .every = 10};
    struct base_findings findings;
    base_findings_init(&findings);
    memory_fault_after(2); /* the workers, and what keeps the order */
    base_parallel_each(NULL, 1, WORK, work, &tally, &findings);
    (void)memory_fault_off();
    for (size_t i = 0; i < WORK; i++) {
        CHECK_U64(tally.calls[i], 1);
    }
    CHECK(findings.out_of_memory);
    CHECK_U64(findings.total[DIAG_IMAGE_INVALID], WORK / 10);
    base_findings_free(&findings);
}
