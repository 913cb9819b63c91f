#include "verify/header/header.h"

#include "reader/layout.h"
#include "verify/core/findings.h"
#include "verify/header/canonical.h"
#include "verify/header/entry_length.h"
#include "verify/header/list.h"
#include "verify/header/loader_rules.h"
#include "verify/header/members.h"
#include "verify/header/names.h"
#include "verify/header/outline_make.h"
#include "verify/header/preload.h"
#include "verify/header/slice_layout.h"

#include <stdlib.h>

static const char no_memory[] = "entries and payloads: memory ran out while the header was checked";

static bool read_header(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink)
{
    size_t size = facts->prelude.header_len;
    facts->header_memory = malloc(size);
    if (facts->header_memory == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return false;
    }
    int problem =
        verify_file_read_long(&subject->input, READER_PRELUDE_SIZE, facts->header_memory, size, subject->options->task);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, READER_PRELUDE_SIZE, problem);
        return false;
    }
    facts->header = base_bytes_make(facts->header_memory, size);
    sink->checked.bytes += size;
    return true;
}

/* Class L, by a reading of its own. Only where the header is so long that this would take seconds, and the reader has
 * opened the pack already, is that reading left out. */
static struct verify_loading check_loading(const struct verify_subject *subject, struct verify_opening *opening,
                                           const struct verify_facts *facts, struct verify_sink *sink)
{
    struct verify_loading loading = {.is_checked = true, .is_json = true, .ids_ascend = true};
    if (opening->is_canonical && facts->header.size > VERIFY_SECOND_READING_MAX) {
        verify_report_not_checked(sink, "header by a second parser: it is longer than 64 MiB");
        return loading;
    }
    loading = verify_check_loading(subject, facts, sink);
    if (loading.is_checked) {
        verify_check_tables(subject, opening, loading.has_table ? &loading.table : NULL, sink);
    }
    loading.ids_ascend = loading.table.ids_ascend;
    verify_opening_close(opening);
    reader_table_free(&loading.table);
    return loading;
}

/* The rules of class C, one after the other. After each one the task may be cancelled. */
static void check_rules(const struct verify_subject *subject, const struct verify_loading *loading,
                        const struct verify_outline *outline, struct verify_facts *facts, struct verify_sink *sink)
{
    struct base_task *task = subject->options->task;
    /* 4.2.3: where a key is repeated there is not one canonical form. */
    bool is_canonical =
        outline->is_canonical || (!loading->keys_repeat && verify_check_canonical(subject, facts->header, sink));
    if (base_task_cancelled(task)) {
        return;
    }
    facts->header_is_usable = verify_check_members(subject, facts, outline, sink);
    if (!facts->header_is_usable) {
        verify_report_not_checked(sink, no_memory);
    }
    if (!base_task_cancelled(task)) {
        verify_check_names(subject, facts, sink);
    }
    if (is_canonical && facts->header_is_usable && !base_task_cancelled(task)) {
        verify_check_entry_lengths(subject, facts, outline, sink);
    }
    if (!base_task_cancelled(task)) {
        verify_check_slices(subject, facts, outline, sink);
        verify_check_preload(subject, facts, sink);
    }
}

/* What needs the outline: two of the readings. */
static void check_outline(const struct verify_subject *subject, const struct verify_loading *loading,
                          const struct verify_outline *outline, struct verify_facts *facts, struct verify_sink *sink,
                          struct verify_report *report, struct base_meter *checked)
{
    verify_list_header(subject, outline, sink, report);
    base_meter_add(checked, facts->header.size);
    if (!loading->is_checked) {
        verify_report_not_checked(sink, no_memory);
    } else if (!loading->is_json) {
        verify_report_not_checked(sink, "entries and payloads: the header is not JSON");
    } else {
        check_rules(subject, loading, outline, facts, sink);
    }
    base_meter_add(checked, facts->header.size);
}

/* Each of these reads the header once: the rules of loading, the outline, the list, the rules of class C. A short
 * header is done at once, without progress. */
static void begin_checking(const struct verify_subject *subject, struct base_bytes header, struct base_meter *checked)
{
    enum { READINGS = 4, LONG = 1 << 20 };
    base_meter_begin(checked, header.size >= LONG ? subject->options->task : NULL, BASE_PHASE_CHECKING, BASE_UNIT_BYTES,
                     (uint64_t)READINGS * header.size);
    base_meter_add(checked, 0);
}

static void check_text(const struct verify_subject *subject, struct verify_opening *opening, struct verify_facts *facts,
                       struct verify_sink *sink, struct verify_report *report)
{
    struct base_task *task = subject->options->task;
    struct base_meter checked;
    begin_checking(subject, facts->header, &checked);
    struct verify_loading loading = check_loading(subject, opening, facts, sink);
    facts->header_is_checked = loading.is_checked;
    facts->size_without_cut = loading.size_without_cut;
    base_meter_add(&checked, facts->header.size);
    struct verify_outline outline;
    if (verify_outline_make(&outline, facts->header, task)) {
        base_meter_add(&checked, facts->header.size);
        facts->header_is_ordinary = outline.is_canonical && loading.ids_ascend;
        check_outline(subject, &loading, &outline, facts, sink, report, &checked);
    } else if (!base_task_cancelled(task)) {
        base_report_out_of_memory(&sink->findings, subject->path);
        verify_report_not_checked(sink, no_memory);
    }
    verify_outline_free(&outline);
}

void verify_check_header(const struct verify_subject *subject, struct verify_opening *opening,
                         struct verify_facts *facts, struct verify_sink *sink, struct verify_report *report)
{
    if (read_header(subject, facts, sink)) {
        check_text(subject, opening, facts, sink, report);
    } else {
        verify_report_not_checked(sink, "header and payloads: the header could not be read");
    }
}
