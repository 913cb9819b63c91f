/* `add` where there is no asset.json: what the files tell. */
#include "workspace/add.h"
#include "workspace/declaration.h"
#include "workspace/problem.h"

#include <string.h>

enum { MOST_PALETTES = 64, MOST_SHOWN = 8 };

static void refuse(struct pp_add *add, const struct pp_names *files, const char *expected, const char *message)
{
    struct pp_text found = PP_TEXT_EMPTY;
    for (size_t i = 0; i < files->count && i < MOST_SHOWN; i++) {
        pp_text_add_string(&found, i == 0 ? "" : ", ");
        pp_text_add_printable(&found, pp_bytes_of_string(files->items[i]), 60);
    }
    if (files->count > MOST_SHOWN) {
        pp_text_addf(&found, " and %zu more", files->count - MOST_SHOWN);
    }
    struct pp_place place = PP_NOWHERE;
    place.file = add->root_display;
    pp_findings_add(add->findings, PP_TYPE_UNDECIDED, &place, expected,
                    files->count == 0 ? "no files" : pp_text_string(&found), "%s", message);
    pp_text_done(add->findings, &found);
}

/* The format that the files alone tell, or NULL. */
static const struct pp_format_facts *guess(const struct pp_names *files)
{
    size_t counts[PP_FILE_KINDS];
    pp_files_count(files, counts);
    if (counts[PP_FILE_PNG] > 0 && counts[PP_FILE_PNG] + counts[PP_FILE_PALETTE] == files->count) {
        return pp_format_of_type(PP_ASSET_GLYPH);
    }
    if (files->count != 1) {
        return NULL;
    }
    return pp_format_of_type(counts[PP_FILE_SOUND] == 1 ? PP_ASSET_SOUND : PP_ASSET_SCENE);
}

static bool choose_glyph_files(struct pp_add *add, struct pp_draft *draft)
{
    size_t counts[PP_FILE_KINDS];
    pp_files_count(&draft->files, counts);
    if (counts[PP_FILE_PNG] == 0) {
        refuse(add, &draft->files, "at least one .png", "there is no sprite for a glyph_bank");
        return false;
    }
    if (counts[PP_FILE_PALETTE] > MOST_PALETTES) {
        struct pp_place place = PP_NOWHERE;
        place.file = add->root_display;
        pp_findings_add(add->findings, PP_PALETTE_INDEX, &place, "at most 64 palettes", NULL,
                        "there are %zu palette files", counts[PP_FILE_PALETTE]);
        return false;
    }
    pp_files_keep(&draft->files, PP_FILE_PNG, PP_FILE_PALETTE);
    uint32_t asked = add->options->tile_size > 0 ? (uint32_t)add->options->tile_size : 0;
    return pp_add_tile_size(add, &draft->files, asked, &draft->tile_size);
}

static bool choose_raw_file(struct pp_add *add, struct pp_draft *draft)
{
    if (draft->facts->type == PP_ASSET_SOUND) {
        refuse(add, &draft->files, "an asset.json with sample_rate, channels and frames",
               "bare samples do not tell their rate and channels: write asset.json by hand");
        return false;
    }
    if (draft->files.count != 1) {
        refuse(add, &draft->files, "exactly one file", "a raw format takes one file");
        return false;
    }
    draft->tile_size = add->options->tile_size > 0 ? (uint32_t)add->options->tile_size : 16;
    return true;
}

static bool choose_files(struct pp_add *add, struct pp_draft *draft)
{
    switch (draft->facts->format) {
    case PP_FORMAT_GLYPH_INDEXED:
        return choose_glyph_files(add, draft);
    case PP_FORMAT_RAW:
        return choose_raw_file(add, draft);
    case PP_FORMAT_SOUND_PCM16LE:
        break;
    }
    size_t counts[PP_FILE_KINDS];
    pp_files_count(&draft->files, counts);
    if (counts[PP_FILE_SOUND] != 1) {
        refuse(add, &draft->files, "exactly one .wav, .aif, .aiff or .flac", "a sound_bank takes one sound");
        return false;
    }
    pp_files_keep(&draft->files, PP_FILE_SOUND, PP_FILE_SOUND);
    return true;
}

static bool check_file_names(struct pp_add *add, const struct pp_names *files)
{
    bool fine = true;
    for (size_t i = 0; i < files->count; i++) {
        if (!pp_is_utf8(files->items[i])) {
            struct pp_text shown = PP_TEXT_EMPTY;
            struct pp_place place = PP_NOWHERE;
            place.file = add->root_display;
            pp_text_add_printable(&shown, pp_bytes_of_string(files->items[i]), 60);
            pp_findings_add(add->findings, PP_DECLARATION_VALUE, &place, "a name in UTF-8", pp_text_string(&shown),
                            "the name of a file is not UTF-8, so that asset.json cannot carry it");
            pp_text_done(add->findings, &shown);
            fine = false;
        }
    }
    return fine;
}

static bool choose_format(struct pp_add *add, struct pp_draft *draft)
{
    draft->facts = add->facts;
    if (draft->facts == NULL) {
        draft->facts = add->has_type ? pp_format_of_type(add->type) : guess(&draft->files);
    }
    if (draft->facts == NULL) {
        refuse(add, &draft->files, ".png files with their palettes, one sound, or one other file",
               "the files do not tell what kind of asset this is");
        return false;
    }
    if (add->options->tile_size > 0 && draft->facts->type != PP_ASSET_GLYPH) {
        pp_findings_add(add->findings, PP_USAGE, &PP_NOWHERE, NULL, NULL, "%s has no tile size", draft->facts->name);
        return false;
    }
    return true;
}

static bool choose_name(struct pp_add *add, struct pp_draft *draft)
{
    const char *slash = strrchr(add->root, '/');
    draft->name = slash != NULL ? slash + 1 : add->root;
    if (add->options->name != NULL) {
        draft->name = add->options->name;
    }
    const char *fault = pp_name_fault(draft->name);
    if (fault != NULL) {
        struct pp_place place = PP_NOWHERE;
        place.file = add->root_display;
        pp_findings_add(add->findings, PP_DECLARATION_VALUE, &place, "printable characters", NULL,
                        "the directory's name %s: give the asset a name with --name", fault);
    }
    return fault == NULL;
}

bool pp_add_infer(struct pp_add *add)
{
    struct pp_draft draft = {
        .asset_uuid = add->asset_uuid,
        .preload = add->options->preload > 0 || add->options->slot >= 0,
        .slot = add->options->slot,
    };
    bool fine = pp_add_list_files(add, &draft.files) && choose_format(add, &draft) && choose_name(add, &draft) &&
                choose_files(add, &draft) && check_file_names(add, &draft.files) && pp_add_draw_uuid(add);
    if (fine) {
        pp_draft_print(&draft, &add->text);
        fine = pp_add_check_text(add);
    }
    pp_names_free(&draft.files);
    return fine;
}
