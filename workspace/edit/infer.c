#include "workspace/edit/infer.h"

#include "base/directory.h"
#include "base/media.h"
#include "base/path.h"
#include "workspace/document/problem.h"
#include "workspace/edit/draft.h"
#include "workspace/edit/files.h"
#include "workspace/edit/tile_size.h"
#include "workspace/model/limits.h"
#include "workspace/model/name.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 8 };

static const char expected_files[] =
    ".png files with their palettes, one WAV, AIFF or FLAC, or one file of your own format";

static void refuse_with(struct workspace_addition *add, const struct base_names *files,
                        const struct base_details *details, const char *message)
{
    struct base_text found = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < files->count && i < MOST_SHOWN; i++) {
        base_text_add_string(&found, i == 0 ? "" : ", ");
        base_text_add_printable(&found, base_bytes_of_string(files->items[i]), 60);
    }
    if (files->count > MOST_SHOWN) {
        base_text_addf(&found, " and %zu more", files->count - MOST_SHOWN);
    }
    struct base_details all = *details;
    all.place.file = add->root_display;
    all.actual = files->count == 0 ? "no files" : base_text_string(&found);
    all.subject = all.subject != NULL ? all.subject : add->root_display;
    base_report(add->findings, DIAG_TYPE_UNDECIDED, &all, "%s", message);
    base_text_release(&found, &add->findings->out_of_memory);
}

static void refuse(struct workspace_addition *add, const struct base_names *files, const char *expected,
                   enum diag_cause cause, const char *message)
{
    refuse_with(add, files, &(struct base_details){.expected = expected, .cause = cause}, message);
}

/* The format that follows from the files alone, or NULL. */
static const struct workspace_format_facts *guess(const struct base_names *files)
{
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(files, counts);
    if (counts[WORKSPACE_FILE_PNG] > 0 && counts[WORKSPACE_FILE_PNG] + counts[WORKSPACE_FILE_PALETTE] == files->count) {
        return workspace_format_of_type(WORKSPACE_ASSET_GLYPH);
    }
    if (files->count != 1) {
        return NULL;
    }
    if (counts[WORKSPACE_FILE_SOUND] == 1) {
        return workspace_format_of_type(WORKSPACE_ASSET_SOUND);
    }
    return counts[WORKSPACE_FILE_OTHER] == 1 ? workspace_format_of_type(WORKSPACE_ASSET_SCENE) : NULL;
}

/* ---- Why the files do not decide it ---- */

static int take_directory(void *context, const char *name, enum base_entry_kind kind)
{
    bool wanted = kind == BASE_ENTRY_DIRECTORY && name[0] != '.';
    return !wanted || base_names_take(context, strdup(name)) ? 0 : ENOMEM;
}

/* The first directory in the root, in byte order, as the user would type it; NULL when there is none. */
static char *find_directory(struct workspace_addition *add)
{
    struct base_names names = BASE_NAMES_EMPTY;
    char *found = NULL;
    int fd = -1;
    if (base_directory_reopen(&fd, add->root_fd) == 0 && base_directory_each(fd, take_directory, &names) == 0 &&
        names.count > 0) {
        base_names_sort(&names, NULL);
        found = base_path_join(add->root_display, names.items[0]);
    }
    base_names_free(&names);
    return found;
}

static enum diag_cause cause_of(const struct base_names *files)
{
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(files, counts);
    if (counts[WORKSPACE_FILE_PNG] > 0) {
        return DIAG_CAUSE_TYPE_SPRITES_AND_MORE;
    }
    if (counts[WORKSPACE_FILE_SOUND] > 1) {
        return DIAG_CAUSE_TYPE_SOUNDS;
    }
    if (counts[WORKSPACE_FILE_SOUND] == 1) {
        return DIAG_CAUSE_TYPE_SOUND_AND_MORE;
    }
    return counts[WORKSPACE_FILE_PALETTE] > 0 ? DIAG_CAUSE_TYPE_NO_PICTURE : DIAG_CAUSE_TYPE_FILES;
}

static void refuse_undecided(struct workspace_addition *add, const struct base_names *files)
{
    char *directory = files->count == 0 ? find_directory(add) : NULL;
    struct base_details details = {.expected = expected_files, .subject = directory};
    if (files->count > 0) {
        details.cause = cause_of(files);
    } else {
        details.cause = directory != NULL ? DIAG_CAUSE_TYPE_DIRECTORIES : DIAG_CAUSE_TYPE_NO_FILES;
    }
    refuse_with(add, files, &details, "the files do not show what kind of asset this is");
    free(directory);
}

/* What the one file of a directory is known as, by its name or by how it begins; NULL when it can be a scene. */
static const struct base_medium *find_medium(const struct workspace_addition *add, const char *name)
{
    uint8_t begin[BASE_MEDIUM_BYTES];
    struct base_file file;
    const struct base_medium *medium = base_medium_of_name(name);
    if (medium == NULL && base_file_open_below(&file, add->root_fd, name) == 0) {
        size_t size = file.size < sizeof begin ? (size_t)file.size : sizeof begin;
        if (base_file_read_at(&file, 0, begin, size) == 0) {
            medium = base_medium_of(base_bytes_make(begin, size));
        }
        base_file_close(&file);
    }
    return medium != NULL && medium->sort != BASE_MEDIUM_OTHER ? medium : NULL;
}

