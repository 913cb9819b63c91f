#include "export/asset.h"

#include "export/work.h"

static int dispatch(struct export_work *work)
{
    switch (work->asset->entry.bank) {
    case PP_BANK_GLYPH:
        return export_work_glyph(work);
    case PP_BANK_SOUNDS:
        return export_work_sound(work);
    case PP_BANK_SCENE:
    case PP_BANK_COUNT:
        break;
    }
    return export_work_scene(work);
}

int export_asset(const struct export_asset *asset, struct base_task *task, const struct export_sink *sink,
                 struct export_outcome *outcome)
{
    struct export_work work = {.asset = asset, .task = task, .sink = sink, .outcome = outcome};
    *outcome = (struct export_outcome){.format = NULL};
    int problem = export_work_pipeline(&work);
    problem = problem == 0 ? dispatch(&work) : problem;
    base_text_free(&work.document);
    base_text_free(&work.metadata);
    base_text_free(&work.pipeline);
    return problem;
}
