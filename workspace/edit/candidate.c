#include "workspace/edit/candidate.h"

#include "base/parallel.h"
#include "base/policy.h"
#include "base/report.h"
#include "workspace/edit/steps.h"

#include <stdlib.h>
#include <unistd.h>

struct base_findings *workspace_findings_aside(struct base_findings *findings)
{
    struct base_findings *aside = malloc(sizeof *aside);
    if (aside != NULL) {
        *aside = base_findings_take(findings);
    }
    return aside;
}

void workspace_findings_free(struct base_findings *aside)
{
    if (aside != NULL) {
        base_findings_free(aside);
        free(aside);
    }
}

/* ---- The check ---- */

/* Whether an error of the check is about sources, or about what is declared and does not fit them. */
static bool is_about_sources(enum diag diagnostic)
{
    bool is_declaration = diagnostic == DIAG_DECLARATION_SYNTAX || diagnostic == DIAG_DECLARATION_SHAPE ||
                          diagnostic == DIAG_DECLARATION_VALUE || diagnostic == DIAG_DECLARATION_IDENTITY;
    return diagnostic == DIAG_ENVIRONMENT_READ || (diag_facts(diagnostic)->class_ == DIAG_CLASS_W && !is_declaration);
}

/* The errors that `anyway` would make warnings of; 0 when there are others, too. */
static uint64_t count_at_sources(const struct base_findings *found)
{
    for (size_t i = 0; i < found->tally.count; i++) {
        const struct base_tally_file *file = &found->tally.files[i];
        for (size_t k = 0; k < file->count; k++) {
            const struct base_tally_kind *kind = &file->counts[k].kind;
            if (kind->severity == BASE_ERROR && !is_about_sources(kind->diagnostic)) {
                return 0;
            }
        }
    }
    return base_findings_errors(found);
}

static void soften(struct base_findings *found)
{
    struct base_policy policy = {.strict = false};
    for (unsigned i = 0; i < DIAG_COUNT; i++) {
        policy.softened[i] = i != DIAG_NONE && is_about_sources((enum diag)i);
    }
    base_findings_judge(found, &policy);
}

/* What else the root has counts as it does for a build. */
static void check(struct workspace_candidate *candidate)
{
    struct workspace_addition *add = &candidate->add;
    const struct workspace_add_options *options = add->options;
    struct workspace_record record;
    const struct workspace_asset asset = workspace_addition_asset_now(add, &record);
    struct workspace workspace = *add->workspace;
    struct base_findings found;
    base_findings_init(&found);
    workspace.entries = BASE_NAMES_EMPTY;
    if (add->each == NULL && !workspace_list_root(add->workspace, add->ignore, add->root, &workspace.entries)) {
        found.out_of_memory = true;
    }
    options->check(options->check_context, &workspace, &asset, &found);
    if (add->each == NULL) {
        workspace_report_undeclared_by(&workspace, &record, &asset.declaration, &found);
    }
    base_names_free(&workspace.entries);
    if (options->anyway) {
        soften(&found);
    }
    candidate->at_sources = count_at_sources(&found);
    base_findings_move(add->findings, &found);
}

/* ---- Side by side ---- */

struct making {
    struct workspace_candidate *candidates;
    struct base_meter done;
};

static void make_one(void *context, size_t index, struct base_findings *findings)
{
    struct making *making = context;
    struct workspace_candidate *candidate = &making->candidates[index];
    struct workspace_addition *add = &candidate->add;
    add->findings = findings;
    candidate->drafted = workspace_add_root(add);
    bool changes = !add->options->update || add->text.size > 0;
    if (candidate->drafted && changes && add->options->check != NULL) {
        check(candidate);
    }
    workspace_addition_leave(add);
    add->findings = NULL;
    if (findings->count > 0 && !findings->out_of_memory) {
        candidate->found = workspace_findings_aside(findings);
        findings->out_of_memory = candidate->found == NULL;
    }
    base_meter_add(&making->done, 1);
}

bool workspace_candidates_make(const struct workspace_addition *common, const char *const *roots, size_t count,
                               struct workspace_candidate **candidates, struct base_findings *findings)
{
    struct base_task *task = common->workspace->task;
    struct making making = {.candidates = calloc(count > 0 ? count : 1, sizeof *making.candidates)};
    *candidates = making.candidates;
    if (making.candidates == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        making.candidates[i].add = *common;
        making.candidates[i].add.typed = roots[i];
        making.candidates[i].add.copy = common->options->copies != NULL && common->options->copies[i];
        making.candidates[i].add.each = common->options->each != NULL ? &common->options->each[i] : NULL;
    }
    base_meter_begin(&making.done, task, BASE_PHASE_PLANNING, BASE_UNIT_ASSETS, count);
    base_parallel_each(task, common->options->jobs, count, make_one, &making, findings);
    base_meter_end(&making.done);
    if (findings->out_of_memory && findings->total[DIAG_ENVIRONMENT_MEMORY] == 0) {
        base_report_out_of_memory(findings, NULL);
    }
    return !findings->out_of_memory && !base_task_cancelled(task);
}

void workspace_candidates_free(struct workspace_candidate *candidates, size_t count)
{
    for (size_t i = 0; candidates != NULL && i < count; i++) {
        workspace_addition_free(&candidates[i].add);
        workspace_findings_free(candidates[i].found);
    }
    free(candidates);
}
