#include "writer/input.h"

#include <stdlib.h>

bool pp_writer_input_spoil(struct pp_opened *opened)
{
    opened->facts->faulty = true;
    return false;
}

static bool open_source(const struct pp_work *work, size_t input, struct pp_opened *opened)
{
    const struct pp_subject *subject = &work->subject;
    struct pp_file file = PP_FILE_CLOSED;
    opened->display = pp_input_display(subject->workspace, subject->asset, input);
    if (opened->display == NULL) {
        return pp_writer_report_memory(subject->findings);
    }
    opened->report.place.file = opened->display;
    if (!pp_input_open(subject->workspace, subject->asset, input, &file, subject->findings)) {
        return false;
    }
    if (!pp_writer_input_same(opened->facts, &file, &opened->report)) {
        pp_file_close(&file);
        return false;
    }
    return pp_writer_source_begin(&opened->source, &file) || pp_writer_report_memory(subject->findings);
}

bool pp_writer_input_open(const struct pp_work *work, size_t input, struct pp_opened *opened)
{
    *opened = (struct pp_opened){
        .source = {.file = PP_FILE_CLOSED},
        .report = {.findings = work->subject.findings, .place = PP_NOWHERE},
        .facts = &work->planned->inputs[input],
    };
    opened->report.place.has_asset_id = true;
    opened->report.place.asset_id = work->subject.asset->record->asset_id;
    return open_source(work, input, opened) || pp_writer_input_spoil(opened);
}

bool pp_writer_input_finish(struct pp_opened *opened)
{
    return pp_writer_source_finish(&opened->source, opened->facts, &opened->report) || pp_writer_input_spoil(opened);
}

void pp_writer_input_close(struct pp_opened *opened)
{
    pp_writer_source_end(&opened->source);
    free(opened->display);
    opened->display = NULL;
}
