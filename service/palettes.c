#include "base/beside.h"
#include "base/file_problem.h"
#include "base/report.h"
#include "palettes/search.h"
#include "service/former.h"
#include "service/history/compose.h"
#include "service/palettes/files.h"
#include "service/palettes/paint.h"
#include "service/palettes/usage.h"
#include "service/planned.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/apply.h"
#include "service/transaction/settle.h"
#include "workspace/leads.h"
#include "workspace/path.h"
#include "writer/image/palette_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct service_palettes_request *request;
    const struct service_site *site;
    struct service_palettes_result *result;
    struct base_findings *findings;
    struct workspace workspace;
    struct workspace_asset asset;
    struct writer_palette_set declared;
    struct writer_palette common; /* count 0: none was named */
    struct service_palette_files files;
    struct service_art art;
    struct service_painting painting;
    char *display; /* of the root */
};

static bool report_memory(const struct work *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

static struct base_place place_of_root(const struct work *work)
{
    return (struct base_place){.file = work->display, .has_asset_id = true, .asset_id = work->asset.record->asset_id};
}

/* ---- The asset ---- */

static bool check_kind(const struct work *work)
{
    const struct workspace_declaration *declaration = &work->asset.declaration;
    if (declaration->type != WORKSPACE_ASSET_GLYPH || declaration->format != WORKSPACE_FORMAT_GLYPH_INDEXED) {
        base_report(work->findings, DIAG_USAGE,
                    &(struct base_details){.place = place_of_root(work),
                                           .expected = "GLYPH/indexed_v1",
                                           .actual = workspace_format_name(declaration->type, declaration->format),
                                           .cause = DIAG_CAUSE_NO_SPRITES},
                    "the asset has no sprites that need palettes");
        return false;
    }
    if (declaration->rules.banked) {
        base_report(work->findings, DIAG_USAGE,
                    &(struct base_details){
                        .place = place_of_root(work),
                        .remedy = "Nothing to do, or remove indices from output.pipeline of its asset.json."},
                    "the asset has banked indices: they say which palette each pixel has, so there is nothing to find");
        return false;
    }
    return true;
}

static bool find_asset(struct work *work)
{
    struct workspace_finder finder;
    const struct workspace_record *record = NULL;
    if (service_finder_begin(&finder, &work->workspace, work->site, work->findings)) {
        record = workspace_finder_find(&finder, work->result->file, work->findings);
    }
    workspace_finder_free(&finder);
    if (record == NULL || !workspace_load_record(&work->workspace, record, &work->asset.declaration, work->findings)) {
        return false;
    }
    work->asset.record = record;
    work->display = workspace_assets_path(work->workspace.assets_path, record->root, NULL);
    work->result->root = strdup(record->root);
    work->result->asset_id = record->asset_id;
    if (work->display == NULL || work->result->root == NULL) {
        return report_memory(work);
    }
    work->result->known = true;
    return check_kind(work);
}

/* The palette file could not be opened; what is beside it may have been meant. */
static void report_no_common(struct work *work, const struct base_place *place, int problem)
{
    int root_fd = base_task_directory(work->task);
    char *meant = problem == ENOENT ? base_beside_path(root_fd, place->file, &work->findings->out_of_memory) : NULL;
    if (meant != NULL) {
        base_report(work->findings, DIAG_ENVIRONMENT_READ,
                    &(struct base_details){.place = *place, .cause = DIAG_CAUSE_READ_MISSPELT, .subject = meant},
                    "could not be read: %s", base_file_problem_text(problem));
    } else {
        base_report_read_failure(work->findings, place, problem);
    }
    free(meant);
}

static bool read_common(struct work *work)
{
    const struct base_place place = {.file = work->request->common, .request_field = SERVICE_FIELD_PALETTES_COMMON};
    struct base_file file;
    if (work->request->common == NULL) {
        return true;
    }
    int problem = base_file_open_at(&file, base_task_directory(work->task), work->request->common);
    if (problem != 0) {
        report_no_common(work, &place, problem);
        return false;
    }
    struct writer_source source = {.file = BASE_FILE_CLOSED};
    const struct writer_reporter report = {.findings = work->findings, .place = place};
    bool fine = writer_source_begin(&source, &file) ? true : report_memory(work);
    fine = fine && writer_palette_read(&source, &work->common, &report);
    writer_source_end(&source);
    return fine;
}

static bool read_all(struct work *work)
{
    const struct workspace *workspace = &work->workspace;
    return read_common(work) && service_art_palettes(workspace, &work->asset, &work->declared, work->findings) &&
           (!work->request->fill ||
            service_palette_files_read(&work->files, workspace, &work->asset, &work->declared, work->findings)) &&
           service_art_read(&work->art, workspace, &work->asset, work->findings);
}

/* ---- A conflict ---- */

static const struct service_art_picture *picture_of(const struct work *work, const struct service_quarrel *quarrel)
{
    return &work->art.pictures[quarrel->unit.picture];
}

static bool take_quarrel(const struct work *work, const struct service_quarrel *quarrel,
                         struct service_conflict_part *part)
{
    const struct service_art_picture *picture = picture_of(work, quarrel);
    uint32_t size = work->asset.declaration.tile_size;
    size_t tile = quarrel->unit.tile == SIZE_MAX ? 0 : quarrel->unit.tile;
    *part = (struct service_conflict_part){
        .path = strdup(work->asset.declaration.inputs[picture->input].path),
        .has_tile = quarrel->unit.tile != SIZE_MAX,
        .tile = tile,
        .x = (uint32_t)(tile % picture->columns) * size,
        .y = (uint32_t)(tile / picture->columns) * size,
        .colours = quarrel->colours,
        .has_excess = quarrel->has_excess,
        .excess = quarrel->excess,
    };
    return part->path != NULL;
}

static bool take_conflict(const struct work *work)
{
    struct service_palettes_result *result = work->result;
    const struct service_painting *painting = &work->painting;
    result->parts = calloc(painting->quarrel_count + 1, sizeof *result->parts);
    bool fine = result->parts != NULL;
    for (size_t i = 0; fine && i < painting->quarrel_count; i++) {
        fine = take_quarrel(work, &painting->quarrels[i], &result->parts[i]);
        result->part_count += fine;
    }
    return fine ? true : report_memory(work);
}

static void say_too_many(struct base_text *text, const struct work *work)
{
    const struct service_quarrel *first = &work->painting.quarrels[0];
    size_t count = work->painting.quarrel_count;
    base_text_addf(text, "%s has %zu colours, %zu too many for one palette",
                   first->unit.tile != SIZE_MAX ? "the tile" : "the sprite", first->colours, first->excess);
    if (count > 1) {
        base_text_addf(text, "; %zu more have too many as well", count - 1);
    }
}

static void say_do_not_fit(struct base_text *text, const struct work *work)
{
    const struct service_painting *painting = &work->painting;
    unsigned most = work->request->max;
    if (painting->proved) {
        base_text_addf(text, "%zu tiles or sprites do not fit into %u palettes: they need %u or more",
                       painting->quarrel_count, most, painting->bound > most ? painting->bound : most + 1);
    } else {
        base_text_addf(text,
                       "no way was found to put %zu tiles or sprites into %u palettes; %u or more are needed, but that "
                       "these are too few is not proved",
                       painting->quarrel_count, most, painting->bound);
    }
}

static bool report_conflict(const struct work *work)
{
    const struct service_quarrel *first = &work->painting.quarrels[0];
    const struct service_conflict_part *part = &work->result->parts[0];
    char *path = workspace_input_display(&work->workspace, &work->asset, picture_of(work, first)->input);
    struct base_text text = BASE_TEXT_EMPTY;
    if (work->painting.one_too_many) {
        say_too_many(&text, work);
    } else {
        say_do_not_fit(&text, work);
    }
    const struct base_place place = {
        .file = path,
        .has_asset_id = true,
        .asset_id = work->asset.record->asset_id,
        .has_pixel = true,
        .x = part->x,
        .y = part->y,
    };
    base_report(work->findings, DIAG_PALETTE_CONFLICT, &(struct base_details){.place = place}, "%s",
                base_text_string(&text));
    base_text_release(&text, &work->findings->out_of_memory);
    free(path);
    return false;
}

/* ---- A solution ---- */

/* Where the declaration has the palette of an index; NULL: nowhere. */
static const char *path_of(const struct workspace_declaration *declaration, uint32_t index)
{
    const char *path = NULL;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        if (declaration->palettes[i].index == index) {
            path = declaration->inputs[declaration->palettes[i].input].path;
        }
    }
    return path;
}