static enum diag_cause cause_of_medium(const struct base_medium *medium)
{
    if (medium->sort == BASE_MEDIUM_PICTURE) {
        return DIAG_CAUSE_TYPE_PICTURE;
    }
    return medium->sort == BASE_MEDIUM_MISHAP ? DIAG_CAUSE_TYPE_MISHAP : DIAG_CAUSE_TYPE_SOUND;
}

/* A file that is known as something else is not taken for a scene. */
static bool check_guessed_scene(struct workspace_addition *add, const struct base_names *files)
{
    const struct base_medium *medium = find_medium(add, files->items[0]);
    if (medium == NULL) {
        return true;
    }
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addf(&message, "the only file is %s", medium->name);
    struct base_details details = {.expected = expected_files, .cause = cause_of_medium(medium)};
    details.remedy = medium->remedy;
    refuse_with(add, files, &details, base_text_string(&message));
    base_text_release(&message, &add->findings->out_of_memory);
    return false;
}

/* Copies the names of one kind of files. */
static bool copy_kind(const struct base_names *files, enum workspace_file_kind kind, struct base_names *out)
{
    bool fine = true;
    for (size_t i = 0; fine && i < files->count; i++) {
        fine = workspace_file_kind_of(files->items[i]) != kind || base_names_take(out, strdup(files->items[i]));
    }
    return fine;
}

/* Whether the pictures mark what is transparent by entry 0 of their palettes. */
static bool is_marked(struct workspace_addition *add, const struct base_names *files)
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
        refuse(add, &draft->files, "at least one .png", DIAG_CAUSE_TYPE_NO_SPRITE,
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
    uint32_t asked = add->options->tile_size > 0 ? (uint32_t)add->options->tile_size : 0;
    if (!workspace_add_tile_size(add, &draft->files, asked, &draft->tile_size)) {
        return false;
    }
    draft->marked = is_marked(add, &draft->files);
    draft->pad = add->options->pad;
    return true;
}

static bool choose_raw_file(struct workspace_addition *add, struct workspace_draft *draft)
{
    if (draft->facts->type == WORKSPACE_ASSET_SOUND) {
        refuse(add, &draft->files, "an asset.json with sample_rate, channels and frames", DIAG_CAUSE_TYPE_BARE_SAMPLES,
               "a file of bare samples does not say its rate and channels");
        return false;
    }
    if (draft->files.count != 1) {
        refuse(add, &draft->files, "exactly one file", DIAG_CAUSE_TYPE_ONE_FILE, "a raw format takes one file");
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
        refuse(add, &draft->files, "exactly one WAV, AIFF or FLAC",
               counts[WORKSPACE_FILE_SOUND] > 1 ? DIAG_CAUSE_TYPE_SOUNDS : DIAG_CAUSE_TYPE_NO_SOUND,
               "a sound_bank takes one sound");
        return false;
    }
    workspace_files_keep(&draft->files, WORKSPACE_FILE_SOUND, WORKSPACE_FILE_SOUND);
    return true;
}

static bool check_file_names(struct workspace_addition *add, const struct base_names *files)
{
    bool fine = true;
    for (size_t i = 0; i < files->count; i++) {
        if (!workspace_is_utf8(files->items[i])) {
            struct base_text shown = BASE_TEXT_EMPTY;
            base_text_add_printable(&shown, base_bytes_of_string(files->items[i]), 60);
            base_report(add->findings, DIAG_DECLARATION_VALUE,
                        &(struct base_details){
                            .place.file = add->root_display,
                            .expected = "a name in UTF-8",
                            .actual = base_text_string(&shown),
                        },
                        "the name of a file is not UTF-8, so that asset.json cannot carry it");
            base_text_release(&shown, &add->findings->out_of_memory);
            fine = false;
        }
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
        refuse_undecided(add, &draft->files);
        return false;
    }
    if (add->facts == NULL && !add->has_type && draft->facts->type == WORKSPACE_ASSET_SCENE &&
        !check_guessed_scene(add, &draft->files)) {
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

bool workspace_add_infer(struct workspace_addition *add)
{
    struct workspace_draft draft = {
        .asset_uuid = add->asset_uuid,
        .preload = add->options->preload > 0 || add->options->slot >= 0,
        .slot = add->options->slot,
    };
    bool fine = workspace_add_list_files(add, &draft.files) && choose_format(add, &draft) && choose_name(add, &draft) &&
                choose_files(add, &draft) && check_file_names(add, &draft.files) && workspace_add_draw_uuid(add);
    if (fine) {
        workspace_draft_print(&draft, &add->text);
        fine = workspace_add_check_text(add);
    }
    base_names_free(&draft.files);
    return fine;
}
