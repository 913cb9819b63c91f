/* A project of whole files, as people have it on disk: built, verified with its sources, changed, verified again; while
 * an allocation or a system call fails, or while the project changes. The front of the input is the files and the
 * changes (project.h), the tail says how they are looked at and what fails. */
#include "fuzz/projects/project.h"
#include "fuzz/lib/report.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/projects/kept.h"

#include <stdio.h>

/* ---- The tail ---- */

enum fault { NOTHING, MEMORY, CALL, CHANGE, FAULTS };
enum look { AT_BUILD, AT_PACK, AT_CARTRIDGE, AT_PATH, LOOKS };

struct choice {
    unsigned jobs;
    enum look look;
    bool sources;
    bool no_companions;
    bool progress;
    bool small_header;
    enum fault fault;
    enum fuzz_call_fault call;
    unsigned keep; /* 0: nothing is kept; 1 to 7: which assets; from 8 on their pack is harmed */
    uint16_t nth;
};

static struct choice choice_of(struct base_bytes *input)
{
    uint8_t way = fuzz_take_u8(input);
    uint8_t fault = fuzz_take_u8(input);
    static const unsigned jobs[] = {1, 2, 0, 300};
    return (struct choice){.jobs = jobs[way % 2U + way / 128U * 2U],
                           .look = (enum look)(way / 2 % LOOKS),
                           .sources = (way & 8) == 0,
                           .no_companions = (way & 16) != 0,
                           .progress = (way & 32) != 0,
                           .small_header = (way & 64) != 0,
                           .fault = (enum fault)(fault % FAULTS),
                           .call = (enum fuzz_call_fault)(fault / FAULTS % FUZZ_CALL_FAULTS),
                           .keep = fault / 16U,
                           .nth = (uint16_t)(1U + fuzz_take_u16(input) % 2048U)};
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    return fuzz_mutate_input(data, size, max_size, seed, PROJECT_TAIL, project_mutate);
}

/* ---- Verification ---- */

/* What is done never becomes less within a phase. */
static void note_progress(void *context, const struct base_progress *progress)
{
    struct base_progress *last = context;
    FUZZ_CHECK(progress->done <= progress->total);
    FUZZ_CHECK(last->phase != progress->phase || last->done <= progress->done);
    *last = *progress;
}

static void verify(const struct choice *choice, struct verify_report *report)
{
    char sources[256];
    struct base_progress last = {.done = 0};
    struct base_task task = BASE_TASK_INIT;
    task.progress = choice->progress ? note_progress : NULL;
    task.progress_context = &last;
    const struct verify_options options = {.task = &task,
                                           .jobs = choice->jobs,
                                           .sources = choice->sources ? sources : NULL,
                                           .no_companions = choice->no_companions,
                                           .max_header = choice->small_header ? 300 : 0};
    (void)snprintf(sources, sizeof sources, "%s", scratch_path("project"));
    switch (choice->look) {
    case AT_PACK:
        verify_pack(scratch_path("first/assets.pa"), &options, report);
        break;
    case AT_CARTRIDGE:
        verify_cartridge(scratch_path("first"), &options, report);
        break;
    case AT_PATH:
        verify_path(scratch_path(choice->no_companions ? "first/assets.pa" : "first"), &options, report);
        break;
    case AT_BUILD:
    case LOOKS:
        verify_build(scratch_path("first"), &options, report);
        break;
    }
    FUZZ_CHECK(report->findings.total[DIAG_INTERNAL] == 0);
}

/* Nothing is wrong with what was just built. */
static void check_fresh(const struct choice *choice)
{
    struct verify_report report;
    verify(choice, &report);
    fuzz_check_report(&report, UINT32_MAX);
    if (choice->look == AT_BUILD && !choice->small_header && !choice->no_companions) {
        fuzz_print_findings(&report.findings);
        FUZZ_CHECK(report.conforms == VERIFY_VERDICT_YES && report.findings.count == 0);
        FUZZ_CHECK(!choice->sources || report.matches == VERIFY_VERDICT_YES);
    }
    verify_report_free(&report);
}

static void check_changed(const struct choice *choice)
{
    struct verify_report report;
    verify(choice, &report);
    fuzz_check_report(&report, UINT32_MAX);
    verify_report_free(&report);
}

/* ---- Faults ---- */

static void change(void *context)
{
    project_change((const struct project *)context);
}

static void arm_fault(const struct choice *choice, struct project *project)
{
    fuzz_memory_begin();
    fuzz_memory_fail(choice->fault == MEMORY ? choice->nth : 0);
    fuzz_call_fail(choice->fault == CALL ? choice->nth : 0, choice->call);
    fuzz_call_disturb(choice->fault == CHANGE ? choice->nth : 0, change, project);
}