static bool take_palettes(const struct work *work, const struct workspace_declaration *after)
{
    struct service_palettes_result *result = work->result;
    result->palettes = calloc(SERVICE_PALETTES_MAX + 1, sizeof *result->palettes);
    bool fine = result->palettes != NULL;
    for (uint32_t i = 0; fine && i < SERVICE_PALETTES_MAX; i++) {
        const struct service_painted *painted = &work->painting.palettes[i];
        const char *path = path_of(after, i);
        if (painted->palette.count == 0 || path == NULL) {
            continue;
        }
        struct service_palette_found *found = &result->palettes[result->palette_count];
        *found = (struct service_palette_found){
            .index = i,
            .path = strdup(path),
            .state = painted->is_new      ? SERVICE_PALETTE_NEW
                     : painted->added > 0 ? SERVICE_PALETTE_FILLED
                                          : SERVICE_PALETTE_KEPT,
            .added = painted->is_new ? painted->palette.count : painted->added,
            .colour_count = painted->palette.count,
        };
        memcpy(found->colours, painted->palette.colours, painted->palette.count * sizeof *found->colours);
        fine = found->path != NULL;
        result->palette_count += fine;
    }
    return fine ? true : report_memory(work);
}

/* The palettes as the asset has them afterwards. */
static bool collect(const struct work *work, struct writer_palette_set *palettes)
{
    uint32_t authored = 0;
    for (uint32_t i = 0; i < SERVICE_PALETTES_MAX; i++) {
        authored = work->painting.palettes[i].palette.count > 0 ? i + 1 : authored;
    }
    if (authored == 0) {
        return true;
    }
    if (!writer_palette_set_reserve(palettes, authored)) {
        return report_memory(work);
    }
    for (uint32_t i = 0; i < authored; i++) {
        palettes->items[i] = work->painting.palettes[i].palette;
    }
    return true;
}

