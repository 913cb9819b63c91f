#include "verify/payloads/payloads.h"

#include "verify/core/findings.h"
#include "verify/payloads/read.h"
#include "verify/payloads/results.h"

#include <stdlib.h>

/* With the whole file, a byte that was read twice counts once. */
static uint64_t count_bytes(const struct verify_subject *subject, const struct verify_facts *facts,
                            const struct verify_read_result *result)
{
    uint64_t before = facts->prelude_bytes + facts->header.size;
    return result->whole_file.has_hash ? subject->input.size - before : result->bytes;
}

/* The report lists entries as far as memory sufficed, and not more than a table of its size can have. */
static void list_hashes(const struct verify_facts *facts, struct base_task *task, struct verify_report *report)
{
    for (size_t i = 0; i < facts->entry_count && i < report->asset_count && !base_task_cancelled_in(task, i); i++) {
        report->assets[i].has_hash = facts->payloads[i].has_hash;
        report->assets[i].payload_hash = facts->payloads[i].hash;
    }
}

void verify_check_payloads(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                           struct verify_report *report)
{
    const struct verify_record *record = facts->record;
    bool whole_wanted = record != NULL && record->pack_size == subject->input.size;
    struct verify_read_result result = {.problem = 0};
    facts->payloads = calloc(facts->entry_count + 1, sizeof *facts->payloads);
    if (facts->payloads == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    if (whole_wanted || facts->entry_count > 0) {
        verify_read_payloads(subject, facts, whole_wanted, &result);
        sink->checked.bytes += count_bytes(subject, facts, &result);
    }
    if (result.problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, result.problem_at, result.problem);
        verify_report_not_checked(sink, "payloads: the file could not be read to its end");
    }
    list_hashes(facts, subject->options->task, report);
    verify_check_payload_results(subject, facts, &result.whole_file, report->asset_count, sink);
}
