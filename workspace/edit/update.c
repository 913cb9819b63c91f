#include "workspace/edit/update.h"

#include "base/index.h"
#include "base/natural.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/problem.h"
#include "workspace/edit/files.h"
#include "workspace/edit/input_lists.h"
#include "workspace/edit/left_out.h"
#include "workspace/edit/png_begin.h"
#include "workspace/model/limits.h"
#include "workspace/palette_text.h"

#include <stdlib.h>
#include <string.h>

/* What came into the root. Strings are borrowed from the list of files. */
struct news {
    const char **sprites;
    size_t sprite_count;
    struct workspace_new_palette *palettes;
    size_t palette_count;
};

/* ---- The record ---- */

/* The record of the root; NULL with the reason in findings. */
static const struct workspace_record *check_registered(struct workspace_addition *add)
{
    int32_t other = 0;
    if (workspace_roots_find(&add->taken->roots, add->root, &other) == WORKSPACE_ROOT_SAME) {
        return workspace_registry_find(&add->workspace->registry, other);
    }
    const struct base_details details = {
        .place.file = add->root_display,
        .expected = "a directory that is registered",
        .cause = DIAG_CAUSE_ROOT_TO_ADD,
        .subject = add->root_display,
    };
    base_report(add->findings, DIAG_ROOT_INVALID, &details, "the directory is not registered");
    return NULL;
}

/* ---- What is new ---- */

/* The paths that are declared. False when memory ran out. */
static bool list_declared(const struct workspace_declaration *declaration, struct base_index *declared)
{
    bool fine = true;
    for (size_t i = 0; fine && i < declaration->input_count; i++) {
        fine = base_index_add(declared, base_bytes_of_string(declaration->inputs[i].path), 0);
    }
    return fine;
}

static bool is_declared(const struct base_index *declared, const char *path)
{
    int64_t unused;
    return base_index_find(declared, base_bytes_of_string(path), &unused);
}

static bool sort_out(struct workspace_addition *add, const struct workspace_files *files, struct news *news)
{
    struct base_index declared = BASE_INDEX_EMPTY;
    news->sprites = calloc(files->count + 1, sizeof *news->sprites);
    news->palettes = calloc(files->count + 1, sizeof *news->palettes);
    bool fine = news->sprites != NULL && news->palettes != NULL && list_declared(&add->declaration, &declared);
    for (size_t i = 0; fine && i < files->count; i++) {
        const struct workspace_file *file = &files->items[i];
        bool counts = (file->kind == WORKSPACE_FILE_PNG || file->kind == WORKSPACE_FILE_PALETTE) &&
                      !is_declared(&declared, file->name);
        if (counts && file->kind == WORKSPACE_FILE_PNG) {
            news->sprites[news->sprite_count++] = file->name;
        } else if (counts) {
            news->palettes[news->palette_count++].path = file->name;
        }
    }
    base_index_free(&declared);
    if (!fine) {
        base_report_out_of_memory(add->findings, NULL);
    }
    return fine;
}

static bool check_names(struct workspace_addition *add, const struct news *news)
{
    bool fine = true;
    for (size_t i = 0; i < news->sprite_count; i++) {
        fine = workspace_add_check_file_name(add, news->sprites[i]) && fine;
    }
    for (size_t i = 0; i < news->palette_count; i++) {
        fine = workspace_add_check_file_name(add, news->palettes[i].path) && fine;
    }
    return fine;
}

/* ---- Palettes ---- */

static bool is_indexed(const struct workspace_addition *add, const char *path)
{
    struct workspace_png_begin begin;
    return workspace_read_png_begin(add->root_fd, path, &begin) && begin.is_indexed;
}

/* The first sprite that brings a palette of its own, or NULL. Without declared palettes all inputs are sprites. */
static const char *find_indexed(const struct workspace_addition *add, const struct news *news)
{
    for (size_t i = 0; i < add->declaration.input_count; i++) {
        if (is_indexed(add, add->declaration.inputs[i].path)) {
            return add->declaration.inputs[i].path;
        }
    }
    for (size_t i = 0; i < news->sprite_count; i++) {
        if (is_indexed(add, news->sprites[i])) {
            return news->sprites[i];
        }
    }
    return NULL;
}

/* Gives the new palettes the lowest indices that are free. False when there are not enough. */
static bool number_palettes(struct workspace_addition *add, const struct news *news)
{
    bool used[WORKSPACE_PALETTE_COUNT] = {false};
    for (size_t i = 0; i < add->declaration.palette_count; i++) {
        used[add->declaration.palettes[i].index] = true;
    }
    uint32_t index = 0;
    for (size_t i = 0; i < news->palette_count; i++) {
        while (index < WORKSPACE_PALETTE_COUNT && used[index]) {
            index++;
        }
        if (index == WORKSPACE_PALETTE_COUNT) {
            base_report(add->findings, DIAG_PALETTE_INDEX,
                        &(struct base_details){.place.file = add->root_display, .expected = WORKSPACE_PALETTES_TEXT},
                        "there are %zu new palette files, and %zu indices are free", news->palette_count, i);
            return false;
        }
        news->palettes[i].index = index++;
    }
    return true;
}