/* Everything that the result says, before anything is written. */
static bool describe(const struct work *work, const struct workspace_plan *plan,
                     const struct workspace_declaration *after)
{
    struct service_palettes_result *result = work->result;
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    const struct workspace_asset asset = {.record = work->asset.record, .declaration = *after};
    result->found = work->painting.found;
    result->bounded = true;
    result->bound = work->painting.bound;
    result->proven = result->found == result->bound;
    result->written = work->files.written_count;
    bool fine = take_palettes(work, after) && collect(work, &palettes) &&
                (palettes.authored == 0 ||
                 service_palette_usage(&work->workspace, &asset, &palettes, &result->sprites, work->findings));
    writer_palette_set_free(&palettes);
    if (fine && plan->step_count > 0 && !service_planned_show_all(&result->plan, work->site->assets, plan)) {
        return report_memory(work);
    }
    return fine;
}

/* Carries the plan out, unless the run is dry, and says in the history what it is. */
static bool apply(const struct work *work, const struct workspace_plan *plan, const char *name)
{
    struct service_history_note note = {.name = "palettes"};
    struct base_text history = BASE_TEXT_EMPTY;
    base_text_add_string(&note.words, "palettes of");
    service_history_note_asset(&note, work->asset.record->asset_id, name);
    bool fine =
        service_history_compose(work->task, work->site, &work->workspace, plan, &note, &history, work->findings) &&
        (work->result->dry_run ||
         service_apply(work->task, work->site, plan, &history, work->findings) != SERVICE_APPLY_ABANDONED);
    base_text_free(&history);
    base_text_free(&note.words);
    return fine;
}

