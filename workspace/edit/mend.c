#include "workspace/edit/mend.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/path.h"
#include "base/report.h"
#include "workspace/document/document.h"
#include "workspace/edit/registry_step.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>

struct looking {
    int assets_fd;
    bool out_of_memory; /* what was said may be wrong */
};

/* Whether the root has an asset.json. One that cannot be looked at counts as one that has it: a record is not
 * removed because of a right that is missing. */
static bool has_anchor(void *context, const struct workspace_record *record)
{
    struct looking *looking = context;
    struct base_text path = BASE_TEXT_EMPTY;
    struct base_file file = BASE_FILE_CLOSED;
    base_path_add(&path, record->root);
    base_path_add(&path, WORKSPACE_ANCHOR_NAME);
    int problem = base_text_out_of_memory(&path)
                      ? ENOMEM
                      : base_file_open_below(&file, looking->assets_fd, base_text_string(&path));
    looking->out_of_memory = looking->out_of_memory || problem == ENOMEM;
    base_file_close(&file);
    base_text_free(&path);
    return problem != ENOENT && problem != ENOTDIR;
}

enum workspace_mend_end workspace_plan_mend(int assets_fd, const char *assets, struct base_task *task,
                                            struct workspace_plan *plan, struct base_text *text,
                                            struct base_findings *findings)
{
    char *display = workspace_assets_path(assets, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    struct looking looking = {.assets_fd = assets_fd};
    const struct workspace_mend_look look = {.has_anchor = has_anchor, .context = &looking};
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    uint8_t *data = NULL;
    size_t size = 0;
    *plan = WORKSPACE_PLAN_EMPTY;
    *text = BASE_TEXT_EMPTY;
    if (display == NULL) {
        base_report_out_of_memory(findings, NULL);
    } else {
        data = workspace_document_read(&workspace_document_registry, assets_fd, WORKSPACE_REGISTRY_PATH, &place,
                                       DIAG_WORKSPACE_MISSING, &size, NULL, findings);
    }
    if (data != NULL) {
        end = workspace_merge_mend(base_bytes_make(data, size), task, &place, &look, text, findings);
    }
    if (end == WORKSPACE_MEND_CONFLICTS && base_bytes_equal(base_text_bytes(text), base_bytes_make(data, size))) {
        base_text_free(text);
    }
    if (looking.out_of_memory) {
        base_report_out_of_memory(findings, display);
        base_text_free(text);
        end = WORKSPACE_MEND_FAILED;
    }
    if (end == WORKSPACE_MENDED &&
        !workspace_plan_registry_text(plan, text, "it has what both sides of the merge have", assets, findings)) {
        end = WORKSPACE_MEND_FAILED;
    }
    free(data);
    free(display);
    return end;
}
