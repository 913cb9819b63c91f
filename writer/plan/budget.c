#include "writer/plan/budget.h"

#include "writer/layout.h"
#include "writer/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_SIZE = 40 };

/* The bytes that an asset decodes to in this run: 0 for what is kept, raw or faulty already, and for images, whose size
 * is limited. */
static uint64_t decoded_bytes(const struct writer_planned *planned)
{
    const struct workspace_declaration *declaration = &planned->asset->declaration;
    if (planned->packed != NULL || declaration->format != WORKSPACE_FORMAT_SOUND_PCM16LE ||
        declaration->input_count != 1 || planned->inputs[0].faulty) {
        return 0;
    }
    return planned->size;
}

static void refuse(struct writer_planned *planned, const struct workspace *workspace, uint64_t bytes, uint64_t left,
                   struct base_findings *findings)
{
    char most[TEXT_SIZE];
    char *display = workspace_input_display(workspace, planned->asset, 0);
    (void)snprintf(most, sizeof most, "at most %" PRIu64, left);
    planned->inputs[0].faulty = true;
    if (display == NULL) {
        (void)writer_report_memory(findings);
        return;
    }
    const struct writer_reporter report = {
        .findings = findings,
        .place = {.file = display, .has_asset_id = true, .asset_id = planned->asset->record->asset_id}};
    (void)writer_report(&report, DIAG_DECODED_BUDGET,
                        &(struct base_details){.expected = most, .actual = writer_decimal(bytes).text},
                        "the sound decodes to more bytes than are left of the budget");
    free(display);
}

void writer_plan_check_budget(struct writer_plan *plan, const struct workspace *workspace, uint64_t budget,
                              struct base_findings *findings)
{
    uint64_t left = budget;
    for (size_t i = 0; i < plan->count && !base_task_cancelled_in(plan->task, i); i++) {
        uint64_t bytes = decoded_bytes(&plan->assets[i]);
        if (bytes > left) {
            refuse(&plan->assets[i], workspace, bytes, left, findings);
        } else {
            left -= bytes;
        }
    }
}