/* Palettes that are declared would take the place of those that indexed PNGs bring. */
static bool report_meaning(struct workspace_addition *add, const struct news *news, const char *indexed)
{
    struct base_text list = BASE_TEXT_EMPTY;
    struct base_text shown = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < news->palette_count; i++) {
        base_text_add_string(&list, i > 0 ? ", " : "");
        workspace_print_palette(&list, news->palettes[i].index, news->palettes[i].path);
    }
    base_text_add_quoted(&shown, base_bytes_of_string(indexed), 60);
    const struct base_details details = {
        .place.file = add->anchor_display,
        .cause = DIAG_CAUSE_TYPE_PALETTES_TO_DECIDE,
        .subject = base_text_string(&list),
    };
    base_report(add->findings, DIAG_TYPE_UNDECIDED, &details,
                "there %s %zu palette file%s, and sprites such as %s bring a palette of their own",
                news->palette_count == 1 ? "is" : "are", news->palette_count, news->palette_count == 1 ? "" : "s",
                base_text_string(&shown));
    base_text_release(&shown, &add->findings->out_of_memory);
    base_text_release(&list, &add->findings->out_of_memory);
    return false;
}

static bool check_palettes(struct workspace_addition *add, const struct news *news)
{
    if (!number_palettes(add, news)) {
        return false;
    }
    const char *indexed = news->palette_count > 0 && !add->declaration.has_palettes ? find_indexed(add, news) : NULL;
    return indexed == NULL || report_meaning(add, news, indexed);
}

/* ---- The new asset.json ---- */

/* Notes the first new sprite that natural order would put elsewhere. New sprites are in that order. */
static bool note_late(struct workspace_addition *add, const struct workspace_input *inputs, size_t count,
                      const struct news *news)
{
    const char *last = NULL;
    bool late = false;
    for (size_t i = 0; i < count; i++) {
        if (inputs[i].role == WORKSPACE_ROLE_SPRITES) {
            last = inputs[i].path;
            late = late || base_natural_compare(news->sprites[0], last) < 0;
        }
    }
    return !late || (base_names_take(&add->contents.late, strdup(news->sprites[0])) &&
                     base_names_take(&add->contents.late, strdup(last)));
}

/* For the answer: what is new. */
static bool note(struct workspace_addition *add, const struct news *news)
{
    const struct workspace_declaration *old = &add->declaration;
    bool fine = news->sprite_count == 0 || note_late(add, old->inputs, old->input_count, news);
    for (size_t i = 0; fine && i < news->sprite_count; i++) {
        fine = base_names_take(&add->contents.sprites, strdup(news->sprites[i]));
    }
    for (size_t i = 0; fine && i < news->palette_count; i++) {
        fine = base_names_take(&add->contents.palettes, strdup(news->palettes[i].path));
    }
    if (!fine) {
        base_report_out_of_memory(add->findings, NULL);
    }
    return fine;
}

static void print(struct workspace_addition *add, struct base_bytes old, const struct news *news)
{
    struct base_text between = BASE_TEXT_EMPTY;
    if (news->sprite_count > 0) {
        workspace_input_lists_add_sprites(old, news->sprites, news->sprite_count, &between);
    } else {
        base_text_add(&between, old);
    }
    if (news->palette_count == 0) {
        add->text = between;
        return;
    }
    workspace_input_lists_add_palettes(base_text_bytes(&between), news->palettes, news->palette_count, &add->text);
    base_text_release(&between, &add->text.out_of_memory);
}

static bool take_news(struct workspace_addition *add, struct base_bytes old, const struct workspace_files *files)
{
    struct news news = {.sprites = NULL};
    bool fine = sort_out(add, files, &news);
    if (fine && news.sprite_count + news.palette_count > 0) {
        fine = check_names(add, &news) && check_palettes(add, &news);
        if (fine) {
            print(add, old, &news);
            fine = note(add, &news);
            add->written = add->declaration;
            add->declaration = (struct workspace_declaration){.asset_uuid = NULL};
            fine = fine && workspace_add_check_text(add);
        }
    }
    free((void *)news.sprites);
    free(news.palettes);
    return fine;
}

static bool update(struct workspace_addition *add, const struct workspace_record *record, struct base_bytes old)
{
    const struct base_place place = workspace_add_anchor_place(add);
    if (!workspace_declaration_parse(old, &place, record, &add->declaration, add->findings)) {
        return false;
    }
    if (add->declaration.format != WORKSPACE_FORMAT_GLYPH_INDEXED) {
        return true;
    }
    struct workspace_files files = WORKSPACE_FILES_EMPTY;
    bool fine = workspace_add_find_left_out(add) && workspace_add_list_files(add, &files);
    if (fine) {
        workspace_files_find_strips(&files, add);
        fine = take_news(add, old, &files);
    }
    workspace_files_free(&files);
    return fine;
}

bool workspace_add_update(struct workspace_addition *add)
{
    const struct workspace_record *record = check_registered(add);
    if (record == NULL) {
        return false;
    }
    add->asset_id = record->asset_id;
    memcpy(add->asset_uuid, record->asset_uuid, sizeof add->asset_uuid);
    size_t size = 0;
    struct base_content seen;
    uint8_t *data = workspace_add_read_anchor(add, &size, &seen);
    if (data == NULL) {
        return false;
    }
    bool updated = update(add, record, base_bytes_make(data, size));
    free(data);
    return updated;
}