static bool carry_out(struct work *work)
{
    struct workspace_plan plan;
    struct workspace_declaration after;
    bool fine = service_palette_files_write(&work->files, &work->painting) ? true : report_memory(work);
    if (!fine) {
        return false;
    }
    fine = workspace_plan_palettes(&work->workspace, work->asset.record, work->files.written, work->files.written_count,
                                   &plan, &after, work->findings) &&
           describe(work, &plan, &after);
    const struct base_policy policy = service_policy_of(&work->request->findings, true);
    if (fine && work->request->write) {
        fine = service_policy_permits(&policy, work->findings);
    }
    if (fine && work->request->write) {
        fine = apply(work, &plan, after.name);
    }
    if (!fine) {
        service_planned_free(&work->result->plan); /* nothing of it was done */
    }
    workspace_declaration_free(&after);
    workspace_plan_free(&plan);
    return fine;
}

/* ---- All together ---- */

static bool search(struct work *work)
{
    const struct service_painting_wish wish = {
        .fillable = work->files.fillable,
        .most = work->request->max,
        .common = work->common.count > 0 ? &work->common : NULL,
    };
    switch (service_paint(&work->painting, &work->art, &work->asset.declaration, &work->declared, &wish, work->task)) {
    case SERVICE_PAINTED:
        return true;
    case SERVICE_PAINTING_CONFLICT:
        work->result->conflict = true;
        work->result->bounded = !work->painting.one_too_many;
        work->result->bound = work->painting.bound;
        return take_conflict(work) && report_conflict(work);
    case SERVICE_PAINTING_CANCELLED:
        return false;
    case SERVICE_PAINTING_NO_MEMORY:
        break;
    }
    return report_memory(work);
}

static bool run(struct work *work)
{
    if (!workspace_open(&work->workspace, &work->site->place, work->task, work->findings)) {
        return false;
    }
    bool fine = find_asset(work) && read_all(work) && search(work) && carry_out(work);
    workspace_lead_on(&work->workspace, work->findings);
    service_painting_free(&work->painting);
    service_art_free(&work->art);
    service_palette_files_free(&work->files);
    writer_palette_set_free(&work->declared);
    workspace_declaration_free(&work->asset.declaration);
    workspace_close(&work->workspace);
    free(work->display);
    return fine;
}

static bool run_locked(struct base_task *task, const struct service_site *site,
                       const struct service_palettes_request *request, struct service_palettes_result *result,
                       struct base_findings *findings)
{
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    work->task = task;
    work->request = request;
    work->site = site;
    work->result = result;
    work->findings = findings;
    bool fine = run(work);
    free(work);
    return fine;
}

enum service_status service_palettes(struct base_task *task, const char *workspace, const char *asset,
                                     const struct service_palettes_request *request,
                                     struct service_palettes_result *result, struct base_findings *findings)
{
    struct service_palettes_request limited = *request;
    limited.max = request->max != 0 ? request->max : SERVICE_PALETTES_MAX;
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_lock_wish wish = {.task = task, .wait = request->wait};
    bool writes = request->write && !request->dry_run;
    struct service_site site;
    *result = (struct service_palettes_result){
        .file = asset, .dry_run = !writes, .algorithm = PALETTES_ALGORITHM, .limit = limited.max};
    if (service_enter_workspace(&site, &place, &wish, writes, findings)) {
        struct base_findings step;
        base_findings_init(&step);
        result->done = run_locked(task, &site, &limited, result, &step);
        service_site_close(&site);
        service_step_end_last(task, findings, &step, result->done);
    }
    if (!result->done) {
        service_report_cancelled(task, findings, "no palette was written");
    }
    return service_status_of_findings(findings);
}

void service_palettes_result_free(struct service_palettes_result *result)
{
    for (size_t i = 0; i < result->palette_count; i++) {
        free(result->palettes[i].path);
    }
    for (size_t i = 0; i < result->part_count; i++) {
        free(result->parts[i].path);
    }
    free(result->palettes);
    free(result->parts);
    free(result->root);
    service_painted_sprites_free(&result->sprites);
    service_planned_free(&result->plan);
    *result = (struct service_palettes_result){.file = NULL};
}
