#include "service/shown.h"

#include "base/directory.h"
#include "base/report.h"
#include "service/absent.h"
#include "service/former.h"
#include "service/service.h"
#include "service/showing/inputs.h"
#include "service/showing/sources.h"
#include "service/step.h"
#include "service/transaction/settle.h"
#include "workspace/ignore_file.h"
#include "workspace/path.h"
#include "writer/canonical_json.h"
#include "writer/check.h"
#include "json/object.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct service_show_request *request;
    const struct service_site *site;
    struct service_shown *shown;
    struct base_findings *findings;
    struct workspace workspace;
    struct workspace_asset asset;
};

static bool report_memory(const struct work *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

/* ---- The record ---- */

static bool find_asset(struct work *work)
{
    struct workspace_finder finder;
    if (service_finder_begin(&finder, &work->workspace, work->site, work->findings)) {
        work->asset.record = workspace_finder_find(&finder, work->request->asset, work->findings);
    }
    workspace_finder_free(&finder);
    return work->asset.record != NULL;
}

static bool look_at_root(const struct work *work)
{
    struct service_shown *shown = work->shown;
    int fd;
    int problem = base_directory_open_below(&fd, work->workspace.assets_fd, shown->root);
    if (problem == 0) {
        (void)close(fd);
    } else if (!service_is_absent(problem)) {
        const struct base_place place = {.file = shown->path, .has_asset_id = true, .asset_id = shown->asset_id};
        base_report_read_failure(work->findings, &place, problem);
    }
    return problem == 0;
}

static bool take_record(const struct work *work)
{
    const struct workspace_record *record = work->asset.record;
    struct service_shown *shown = work->shown;
    shown->known = true;
    shown->asset_id = record->asset_id;
    shown->asset_uuid = strdup(record->asset_uuid);
    shown->root = strdup(record->root);
    shown->path = workspace_assets_path(work->site->assets, record->root, NULL);
    shown->anchor = workspace_assets_path(work->site->assets, record->root, WORKSPACE_ANCHOR_NAME);
    shown->included = record->included_in_build;
    if (shown->asset_uuid == NULL || shown->root == NULL || shown->path == NULL || shown->anchor == NULL) {
        return false;
    }
    shown->present = look_at_root(work);
    return true;
}

/* ---- The declaration ---- */

/* Prints a tree that was read from an asset.json, which has a canonical form. False when memory ran out. */
static bool print_tree(const struct cJSON *tree, char **printed)
{
    enum { LEVELS = 127 };
    struct base_text text = BASE_TEXT_EMPTY;
    bool fine = writer_canonical_tree(&text, tree, LEVELS) == WRITER_CANONICAL_FINE;
    *printed = base_text_take(&text); /* NULL when memory ran out */
    return fine && *printed != NULL;
}

static bool take_declaration(const struct work *work)
{
    const struct workspace_declaration *declaration = &work->asset.declaration;
    struct service_shown *shown = work->shown;
    shown->valid = true;
    shown->name = strdup(declaration->name);
    shown->type = workspace_asset_type_name(declaration->type);
    shown->format = workspace_format_name(declaration->type, declaration->format);
    shown->bank = workspace_asset_bank_name(declaration->type);
    shown->has_tile_size = declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED;
    shown->tile_size = declaration->tile_size;
    shown->preload = declaration->preload;
    shown->has_slot = declaration->has_slot;
    shown->slot = declaration->slot;
    return shown->name != NULL &&
           (declaration->metadata == NULL || print_tree(declaration->metadata, &shown->metadata)) &&
           (declaration->pipeline == NULL || print_tree(declaration->pipeline, &shown->pipeline));
}

/* What asset.json does not name. */
static bool list_undeclared(struct work *work)
{
    const struct workspace_record *record = work->asset.record;
    struct workspace *workspace = &work->workspace;
    struct workspace_ignore ignore;
    bool fine = true;
    if (workspace_ignore_load(&ignore, workspace, work->findings)) {
        fine = workspace_list_root(workspace, &ignore, record->root, &workspace->entries);
    }
    workspace_ignore_free(&ignore);
    workspace_list_undeclared(workspace, record, &work->asset.declaration, &work->shown->undeclared, work->findings);
    return fine && !work->findings->out_of_memory;
}

/* Reports that files could not be read, unless that is reported already: most such failures last. */
static void add_failures(const struct work *work, struct base_findings *failures)
{
    if (!base_findings_any(work->findings, DIAG_CLASS_E)) {
        base_findings_move(work->findings, failures);
    }
}

static bool look_at_declaration(struct work *work)
{
    if (!workspace_load_record(&work->workspace, work->asset.record, &work->asset.declaration, work->findings)) {
        return !work->findings->out_of_memory;
    }
    struct base_findings failures;
    base_findings_init(&failures);
    bool fine = take_declaration(work) && service_show_inputs(work->shown, &work->workspace, &work->asset, &failures);
    if (fine) {
        writer_check_asset(work->task, &work->workspace, &work->asset, work->request->max_decoded, NULL,
                           work->findings);
        add_failures(work, &failures);
        fine = list_undeclared(work);
    }
    base_findings_free(&failures);
    return fine;
}

/* ---- The last build ---- */

static bool take_entry(const struct work *work, const struct service_show_set *set, size_t index)
{
    const struct pp_entry entry = pp_pack_entry(set->pack, index);
    struct service_shown_build *build = &work->shown->build;
    build->position = pp_pack_resolve(set->pack, index).position;
    build->offset = entry.offset;
    build->size = entry.size;
    build->decoded_size = entry.decoded_size;
    for (size_t i = 0; i < pp_pack_preload_count(set->pack); i++) {
        const struct pp_preload preload = pp_pack_preload(set->pack, i);
        if (preload.entry == index) {
            build->has_slot = true;
            build->slot = preload.slot;
        }
    }
    build->name = service_show_set_name(set, index);
    return build->name != NULL;
}

static bool read_hash(const struct service_recorded *recorded, const char *member, struct base_hash *hash)
{
    struct json_token token = json_object_member(recorded->text, recorded->asset, member);
    return token.kind == JSON_STRING && base_hash_from_hex(json_span(recorded->text, token), hash);
}

/* False when memory ran out. */
static bool look_at_entry(const struct work *work, const struct service_output *output, struct service_show_set *set)
{
    const struct workspace_record *record = work->asset.record;
    struct service_shown_build *build = &work->shown->build;
    size_t index = pp_pack_find_id(set->pack, record->asset_id);
    if (index == PP_NO_ENTRY || !service_recorded_find(&set->recorded, record->asset_id, record->asset_uuid)) {
        build->built = SERVICE_BUILT_WITHOUT;
        return true;
    }
    if (!read_hash(&set->recorded, "payload_xxh3_128", &build->payload_hash) ||
        !read_hash(&set->recorded, "decoded_xxh3_128", &build->decoded_hash)) {
        build->built = SERVICE_BUILT_UNREADABLE;
        return true;
    }
    const struct service_show_comparison comparison = {
        .workspace = &work->workspace,
        .record = record,
        .site = work->site,
        .output = output,
        .set = set,
    };
    struct base_findings failures;
    base_findings_init(&failures);
    bool fine = take_entry(work, set, index) && service_show_sources(work->shown, &comparison, &failures);
    bool out_of_memory = false;
    add_failures(work, &failures);
    base_findings_free(&failures);
    build->tiles = service_recorded_tiles(&set->recorded, record->asset_id, record->asset_uuid, &out_of_memory);
    build->built = SERVICE_BUILT_WITH;
    build->has_slice = true;
    return fine && !out_of_memory;
}

static bool look_at_build(const struct work *work)
{
    struct service_shown_build *build = &work->shown->build;
    struct service_output output;
    bool fine = service_output_find(&output, work->site, work->request->output);
    if (fine) {
        struct service_show_set set;
        service_show_set_open(&set, work->task, &output, work->findings);
        build->built = set.built;
        build->directory = strdup(output.path);
        fine = build->directory != NULL && (set.built != SERVICE_BUILT_WITH || look_at_entry(work, &output, &set));
        service_show_set_close(&set);
    }
    service_output_free(&output);
    return fine;
}

/* ---- All together ---- */

static void show(struct work *work)
{
    if (workspace_open(&work->workspace, &work->site->place, work->task, work->findings) && find_asset(work) &&
        !(take_record(work) && look_at_declaration(work) && look_at_build(work))) {
        (void)report_memory(work);
    }
    if (work->findings->out_of_memory) {
        service_shown_free(work->shown); /* a part would pass for all there is */
    }
    workspace_declaration_free(&work->asset.declaration);
    workspace_close(&work->workspace);
}

enum service_status service_show(struct base_task *task, const char *workspace,
                                 const struct service_show_request *request, struct service_shown *shown,
                                 struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_lock_wish wish = {.task = task};
    struct service_site site;
    *shown = (struct service_shown){.known = false};
    if (service_look_at_workspace(&site, &place, &wish, findings)) {
        struct base_findings step;
        base_findings_init(&step);
        struct work work = {
            .task = task,
            .request = request,
            .site = &site,
            .shown = shown,
            .findings = &step,
            .workspace = WORKSPACE_EMPTY,
        };
        show(&work);
        service_site_close(&site);
        if (!service_step_end(task, findings, &step)) {
            service_shown_free(shown);
        }
    }
    service_report_cancelled(task, findings, "not everything was looked at");
    return service_status_of_findings(findings);
}

/* ---- Freeing ---- */

static void free_build(struct service_shown_build *build)
{
    for (size_t i = 0; i < build->change_count; i++) {
        free(build->changes[i].path);
    }
    free(build->changes);
    free(build->directory);
    free(build->name);
    free(build->tiles);
}

void service_shown_free(struct service_shown *shown)
{
    for (size_t i = 0; i < shown->input_count; i++) {
        free(shown->inputs[i].path);
    }
    free(shown->inputs);
    free(shown->asset_uuid);
    free(shown->root);
    free(shown->path);
    free(shown->anchor);
    free(shown->name);
    free(shown->metadata);
    free(shown->pipeline);
    base_names_free(&shown->undeclared);
    free_build(&shown->build);
    *shown = (struct service_shown){.known = false};
}
