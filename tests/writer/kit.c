#include "tests/writer/kit.h"

#include "tests/lib/place.h"
#include "writer/writer.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ASSETS_MAX = 64 };

static void *grown(void *items, size_t count, size_t size)
{
    void *more = realloc(items, (count + 1) * size);
    if (more == NULL) {
        abort();
    }
    return more;
}

static char *copied(const char *string)
{
    char *copy = strdup(string);
    if (copy == NULL) {
        abort();
    }
    return copy;
}

void kit_begin(struct kit *kit)
{
    *kit = (struct kit){.workspace = {.project = copied("."), .assets_path = copied("assets"), .assets_fd = -1}};
    base_findings_init(&kit->findings);
    if (mkdir(unit_path("assets"), 0777) != 0 && errno != EEXIST) {
        abort();
    }
    kit->workspace.assets_fd = open(unit_path("assets"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    kit->workspace.assets = calloc(ASSETS_MAX, sizeof *kit->workspace.assets);
    kit->workspace.registry.records = calloc(ASSETS_MAX, sizeof *kit->workspace.registry.records);
    if (kit->workspace.assets_fd < 0 || kit->workspace.assets == NULL || kit->workspace.registry.records == NULL) {
        abort();
    }
}

struct workspace_asset *kit_add(struct kit *kit, int32_t asset_id, const char *root, enum workspace_asset_type type,
                                enum workspace_format format, const char *metadata)
{
    size_t number = kit->workspace.asset_count++;
    struct workspace_record *record = &kit->workspace.registry.records[number];
    struct workspace_asset *asset = &kit->workspace.assets[number];
    char uuid[37];
    (void)snprintf(uuid, sizeof uuid, "00000000-0000-4000-8000-%012d", (int)asset_id);
    *record = (struct workspace_record){.asset_id = asset_id, .asset_uuid = copied(uuid), .root = copied(root)};
    kit->workspace.registry.count++;
    asset->record = record;
    asset->declaration.name = copied(root);
    asset->declaration.type = type;
    asset->declaration.format = format;
    asset->declaration.metadata = cJSON_Parse(metadata);
    if (asset->declaration.metadata == NULL || number == ASSETS_MAX) {
        abort();
    }
    const cJSON *tile_size = cJSON_GetObjectItemCaseSensitive(asset->declaration.metadata, "tile_size");
    if (tile_size != NULL) {
        asset->declaration.tile_size = (uint32_t)tile_size->valuedouble;
    }
    return asset;
}

void kit_input(struct workspace_asset *asset, enum workspace_role role, const char *path)
{
    struct workspace_declaration *declaration = &asset->declaration;
    declaration->inputs = grown(declaration->inputs, declaration->input_count, sizeof *declaration->inputs);
    declaration->inputs[declaration->input_count++] = (struct workspace_input){.role = role, .path = copied(path)};
}

void kit_palette(struct workspace_asset *asset, uint32_t index, const char *path)
{
    struct workspace_declaration *declaration = &asset->declaration;
    declaration->has_palettes = true;
    declaration->palettes = grown(declaration->palettes, declaration->palette_count, sizeof *declaration->palettes);
    declaration->palettes[declaration->palette_count++] =
        (struct workspace_palette_input){.index = index, .input = declaration->input_count};
    kit_input(asset, WORKSPACE_ROLE_PALETTES, path);
}

void kit_sprite(struct workspace_asset *asset, const char *path, int tile, int palette)
{
    kit_input(asset, WORKSPACE_ROLE_SPRITES, path);
    struct workspace_input *input = &asset->declaration.inputs[asset->declaration.input_count - 1];
    input->has_tile = tile >= 0;
    input->tile = tile >= 0 ? (uint32_t)tile : 0;
    input->has_palette = palette >= 0;
    input->palette = palette >= 0 ? (uint32_t)palette : 0;
}

void kit_preload(struct workspace_asset *asset, int slot)
{
    asset->declaration.preload = true;
    asset->declaration.has_slot = slot >= 0;
    asset->declaration.slot = slot >= 0 ? (uint32_t)slot : 0;
}

void kit_pipeline(struct workspace_asset *asset, const char *json)
{
    asset->declaration.pipeline = cJSON_Parse(json);
    if (asset->declaration.pipeline == NULL) {
        abort();
    }
}

void kit_end(struct kit *kit)
{
    for (size_t i = 0; i < kit->workspace.asset_count; i++) {
        struct workspace_declaration *declaration = &kit->workspace.assets[i].declaration;
        for (size_t k = 0; k < declaration->input_count; k++) {
            free(declaration->inputs[k].path);
        }
        free(declaration->inputs);
        free(declaration->palettes);
        free(declaration->name);
        cJSON_Delete(declaration->metadata);
        cJSON_Delete(declaration->pipeline);
        free(kit->workspace.registry.records[i].asset_uuid);
        free(kit->workspace.registry.records[i].root);
    }
    free(kit->workspace.assets);
    free(kit->workspace.registry.records);
    free(kit->workspace.project);
    free(kit->workspace.assets_path);
    (void)close(kit->workspace.assets_fd);
    base_findings_free(&kit->findings);
}

bool kit_write(struct kit *kit, const char *name, unsigned jobs)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s", unit_path(name));
    if (mkdir(path, 0777) != 0) {
        abort();
    }
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct writer_options options = {.jobs = jobs};
    struct writer_summary summary;
    bool done = writer_write_artifacts(&kit->workspace, fd, "staging", &options, &summary, &kit->findings);
    (void)close(fd);
    return done;
}

struct base_text kit_read(const char *relative)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    if (base_file_open(&file, unit_path(relative)) != 0 || base_file_read_all(&file, 1 << 28, &data, &size) != 0) {
        abort();
    }
    base_text_add(&text, base_bytes_make(data, size));
    free(data);
    base_file_close(&file);
    return text;
}

struct writer_source kit_source(const char *relative)
{
    struct base_file file;
    struct writer_source source;
    if (base_file_open(&file, unit_path(relative)) != 0 || !writer_source_begin(&source, &file)) {
        abort();
    }
    return source;
}

struct writer_reporter kit_report(struct base_findings *findings)
{
    base_findings_init(findings);
    struct writer_reporter report = {.findings = findings, .place = BASE_NOWHERE};
    report.place.file = "input";
    return report;
}

void kit_check_finding(const struct base_findings *findings, size_t index, enum diag diagnostic, const char *file,
                       int64_t byte_offset, const char *message, const char *at, unsigned line)
{
    if (!unit_check_u64(findings->count > index, true, "there is a finding", at, line)) {
        return;
    }
    const struct base_finding *finding = &findings->items[index];
    (void)unit_check_string(diag_facts(finding->diagnostic)->id, diag_facts(diagnostic)->id, "diagnostic", at, line);
    (void)unit_check_u64((uint64_t)place_byte(finding), (uint64_t)byte_offset, "byte_offset", at, line);
    if (file != NULL) {
        (void)unit_check_string(finding->place.file, file, "file", at, line);
    }
    if (message != NULL) {
        struct base_text said = BASE_TEXT_EMPTY;
        if (finding->place.has_pixel) {
            base_text_addf(&said, "pixel x %u, y %u: ", (unsigned)finding->place.x, (unsigned)finding->place.y);
        }
        base_text_add_string(&said, finding->message);
        (void)unit_check_string(base_text_string(&said), message, "message", at, line);
        base_text_free(&said);
    }
}
