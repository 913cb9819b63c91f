#include "service/undoing/undoing.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "workspace/path.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool service_undoing_report_memory(const struct service_undoing *undoing)
{
    base_report_out_of_memory(undoing->change->findings, NULL);
    return false;
}

static char *display_path(const struct service_undoing *undoing, const char *path)
{
    const struct service_change *change = undoing->change;
    char *display = path != NULL ? workspace_assets_path(change->workspace->assets_path, path, NULL)
                                 : workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    return display;
}

void service_undoing_name_operation(const struct service_history_line *line, struct base_text *text)
{
    enum { WORDS_SHOWN = 200 };
    char *words = json_token_string(line->text, line->words);
    base_text_addf(text, "operation %" PRIu64 " (", line->operation);
    base_text_add_printable(text, base_bytes_of_string(words != NULL ? words : ""), WORDS_SHOWN);
    base_text_add_char(text, ')');
    text->out_of_memory = text->out_of_memory || words == NULL;
    free(words);
}

bool service_undoing_block(const struct service_undoing *undoing, const struct service_undoing_fault *fault)
{
    struct base_findings *findings = undoing->change->findings;
    struct base_text operation = BASE_TEXT_EMPTY;
    char number[24];
    char *display = display_path(undoing, fault->path);
    (void)snprintf(number, sizeof number, "%" PRIu64, fault->subject);
    service_undoing_name_operation(undoing->line, &operation);
    const struct base_details details = {
        .place = {.file = display, .has_asset_id = fault->asset_id != 0, .asset_id = fault->asset_id},
        .cause = fault->cause,
        .subject = fault->subject != 0   ? number
                   : fault->path != NULL ? display
                                         : NULL,
    };
    base_report(findings, DIAG_UNDO_BLOCKED, &details, "%s cannot be undone: %s", base_text_string(&operation),
                fault->message);
    base_text_release(&operation, &findings->out_of_memory);
    free(display);
    return false;
}

static void keep(const struct service_undoing *undoing, const char *path, int32_t asset_id, const char *why)
{
    char *display = display_path(undoing, path);
    const struct base_details details = {.place = {.file = display, .has_asset_id = true, .asset_id = asset_id},
                                         .cause = DIAG_CAUSE_UNDO_KEPT,
                                         .severity = BASE_WARNING};
    base_report(undoing->change->findings, DIAG_UNDO_BLOCKED, &details, "a file of operation %" PRIu64 " stays: %s",
                undoing->line->operation, why);
    free(display);
}

void service_undoing_keep(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    keep(undoing, path, asset_id, "it was changed since");
}

void service_undoing_keep_whole(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    keep(undoing, path, asset_id, "the history cannot keep so many files at once");
}

bool service_undoing_report_write(const struct service_undoing *undoing, const char *path, const char *doing,
                                  int problem)
{
    char *display = workspace_assets_path(undoing->change->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(undoing->change->findings, &place, doing, problem);
    undoing->change->findings->out_of_memory = undoing->change->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

struct workspace_step *service_undoing_add_step(const struct service_undoing *undoing, enum workspace_action action,
                                                char *target, char *source, const char *reason)
{
    struct workspace_step *step = target != NULL ? workspace_plan_next_step(undoing->plan) : NULL;
    if (step == NULL) {
        free(target);
        free(source);
        (void)service_undoing_report_memory(undoing);
        return NULL;
    }
    *step = (struct workspace_step){.action = action, .target = target, .source = source, .reason = reason};
    undoing->plan->step_count++;
    return step;
}

struct workspace_step *service_undoing_add_file_step(const struct service_undoing *undoing,
                                                     enum workspace_action action, const struct service_past_file *file,
                                                     const char *root, const char *reason)
{
    struct workspace_step *step =
        service_undoing_add_step(undoing, action, workspace_assets_path(root, file->path, NULL), NULL, reason);
    if (step != NULL) {
        step->path_at = strlen(root) + 1;
        step->asset_id = file->asset_id;
    }
    return step;
}
