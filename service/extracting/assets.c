#include "service/extracting/assets.h"

#include "base/array.h"
#include "base/report.h"
#include "base/sort.h"
#include "export/asset.h"
#include "export/registry.h"
#include "reader/decode.h"
#include "service/extracting/inexact.h"
#include "workspace/edit/git_files.h"
#include "workspace/model/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* An entry that is taken. */
struct row {
    int32_t asset_id;
    uint32_t entry;
};

/* In which slot an entry is loaded. */
struct slot {
    bool preloaded;
    bool twice;
    uint32_t slot; /* the first one */
};

struct extraction {
    const struct service_extract_titles *titles;
    const struct pp_pack *pack;
    struct service_extract_files *files;
    struct service_extract_result *result;
    struct base_findings *findings;
    size_t capacity; /* of the result's assets */
    struct row *rows;
    size_t row_count;
    struct slot *slots; /* of each entry */
    struct base_text registry;
};

/* ---- Which, and in what order ---- */

/* A base_compare. */
static int by_id(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    return (x->asset_id > y->asset_id) - (x->asset_id < y->asset_id);
}

uint64_t service_extract_size(const struct pp_pack *pack, const bool *chosen)
{
    uint64_t size = 0;
    for (size_t i = 0; i < pp_pack_count(pack); i++) {
        uint64_t more = chosen[i] ? pp_pack_entry(pack, i).size : 0;
        size = more <= UINT64_MAX - size ? size + more : UINT64_MAX; /* payloads may overlap */
    }
    return size;
}

static bool begin(struct extraction *extraction, const bool *chosen)
{
    size_t count = pp_pack_count(extraction->pack);
    extraction->rows = calloc(count + 1, sizeof *extraction->rows);
    extraction->slots = calloc(count + 1, sizeof *extraction->slots);
    if (extraction->rows == NULL || extraction->slots == NULL) {
        base_report_out_of_memory(extraction->findings, extraction->titles->source->path);
        return false;
    }
    for (size_t i = 0; i < pp_pack_preload_count(extraction->pack); i++) {
        const struct pp_preload preload = pp_pack_preload(extraction->pack, i);
        struct slot *slot = &extraction->slots[preload.entry];
        slot->twice = slot->preloaded;
        slot->slot = slot->preloaded ? slot->slot : preload.slot;
        slot->preloaded = true;
    }
    for (size_t i = 0; i < count; i++) {
        int32_t asset_id = pp_pack_entry(extraction->pack, i).asset_id;
        if (chosen[i] && asset_id < 1) {
            service_extract_report_id(extraction->titles, i, extraction->findings);
        } else if (chosen[i]) {
            extraction->rows[extraction->row_count++] = (struct row){.asset_id = asset_id, .entry = (uint32_t)i};
        }
    }
    return base_sort(extraction->rows, extraction->row_count, sizeof *extraction->rows, by_id, extraction->files->task);
}

static int64_t highest_id(const struct pp_pack *pack)
{
    int64_t highest = 0;
    for (size_t i = 0; i < pp_pack_count(pack); i++) {
        int64_t asset_id = pp_pack_entry(pack, i).asset_id;
        highest = asset_id > highest ? asset_id : highest;
    }
    return highest;
}

/* ---- One asset ---- */

/* A new one at the end of the result; NULL when memory ran out. */
static struct service_extracted_asset *append(struct extraction *extraction)
{
    struct service_extract_result *result = extraction->result;
    struct service_extracted_asset *grown =
        base_array_grow(result->assets, result->count, &extraction->capacity, sizeof *grown);
    if (grown == NULL) {
        return NULL;
    }
    result->assets = grown;
    struct service_extracted_asset *asset = &result->assets[result->count++];
    *asset = (struct service_extracted_asset){.name = NULL};
    return asset;
}

static bool read_sheet(const struct extraction *extraction, size_t entry, uint8_t sheet[PP_GLYPH_STORED])
{
    struct pp_error error;
    const struct base_place place = {.file = extraction->titles->source->path};
    bool read = pp_pack_read(extraction->pack, entry, 0, sheet, PP_GLYPH_STORED, &error);
    if (!read) {
        base_report_read_failure(extraction->findings, &place, error.problem != 0 ? error.problem : EIO);
    }
    return read;
}

