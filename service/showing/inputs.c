#include "service/showing/inputs.h"

#include "base/hash_file.h"
#include "base/report.h"
#include "writer/image/palette_file.h"
#include "writer/image/png.h"
#include "writer/sound/input.h"

#include <stdlib.h>
#include <string.h>

static const char *role_name(enum workspace_role role)
{
    static const char *const names[] = {
        [WORKSPACE_ROLE_PALETTES] = "palettes",
        [WORKSPACE_ROLE_SOURCES] = "sources",
        [WORKSPACE_ROLE_SPRITES] = "sprites",
    };
    return names[role];
}

/* What is read of one input. Findings that are not about reading are dropped: the check of the asset reports them. */
struct reading {
    const struct workspace *workspace;
    const struct workspace_declaration *declaration;
    struct service_shown_input *input;
    struct base_file file; /* open */
    struct writer_reporter report;
};

/* ---- Pictures and palettes ---- */

/* Begins to read the file as a stream, which takes it over. */
static bool begin_source(struct reading *reading, struct writer_source *source)
{
    bool begun = writer_source_begin(source, &reading->file);
    source->task = reading->workspace->task;
    return begun || writer_report_memory(reading->report.findings);
}

static void count_tiles(const struct workspace_declaration *declaration, struct service_shown_input *input)
{
    uint32_t size = declaration->tile_size;
    bool whole = input->width % size == 0 && input->height % size == 0;
    if (whole || declaration->rules.pad) {
        uint64_t columns = ((uint64_t)input->width + size - 1) / size;
        uint64_t rows = ((uint64_t)input->height + size - 1) / size;
        input->has_tiles = true;
        input->tiles = columns * rows; /* a PNG is at most 2^31-1 pixels wide and high */
    }
}

static void take_colours(struct service_shown_input *input, const uint32_t *colours, uint32_t count)
{
    input->colour_count = count < SERVICE_SHOWN_COLOURS ? count : SERVICE_SHOWN_COLOURS;
    for (size_t i = 0; i < input->colour_count; i++) {
        input->colours[i] = colours[i] & 0xffffff;
    }
}

static void read_picture(struct reading *reading)
{
    struct service_shown_input *input = reading->input;
    struct writer_source source;
    struct writer_png png = {.png = NULL};
    if (begin_source(reading, &source)) {
        if (writer_png_open(&png, &source, &reading->report)) {
            input->is_picture = true;
            input->width = png.width;
            input->height = png.height;
            count_tiles(reading->declaration, input);
            if (png.indexed && !reading->declaration->has_palettes) {
                take_colours(input, png.palette, png.palette_count);
            }
        }
        writer_png_close(&png);
    }
    writer_source_end(&source);
}

static void read_palette(struct reading *reading)
{
    struct writer_source source;
    struct writer_palette palette = {.count = 0};
    if (begin_source(reading, &source) && writer_palette_read(&source, &palette, &reading->report)) {
        take_colours(reading->input, palette.colours, palette.count);
    }
    writer_source_end(&source);
}

/* ---- Sounds ---- */

static void read_sound(struct reading *reading)
{
    const struct writer_sound_bytes bytes = {.file = &reading->file, .task = reading->workspace->task};
    struct service_shown_input *input = reading->input;
    struct writer_sound_facts facts;
    if (writer_sound_probe(&bytes, &facts, &reading->report)) {
        input->is_sound = true;
        input->sample_rate = facts.sample_rate;
        input->channels = facts.channels;
        input->frames = facts.frames;
    }
}

/* ---- All ---- */

static void read_content(struct reading *reading, enum workspace_role role)
{
    if (reading->declaration->format == WORKSPACE_FORMAT_SOUND_PCM16LE) {
        read_sound(reading);
    } else if (reading->declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        if (role == WORKSPACE_ROLE_SPRITES) {
            read_picture(reading);
        } else {
            read_palette(reading);
        }
    }
}

/* False when memory ran out. */
static bool read_input(const struct workspace *workspace, const struct workspace_asset *asset, size_t index,
                       struct service_shown_input *input, struct base_findings *failures)
{
    struct base_findings found;
    base_findings_init(&found);
    char *display = workspace_input_display(workspace, asset, index);
    if (display == NULL) {
        return false;
    }
    struct reading reading = {
        .workspace = workspace,
        .declaration = &asset->declaration,
        .input = input,
        .report = {.findings = &found,
                   .place = {.file = display, .has_asset_id = true, .asset_id = asset->record->asset_id},
                   .input = index},
    };
    if (workspace_input_open(workspace, asset, index, &reading.file, &found)) {
        input->size = reading.file.size;
        int problem = base_hash_file(&reading.file, workspace->task, &input->hash);
        input->readable = problem == 0;
        if (problem != 0) {
            base_report_read_failure(&found, &reading.report.place, problem);
        }
        read_content(&reading, asset->declaration.inputs[index].role);
        base_file_close(&reading.file);
    }
    bool fine = !found.out_of_memory && found.total[DIAG_ENVIRONMENT_MEMORY] == 0;
    if (base_findings_any(&found, DIAG_CLASS_E)) {
        base_findings_move(failures, &found);
    }
    base_findings_free(&found);
    free(display);
    return fine;
}

static void take_declared(const struct workspace_declaration *declaration, size_t index,
                          struct service_shown_input *input)
{
    const struct workspace_input *declared = &declaration->inputs[index];
    input->has_index = declared->has_palette;
    input->index = declared->palette;
    input->has_tile = declared->has_tile;
    input->tile = declared->tile;
    for (size_t i = 0; declared->role == WORKSPACE_ROLE_PALETTES && i < declaration->palette_count; i++) {
        if (declaration->palettes[i].input == index) {
            input->has_index = true;
            input->index = declaration->palettes[i].index;
        }
    }
}

bool service_show_inputs(struct service_shown *shown, const struct workspace *workspace,
                         const struct workspace_asset *asset, struct base_findings *failures)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    shown->inputs = calloc(declaration->input_count + 1, sizeof *shown->inputs);
    bool fine = shown->inputs != NULL;
    for (size_t i = 0; fine && i < declaration->input_count && !base_task_cancelled(workspace->task); i++) {
        struct service_shown_input *input = &shown->inputs[shown->input_count++];
        input->role = role_name(declaration->inputs[i].role);
        input->path = strdup(declaration->inputs[i].path);
        fine = input->path != NULL;
        if (fine) {
            take_declared(declaration, i, input);
            fine = read_input(workspace, asset, i, input, failures);
        }
    }
    return fine;
}
