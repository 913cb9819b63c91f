#include "writer/plan/input.h"

#include <stdlib.h>

bool writer_input_mark_faulty(struct writer_opened *opened)
{
    opened->facts->faulty = true;
    return false;
}

static bool open_source(const struct writer_work *work, size_t input, struct writer_opened *opened)
{
    const struct writer_subject *subject = &work->subject;
    struct base_file file = BASE_FILE_CLOSED;
    opened->display = workspace_input_display(subject->workspace, subject->asset, input);
    if (opened->display == NULL) {
        return writer_report_memory(subject->findings);
    }
    opened->report.place.file = opened->display;
    if (!workspace_input_open(subject->workspace, subject->asset, input, &file, subject->findings)) {
        return false;
    }
    if (!writer_input_same(opened->facts, &file, &opened->report)) {
        base_file_close(&file);
        return false;
    }
    if (!writer_source_begin(&opened->source, &file)) {
        return writer_report_memory(subject->findings);
    }
    opened->source.task = subject->task;
    return true;
}

bool writer_input_open(const struct writer_work *work, size_t input, struct writer_opened *opened)
{
    *opened = (struct writer_opened){
        .source = {.file = BASE_FILE_CLOSED},
        .report = {.findings = work->subject.findings,
                   .place = BASE_NOWHERE,
                   .warnings = &work->planned->warnings,
                   .input = input},
        .facts = &work->planned->inputs[input],
    };
    opened->report.place.has_asset_id = true;
    opened->report.place.asset_id = work->subject.asset->record->asset_id;
    return open_source(work, input, opened) || writer_input_mark_faulty(opened);
}

bool writer_input_finish(struct writer_opened *opened)
{
    return writer_source_finish(&opened->source, opened->facts, &opened->report) || writer_input_mark_faulty(opened);
}

void writer_input_close(struct writer_opened *opened)
{
    writer_source_end(&opened->source);
    free(opened->display);
    opened->display = NULL;
}