/* Drops the last asset of the result, of which nothing was handed over. */
static void drop_last(struct extraction *extraction)
{
    struct service_extracted_asset *asset = &extraction->result->assets[--extraction->result->count];
    free(asset->name);
    free(asset->root);
}

static void conclude(struct extraction *extraction, const struct row *row, const struct service_extract_title *title,
                     const struct export_outcome *outcome)
{
    struct service_extracted_asset *asset = &extraction->result->assets[extraction->result->count - 1];
    unsigned inexact = outcome->inexact;
    service_extract_report_inexact(extraction->titles, row->entry, inexact, extraction->slots[row->entry].twice,
                                   extraction->findings);
    if (outcome->format == NULL) {
        drop_last(extraction);
        return;
    }
    asset->format = outcome->format;
    export_registry_add(&extraction->registry, row->asset_id, title->uuid, asset->root);
}

static bool give(struct extraction *extraction, const struct row *row, const struct service_extract_title *title,
                 struct service_extracted_asset *asset)
{
    uint8_t sheet[PP_GLYPH_STORED];
    const struct slot *slot = &extraction->slots[row->entry];
    struct export_asset exported = {
        .entry = pp_pack_entry(extraction->pack, row->entry),
        .asset_uuid = title->uuid,
        .preloaded = slot->preloaded,
        .slot = slot->slot,
        .pipeline = title->pipeline,
        .tiles = title->tiles,
    };
    struct export_outcome outcome;
    uint64_t size = exported.entry.size;
    if (exported.entry.bank == PP_BANK_GLYPH && size == PP_GLYPH_STORED) {
        if (!read_sheet(extraction, row->entry, sheet)) {
            return false;
        }
        exported.sheet = base_bytes_make(sheet, sizeof sheet);
    }
    asset->asset_id = row->asset_id;
    asset->bank = pp_bank_name(exported.entry.bank);
    const struct export_sink sink =
        service_extract_files_of(extraction->files, row->entry, asset, extraction->findings);
    int problem = export_asset(&exported, extraction->files->task, &sink, &outcome);
    if (problem == 0) {
        base_meter_add(extraction->files->meter, size - extraction->files->told);
        conclude(extraction, row, title, &outcome);
    } else if (problem == ENOMEM) {
        base_report_out_of_memory(extraction->findings, extraction->titles->source->path);
    }
    return problem == 0;
}

static bool take(struct extraction *extraction, const struct row *row)
{
    struct service_extract_title title = {.root = NULL};
    struct service_extracted_asset *asset = append(extraction);
    if (asset != NULL) {
        asset->name = service_extract_name(extraction->titles, row->entry);
    }
    if (asset == NULL || asset->name == NULL || !service_extract_title(extraction->titles, row->entry, &title)) {
        base_report_out_of_memory(extraction->findings, extraction->titles->source->path);
        return false;
    }
    asset->root = title.root;
    return give(extraction, row, &title, asset);
}

/* ---- The registry ---- */

static bool give_registry(struct extraction *extraction)
{
    export_registry_end(&extraction->registry);
    if (base_text_out_of_memory(&extraction->registry)) {
        base_report_out_of_memory(extraction->findings, extraction->titles->source->path);
        return false;
    }
    return service_extract_files_write(extraction->files, WORKSPACE_REGISTRY_PATH,
                                       base_text_bytes(&extraction->registry), extraction->findings) &&
           service_extract_files_write(extraction->files, WORKSPACE_GITIGNORE_PATH, workspace_gitignore(),
                                       extraction->findings);
}

bool service_extract_assets(const struct service_extract_titles *titles, const bool *chosen,
                            struct service_extract_files *files, struct service_extract_result *result,
                            struct base_findings *findings)
{
    struct extraction extraction = {
        .titles = titles,
        .pack = titles->source->pack,
        .files = files,
        .result = result,
        .findings = findings,
    };
    bool done = begin(&extraction, chosen);
    if (done) {
        export_registry_begin(&extraction.registry, highest_id(extraction.pack));
    }
    for (size_t i = 0; done && i < extraction.row_count; i++) {
        done = !base_task_cancelled(files->task) && take(&extraction, &extraction.rows[i]);
    }
    done = done && give_registry(&extraction);
    result->files = files->files;
    result->bytes = files->bytes;
    base_text_free(&extraction.registry);
    free(extraction.slots);
    free(extraction.rows);
    return done;
}
