#include "service/palettes/files.h"

#include "base/hash.h"
#include "base/report.h"
#include "service/palettes/gpl.h"
#include "writer/image/palette_file.h"

#include <stdlib.h>
#include <string.h>

/* A file at two indices cannot get colours for one of them. */
static bool is_declared_once(const struct workspace_declaration *declaration, size_t input)
{
    size_t count = 0;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        count += strcmp(declaration->inputs[declaration->palettes[i].input].path, declaration->inputs[input].path) == 0;
    }
    return count == 1;
}

/* Whether the file takes a further colour. False, too, when memory ran out, which *no_memory says. */
static bool can_be_extended(const struct service_palette_source *source, bool *no_memory)
{
    static const uint32_t black = 0;
    struct base_text text = BASE_TEXT_EMPTY;
    bool can = service_palette_extend(base_bytes_make(source->data, source->size), &black, 1, &text);
    *no_memory = base_text_out_of_memory(&text);
    base_text_free(&text);
    return can && !*no_memory;
}

static bool read_source(struct service_palette_files *files, const struct workspace *workspace,
                        const struct workspace_asset *asset, const struct workspace_palette_input *palette,
                        struct base_findings *findings)
{
    struct service_palette_source *source = &files->sources[palette->index];
    struct base_file file;
    if (!workspace_input_open(workspace, asset, palette->input, &file, findings)) {
        return false;
    }
    int problem = base_file_read_all(&file, WRITER_PALETTE_TEXT_MAX, &source->data, &source->size);
    base_file_close(&file);
    if (problem == BASE_FILE_TOO_LARGE) {
        return true; /* a PNG, which is not a text */
    }
    if (problem != 0) {
        char *display = workspace_input_display(workspace, asset, palette->input);
        const struct base_place place = {.file = display};
        base_report_read_failure(findings, &place, problem);
        free(display);
        return false;
    }
    bool no_memory;
    source->hash = base_hash_of(base_bytes_make(source->data, source->size));
    source->path = asset->declaration.inputs[palette->input].path;
    files->fillable[palette->index] = can_be_extended(source, &no_memory);
    if (no_memory) {
        base_report_out_of_memory(findings, NULL);
    }
    return !no_memory;
}

bool service_palette_files_read(struct service_palette_files *files, const struct workspace *workspace,
                                const struct workspace_asset *asset, const struct writer_palette_set *declared,
                                struct base_findings *findings)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    bool fine = true;
    for (size_t i = 0; fine && i < declaration->palette_count; i++) {
        const struct workspace_palette_input *palette = &declaration->palettes[i];
        bool has_room = declared->items[palette->index].count < WRITER_PALETTE_COLOURS;
        if (has_room && is_declared_once(declaration, palette->input)) {
            fine = read_source(files, workspace, asset, palette, findings);
        }
    }
    return fine;
}

static bool write_filled(struct service_palette_files *files, uint32_t index, const struct service_painted *painted)
{
    const struct service_palette_source *source = &files->sources[index];
    struct workspace_palette_file *file = &files->written[files->written_count++];
    *file = (struct workspace_palette_file){.index = index, .path = source->path, .replaced = source->hash};
    const uint32_t *added = painted->palette.colours + (painted->palette.count - painted->added);
    (void)service_palette_extend(base_bytes_make(source->data, source->size), added, painted->added, &file->content);
    return !base_text_out_of_memory(&file->content);
}

bool service_palette_files_write(struct service_palette_files *files, const struct service_painting *painting)
{
    bool fine = true;
    for (uint32_t i = 0; fine && i < SERVICE_PALETTES_MAX; i++) {
        const struct service_painted *painted = &painting->palettes[i];
        if (painted->is_new) {
            struct workspace_palette_file *file = &files->written[files->written_count++];
            *file = (struct workspace_palette_file){.index = i};
            service_gpl_print(&painted->palette, i, &file->content);
            fine = !base_text_out_of_memory(&file->content);
        } else if (painted->added > 0) {
            fine = write_filled(files, i, painted);
        }
    }
    return fine;
}

void service_palette_files_free(struct service_palette_files *files)
{
    for (size_t i = 0; i < SERVICE_PALETTES_MAX; i++) {
        free(files->sources[i].data);
    }
    for (size_t i = 0; i < files->written_count; i++) {
        base_text_free(&files->written[i].content);
    }
    memset(files, 0, sizeof *files);
}
