#include "workspace/edit/infer.h"

#include "base/path.h"
#include "workspace/document/problem.h"
#include "workspace/edit/draft.h"
#include "workspace/edit/files.h"
#include "workspace/edit/left_out.h"
#include "workspace/edit/tile_size.h"
#include "workspace/edit/undecided.h"
#include "workspace/model/limits.h"
#include "workspace/model/name.h"

#include <stdlib.h>
#include <string.h>

/* The format that follows from the files alone, or NULL. A raw one never does: any file could be one. */
static const struct workspace_format_facts *guess(const struct workspace_files *files)
{
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(files, counts);
    if (counts[WORKSPACE_FILE_PNG] > 0 && counts[WORKSPACE_FILE_PNG] + counts[WORKSPACE_FILE_PALETTE] == files->count) {
        return workspace_format_of_type(WORKSPACE_ASSET_GLYPH);
    }
    bool is_sound = files->count == 1 && counts[WORKSPACE_FILE_SOUND] == 1;
    return is_sound ? workspace_format_of_type(WORKSPACE_ASSET_SOUND) : NULL;
}

/* Copies the names of one kind of files. */
static bool copy_kind(const struct workspace_files *files, enum workspace_file_kind kind, struct base_names *out)
{
    bool fine = true;
    for (size_t i = 0; fine && i < files->count; i++) {
        fine = files->items[i].kind != kind || base_names_take(out, strdup(files->items[i].name));
    }
    return fine;
}

/* Whether the pictures mark what is transparent by entry 0 of their palettes. */
static bool is_marked(struct workspace_addition *add, const struct workspace_files *files)
{
    struct base_names pictures = BASE_NAMES_EMPTY;
    struct base_names palettes = BASE_NAMES_EMPTY;
    bool marked = false;
    if (!copy_kind(files, WORKSPACE_FILE_PNG, &pictures) || !copy_kind(files, WORKSPACE_FILE_PALETTE, &palettes)) {
        add->findings->out_of_memory = true;
    } else if (add->options->are_marked != NULL) {
        marked = add->options->are_marked(add->root_fd, &pictures, &palettes, add->findings);
    }
    base_names_free(&pictures);
    base_names_free(&palettes);
    return marked;
}

static bool choose_glyph_files(struct workspace_addition *add, struct workspace_draft *draft)
{
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(&draft->files, counts);
    if (counts[WORKSPACE_FILE_PNG] == 0) {
        workspace_add_refuse_type(add, &draft->files, "at least one .png", DIAG_CAUSE_TYPE_NO_SPRITE,
                                  "there is no sprite for a glyph_bank");
        return false;
    }
    if (counts[WORKSPACE_FILE_PALETTE] > WORKSPACE_PALETTE_COUNT) {
        base_report(add->findings, DIAG_PALETTE_INDEX,
                    &(struct base_details){.place.file = add->root_display, .expected = WORKSPACE_PALETTES_TEXT},
                    "there are %zu palette files", counts[WORKSPACE_FILE_PALETTE]);
        return false;
    }
    workspace_files_keep(&draft->files, WORKSPACE_FILE_PNG, WORKSPACE_FILE_PALETTE);
    draft->tile_size =
        add->options->tile_size > 0 ? (uint32_t)add->options->tile_size : workspace_add_tile_size(add, &draft->files);
    draft->marked = is_marked(add, &draft->files);
    draft->pad = add->options->pad;
    return true;
}

static bool choose_raw_file(struct workspace_addition *add, struct workspace_draft *draft)
{
    if (draft->facts->type == WORKSPACE_ASSET_SOUND) {
        workspace_add_refuse_type(add, &draft->files, "an asset.json with sample_rate, channels and frames",
                                  DIAG_CAUSE_TYPE_BARE_SAMPLES,
                                  "a file of bare samples does not say its rate and channels");
        return false;
    }
    if (draft->files.count != 1) {
        workspace_add_refuse_type(add, &draft->files, "exactly one file", DIAG_CAUSE_TYPE_ONE_FILE,
                                  "a raw format takes one file");
        return false;
    }
    draft->tile_size = add->options->tile_size > 0 ? (uint32_t)add->options->tile_size : WORKSPACE_TILE_SIZE_DEFAULT;
    return true;
}

static bool choose_files(struct workspace_addition *add, struct workspace_draft *draft)
{
    switch (draft->facts->format) {
    case WORKSPACE_FORMAT_GLYPH_INDEXED:
        return choose_glyph_files(add, draft);
    case WORKSPACE_FORMAT_RAW:
        return choose_raw_file(add, draft);
    case WORKSPACE_FORMAT_SOUND_PCM16LE:
        break;
    }
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(&draft->files, counts);
    if (counts[WORKSPACE_FILE_SOUND] != 1) {
        workspace_add_refuse_type(add, &draft->files, "exactly one WAV, AIFF or FLAC",
                                  counts[WORKSPACE_FILE_SOUND] > 1 ? DIAG_CAUSE_TYPE_SOUNDS : DIAG_CAUSE_TYPE_NO_SOUND,
                                  "a sound_bank takes one sound");
        return false;
    }
    workspace_files_keep(&draft->files, WORKSPACE_FILE_SOUND, WORKSPACE_FILE_SOUND);
    return true;
}

