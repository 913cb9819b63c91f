/* Registries that a merge without prpack has left: docs/contracts/workspace.md, 8.13. Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_MERGE_MEND_H
#define PRPACK_WORKSPACE_MERGE_MEND_H

#include "base/findings.h"
#include "base/task.h"
#include "base/text.h"
#include "workspace/merge/sides.h"

enum workspace_mend_end {
    WORKSPACE_MEND_NOT_NEEDED, /* it is a registry */
    WORKSPACE_MENDED,
    WORKSPACE_MEND_CONFLICTS, /* what the sides contradict each other in is between markers; all else is merged */
    WORKSPACE_MEND_UNCLEAR,   /* it has conflicts that cannot be merged; the finding says why */
    WORKSPACE_MEND_FAILED     /* it cannot be mended; when the task was cancelled, no finding says why */
};

/* Mends a text with conflicts, or one with records of equal ids. What has been done and what is left is added to
 * findings; place gives the file. *mended has the new text after MENDED and CONFLICTS; the caller frees it in any case.
 */
enum workspace_mend_end workspace_merge_mend(struct base_bytes text, struct base_task *task,
                                             const struct base_place *place, const struct workspace_mend_look *look,
                                             struct base_text *mended, struct base_findings *findings);

#endif