/* Whether something failed that may be told. */
static bool fault_happened(const struct choice *choice)
{
    bool memory = fuzz_memory_failed();
    bool call = fuzz_call_failed();
    bool may_tell = choice->call != FUZZ_CALL_INTERRUPT && choice->call != FUZZ_CALL_SHORT;
    return memory || (call && may_tell) || choice->fault == CHANGE;
}

/* Something fails: the build is refused and that is said, or it is written. */
static void check_building_with_fault(const struct choice *choice, struct project *project, bool refused)
{
    struct base_findings findings;
    base_findings_init(&findings);
    arm_fault(choice, project);
    bool written = build_write("second", choice->jobs, &findings);
    bool told = fault_happened(choice);
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0);
    FUZZ_CHECK(written == (base_findings_errors(&findings) == 0 && !findings.out_of_memory));
    FUZZ_CHECK(told || written == !refused);
    base_findings_free(&findings);
    FUZZ_CHECK(fuzz_memory_live() == 0);
}

/* ---- Payloads that are kept ---- */

static void check_same_files(const char *name)
{
    struct build first;
    struct build second;
    build_read(&first, "first");
    build_read(&second, name);
    for (int i = 0; i < BUILD_FILES; i++) {
        FUZZ_CHECK_BYTES(fuzz_text_bytes(&second.files[i]), fuzz_text_bytes(&first.files[i]));
    }
    build_free(&first);
    build_free(&second);
}

/* The last byte of the pack is another one, or not there: it belongs to the last payload that has any. */
static void harm(unsigned how)
{
    struct fuzz_text pack = scratch_read("earlier/assets.pa");
    pack.data[pack.size - 1] ^= 1;
    pack.size -= how % 2;
    scratch_write("earlier/assets.pa", fuzz_text_bytes(&pack));
    fuzz_text_free(&pack);
}

/* With payloads from an earlier pack the same bytes come out, or nothing does. */
static void check_kept(const struct choice *choice, struct project *project)
{
    static const unsigned masks[] = {0, 0xFF, 1, 2, 0xFE, 5, 0xAA, 0xF0};
    struct kept kept;
    struct base_findings findings;
    bool stale = false;
    kept_make(&kept, choice->jobs);
    if (choice->keep >= 8) {
        harm(choice->keep);
    }
    base_findings_init(&findings);
    fuzz_memory_begin();
    if (choice->fault == MEMORY || choice->fault == CALL) {
        arm_fault(choice, project);
    }
    bool written = kept_write(&kept, masks[choice->keep % 8], "second", choice->jobs, &findings, &stale);
    bool told = choice->fault != NOTHING && fault_happened(choice);
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0);
    FUZZ_CHECK(written || stale || base_findings_errors(&findings) > 0 || findings.out_of_memory);
    FUZZ_CHECK(written || told || choice->keep >= 8);
    if (written) {
        check_same_files("second");
    }
    base_findings_free(&findings);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    kept_free(&kept);
}

/* Something fails: no verdict is better than it was. */
static void check_verifying_with_fault(const struct choice *choice, struct project *project)
{
    struct verify_report full;
    struct verify_report report;
    verify(choice, &full);
    arm_fault(choice, project);
    verify(choice, &report);
    bool told = fault_happened(choice);
    if (choice->fault != CHANGE) {
        FUZZ_CHECK(report.loads != VERIFY_VERDICT_YES || full.loads == VERIFY_VERDICT_YES);
        FUZZ_CHECK(report.conforms != VERIFY_VERDICT_YES || full.conforms == VERIFY_VERDICT_YES);
        FUZZ_CHECK(told || (report.conforms == full.conforms && report.loads == full.loads));
    }
    verify_report_free(&report);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    verify_report_free(&full);
}

/* ---- The target ---- */

static bool build(struct project *project, const struct choice *choice)
{
    struct base_findings findings;
    base_findings_init(&findings);
    project_unpack(project);
    bool written = build_write("first", choice->jobs, &findings);
    FUZZ_CHECK(written == (base_findings_errors(&findings) == 0));
    fuzz_check_findings(&findings, UINT32_MAX);
    base_findings_free(&findings);
    return written;
}

static void check_written(struct project *project, const struct choice *choice)
{
    check_fresh(choice);
    if (choice->keep != 0) {
        check_kept(choice, project);
    }
    if (choice->fault != NOTHING) {
        check_building_with_fault(choice, project, false);
        if (choice->fault == CHANGE) {
            FUZZ_CHECK(build(project, choice));
        }
        check_verifying_with_fault(choice, project);
    }
    project_change(project);
    check_changed(choice);
    if (choice->fault != NOTHING && choice->fault != CHANGE) {
        check_verifying_with_fault(choice, project);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct choice choice = choice_of(&input);
    struct project project = {.records = input};
    if (build(&project, &choice)) {
        check_written(&project, &choice);
    } else if (choice.fault != NOTHING) {
        check_building_with_fault(&choice, &project, true);
    }
    return 0;
}