static bool check_file_names(struct workspace_addition *add, const struct workspace_files *files)
{
    bool fine = true;
    for (size_t i = 0; i < files->count; i++) {
        fine = workspace_add_check_file_name(add, files->items[i].name) && fine;
    }
    return fine;
}

static bool choose_format(struct workspace_addition *add, struct workspace_draft *draft)
{
    draft->facts = add->facts;
    if (draft->facts == NULL) {
        draft->facts = add->has_type ? workspace_format_of_type(add->type) : guess(&draft->files);
    }
    if (draft->facts == NULL) {
        workspace_add_refuse_undecided(add, &draft->files);
        return false;
    }
    if (add->options->tile_size > 0 && draft->facts->type != WORKSPACE_ASSET_GLYPH) {
        base_report(add->findings, DIAG_USAGE,
                    &(struct base_details){.place.request_field = WORKSPACE_FIELD_ADD_TILE_SIZE}, "%s has no tile size",
                    draft->facts->name);
        return false;
    }
    if (add->options->pad && draft->facts->format != WORKSPACE_FORMAT_GLYPH_INDEXED) {
        base_report(add->findings, DIAG_USAGE, &(struct base_details){.place.request_field = WORKSPACE_FIELD_ADD_PAD},
                    "%s has no sprites to pad", draft->facts->name);
        return false;
    }
    if (add->options->channels != NULL && draft->facts->format != WORKSPACE_FORMAT_SOUND_PCM16LE) {
        base_report(add->findings, DIAG_USAGE,
                    &(struct base_details){.place.request_field = WORKSPACE_FIELD_ADD_CHANNELS},
                    "%s has no channels to choose from", draft->facts->name);
        return false;
    }
    return true;
}

static bool choose_name(struct workspace_addition *add, struct workspace_draft *draft)
{
    draft->name = add->options->name != NULL ? add->options->name : base_path_name(add->root);
    const char *fault = workspace_name_fault(draft->name);
    if (fault != NULL) {
        base_report(add->findings, DIAG_DECLARATION_VALUE,
                    &(struct base_details){
                        .place = {.file = add->root_display, .request_field = WORKSPACE_FIELD_ADD_NAME},
                        .expected = "printable characters",
                    },
                    "the directory's name, which the asset would get, %s", fault);
    }
    return fault == NULL;
}

/* The files that count. A raw scene can be a file that is a working file elsewhere, such as a level as text. */
static bool find_files(struct workspace_addition *add, struct workspace_files *files)
{
    if (!workspace_add_list_files(add, files)) {
        return false;
    }
    bool is_scene = add->has_type && add->type == WORKSPACE_ASSET_SCENE;
    if (is_scene && files->count == 0 && !workspace_files_take_working(files, add)) {
        return false;
    }
    if (files->count == 0 && files->left_out > 0) {
        workspace_add_report_files_left_out(add);
        return false;
    }
    if (!add->has_type || add->type == WORKSPACE_ASSET_GLYPH) {
        workspace_files_find_strips(files, add);
    }
    return true;
}

/* Takes over the names that were ignored, and notes what is declared. */
static bool note_contents(struct workspace_addition *add, struct workspace_files *files)
{
    add->contents.ignored = files->ignored;
    files->ignored = BASE_NAMES_EMPTY;
    if (!workspace_contents_declare(&add->contents, &add->declaration, add->findings)) {
        return false;
    }
    for (size_t i = 0; i < files->count; i++) {
        if (files->items[i].colours > 0) {
            workspace_contents_note_strip(&add->contents, files->items[i].name, files->items[i].colours);
        }
    }
    return true;
}

bool workspace_add_infer(struct workspace_addition *add)
{
    struct workspace_draft draft = {
        .channels = add->options->channels,
        .asset_uuid = add->asset_uuid,
        .preload = add->options->preload > 0 || add->options->slot >= 0,
        .slot = add->options->slot,
    };
    bool fine = find_files(add, &draft.files) && choose_format(add, &draft) && choose_name(add, &draft) &&
                choose_files(add, &draft) && check_file_names(add, &draft.files) && workspace_add_draw_uuid(add);
    if (fine) {
        workspace_draft_print(&draft, &add->text);
        fine = workspace_add_check_text(add) && note_contents(add, &draft.files);
    }
    workspace_files_free(&draft.files);
    return fine;
}
