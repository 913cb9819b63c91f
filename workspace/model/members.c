#include "workspace/model/members.h"

#include "workspace/model/limits.h"

#define TABLE(name, title, array)                                                                                      \
    const struct workspace_table name = {.what = (title), .members = (array), .count = sizeof(array) / sizeof *(array)}

static const char version_title[] = "Version of the form";
static const char version_text[] = "1. Another value belongs to another version of prpack.";
static const char editor_title[] = "Schema for editors";
static const char editor_text[] = "Where an editor finds this schema. prpack neither opens it nor writes it.";
static const char path_text[] = "A relative path below the directory of the asset, with / between its names.";

/* ---- index.json ---- */

static const struct workspace_member of_record[WORKSPACE_RECORD_MEMBERS] = {
    [WORKSPACE_RECORD_ID] = {.name = "asset_id",
                             .title = "Id",
                             .description = "What the game calls the asset. It never changes and is never used again; "
                                            "records are in rising order of it.",
                             .example = "1",
                             .kinds = JSON_KIND_NUMBER,
                             .required = true,
                             .rule = WORKSPACE_RULE_RANGE,
                             .least = 1,
                             .most = INT32_MAX},
    [WORKSPACE_RECORD_UUID] = {.name = "asset_uuid",
                               .title = "UUID",
                               .description = "The identity of the asset. Its asset.json has the same.",
                               .example = "\"0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10\"",
                               .kinds = JSON_KIND_STRING,
                               .required = true,
                               .rule = WORKSPACE_RULE_UUID},
    [WORKSPACE_RECORD_ROOT] = {.name = "root",
                               .title = "Directory",
                               .description = "The directory of the asset, relative to assets/.",
                               .example = "\"ui/hero\"",
                               .kinds = JSON_KIND_STRING,
                               .required = true,
                               .rule = WORKSPACE_RULE_ROOT},
    [WORKSPACE_RECORD_INCLUDED] = {.name = "included_in_build",
                                   .title = "In builds",
                                   .description = "Whether builds pack the asset.",
                                   .example = "true",
                                   .kinds = JSON_KIND_BOOLEAN,
                                   .required = true},
};
TABLE(workspace_members_record, "a record", of_record);

static const struct workspace_member of_registry[WORKSPACE_REGISTRY_MEMBERS] = {
    [WORKSPACE_REGISTRY_SCHEMA] = {.name = "schema_version",
                                   .title = version_title,
                                   .description = version_text,
                                   .example = "1",
                                   .kinds = JSON_KIND_NUMBER,
                                   .required = true,
                                   .rule = WORKSPACE_RULE_RANGE,
                                   .least = 1,
                                   .most = 1},
    [WORKSPACE_REGISTRY_NEXT] = {.name = "next_asset_id",
                                 .title = "Next id",
                                 .description = "The id of the next asset that is added. It is above every asset_id.",
                                 .example = "2",
                                 .kinds = JSON_KIND_NUMBER,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_RANGE,
                                 .least = 1,
                                 .most = (int64_t)INT32_MAX + 1},
    [WORKSPACE_REGISTRY_ASSETS] = {.name = "assets",
                                   .title = "Assets",
                                   .description = "A record of each registered asset, in rising order of asset_id.",
                                   .example = "[]",
                                   .kinds = JSON_KIND_ARRAY,
                                   .required = true,
                                   .rule = WORKSPACE_RULE_LIST,
                                   .table = &workspace_members_record},
    [WORKSPACE_REGISTRY_EDITOR_SCHEMA] = {.name = "$schema",
                                          .title = editor_title,
                                          .description = editor_text,
                                          .example = "\"index.schema.json\"",
                                          .kinds = JSON_KIND_STRING},
};
TABLE(workspace_members_registry, NULL, of_registry);

/* ---- asset.json: inputs ---- */

static const struct workspace_member of_palette[WORKSPACE_PALETTE_MEMBERS] = {
    [WORKSPACE_PALETTE_INDEX] = {.name = "index",
                                 .title = "Index",
                                 .description = "Which palette of the bank it is; each index once.",
                                 .example = "0",
                                 .kinds = JSON_KIND_NUMBER,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_RANGE,
                                 .most = WORKSPACE_PALETTE_COUNT - 1},
    [WORKSPACE_PALETTE_PATH] = {.name = "path",
                                .title = "File",
                                .description = "A palette file: GIMP, JASC, paint.net, hex, or a PNG.",
                                .example = "\"hero.gpl\"",
                                .kinds = JSON_KIND_STRING,
                                .required = true,
                                .rule = WORKSPACE_RULE_PATH},
};
TABLE(workspace_members_palette, "a palette", of_palette);

static const struct workspace_member of_sprite[WORKSPACE_SPRITE_MEMBERS] = {
    [WORKSPACE_SPRITE_PATH] = {.name = "path",
                               .title = "Picture",
                               .description = path_text,
                               .example = "\"walk.png\"",
                               .kinds = JSON_KIND_STRING,
                               .required = true,
                               .rule = WORKSPACE_RULE_PATH},
    [WORKSPACE_SPRITE_TILE] = {.name = "tile",
                               .title = "First tile",
                               .description = "Where the first tile of the sprite is in the sheet. Without it, the "
                                              "sprite comes after the one before.",
                               .example = "0",
                               .kinds = JSON_KIND_NUMBER,
                               .rule = WORKSPACE_RULE_RANGE,
                               .most = WORKSPACE_TILE_COUNT - 1},
    [WORKSPACE_SPRITE_PALETTE] = {.name = "palette",
                                  .title = "Palette",
                                  .description = "The index of the palette that the whole sprite gets. Without it, "
                                                 "the palette follows from the colours.",
                                  .example = "0",
                                  .kinds = JSON_KIND_NUMBER,
                                  .rule = WORKSPACE_RULE_RANGE,
                                  .most = WORKSPACE_PALETTE_COUNT - 1},
};
TABLE(workspace_members_sprite, "a sprite", of_sprite);

static const struct workspace_member of_pictures[WORKSPACE_PICTURES_MEMBERS] = {
    [WORKSPACE_PICTURES_PALETTES] = {.name = "palettes",
                                     .title = "Palettes",
                                     .description = "The palettes of the bank. Without them, indexed PNGs bring their "
                                                    "own. Entry 0 of a palette is not drawn.",
                                     .example = "[{\"index\": 0, \"path\": \"hero.gpl\"}]",
                                     .kinds = JSON_KIND_ARRAY,
                                     .rule = WORKSPACE_RULE_LIST,
                                     .table = &workspace_members_palette},
    [WORKSPACE_PICTURES_SPRITES] = {.name = "sprites",
                                    .title = "Sprites",
                                    .description = "PNGs, which are cut into tiles in this order.",
                                    .example = "[\"idle.png\", {\"path\": \"walk.png\", \"palette\": 0}]",
                                    .kinds = JSON_KIND_ARRAY,
                                    .required = true,
                                    .rule = WORKSPACE_RULE_SPRITES,
                                    .least = 1,
                                    .table = &workspace_members_sprite},
};
TABLE(workspace_members_pictures, NULL, of_pictures);

static const struct workspace_member of_sources[WORKSPACE_SOURCES_MEMBERS] = {
    [WORKSPACE_SOURCES_SOURCES] = {.name = "sources",
                                   .title = "Source",
                                   .description = "Exactly one file: a WAV, AIFF or FLAC for SOUNDS/pcm16le_v1, else "
                                                  "the bytes of the payload.",
                                   .example = "[\"jump.wav\"]",
                                   .kinds = JSON_KIND_ARRAY,
                                   .required = true,
                                   .rule = WORKSPACE_RULE_LIST,
                                   .least = 1,
                                   .most = 1},
};
TABLE(workspace_members_sources, NULL, of_sources);

/* ---- asset.json ---- */

static const struct workspace_member of_output[WORKSPACE_OUTPUT_MEMBERS] = {
    [WORKSPACE_OUTPUT_FORMAT] = {.name = "format",
                                 .title = "Format",
                                 .description = "What the inputs become. It fits the type.",
                                 .example = "\"GLYPH/indexed_v1\"",
                                 .kinds = JSON_KIND_STRING,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_FORMAT},
    [WORKSPACE_OUTPUT_CODEC] = {.name = "codec",
                                .title = "Codec",
                                .description = "NONE: the console knows no other.",
                                .example = "\"NONE\"",
                                .kinds = JSON_KIND_STRING,
                                .required = true,
                                .rule = WORKSPACE_RULE_WORD,
                                .word = "NONE"},
    [WORKSPACE_OUTPUT_METADATA] = {.name = "metadata",
                                   .title = "Metadata",
                                   .description = "What the pack says about the asset; integers within 2^53-1, no "
                                                  "fractions. GLYPH/indexed_v1 needs tile_size.",
                                   .example = "{\"tile_size\": 16}",
                                   .kinds = JSON_KIND_OBJECT,
                                   .rule = WORKSPACE_RULE_METADATA},
    [WORKSPACE_OUTPUT_PIPELINE] = {.name = "pipeline",
                                   .title = "Pipeline",
                                   .description = "How the inputs are packed. Other members are free; the companion "
                                                  "of the pack records them.",
                                   .example = "{\"pad\": true}",
                                   .kinds = JSON_KIND_OBJECT,
                                   .rule = WORKSPACE_RULE_PIPELINE},
    [WORKSPACE_OUTPUT_CODEC_CONFIGURATION] = {.name = "codec_configuration",
                                              .title = "Configuration of the codec",
                                              .description = "Empty: codec NONE has nothing to configure.",
                                              .example = "{}",
                                              .kinds = JSON_KIND_OBJECT,
                                              .rule = WORKSPACE_RULE_EMPTY},
    [WORKSPACE_OUTPUT_DECODED_SIZE] = {.name = "decoded_size",
                                       .title = "Decoded size",
                                       .description = "Of raw formats: bytes in memory. Without it, the size of the "
                                                      "source.",
                                       .example = "4096",
                                       .kinds = JSON_KIND_NUMBER,
                                       .rule = WORKSPACE_RULE_RANGE,
                                       .most = WORKSPACE_INTEGER_MAX},
};
TABLE(workspace_members_output, "output", of_output);

static const struct workspace_member of_preload[WORKSPACE_PRELOAD_MEMBERS] = {
    [WORKSPACE_PRELOAD_ENABLED] = {.name = "enabled",
                                   .title = "Preloaded",
                                   .description = "Whether the console loads the asset into a slot at the start.",
                                   .example = "true",
                                   .kinds = JSON_KIND_BOOLEAN,
                                   .required = true},
    [WORKSPACE_PRELOAD_SLOT] = {.name = "slot",
                                .title = "Slot",
                                .description = "The slot of the bank, only with enabled. Without it, the lowest free "
                                               "one.",
                                .example = "3",
                                .kinds = JSON_KIND_NUMBER,
                                .rule = WORKSPACE_RULE_RANGE,
                                .most = WORKSPACE_SLOT_COUNT - 1},
};
TABLE(workspace_members_preload, "preload", of_preload);

static const struct workspace_member of_anchor[WORKSPACE_ANCHOR_MEMBERS] = {
    [WORKSPACE_ANCHOR_SCHEMA] = {.name = "schema_version",
                                 .title = version_title,
                                 .description = version_text,
                                 .example = "1",
                                 .kinds = JSON_KIND_NUMBER,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_RANGE,
                                 .least = 1,
                                 .most = 1},
    [WORKSPACE_ANCHOR_UUID] = {.name = "asset_uuid",
                               .title = "UUID",
                               .description = "The uuid of the asset's record in index.json. Before the asset is "
                                              "registered it may be empty or absent.",
                               .example = "\"0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10\"",
                               .kinds = JSON_KIND_STRING,
                               .rule = WORKSPACE_RULE_UUID_OR_EMPTY},
    [WORKSPACE_ANCHOR_TITLE] = {.name = "name",
                                .title = "Name",
                                .description = "What people call the asset: printable, and unique among those that "
                                               "builds pack.",
                                .example = "\"hero\"",
                                .kinds = JSON_KIND_STRING,
                                .required = true,
                                .rule = WORKSPACE_RULE_NAME},
    [WORKSPACE_ANCHOR_TYPE] = {.name = "type",
                               .title = "Type",
                               .description = "The kind of bank that the asset goes into.",
                               .example = "\"glyph_bank\"",
                               .kinds = JSON_KIND_STRING,
                               .required = true,
                               .rule = WORKSPACE_RULE_TYPE},
    [WORKSPACE_ANCHOR_INPUTS] = {.name = "inputs",
                                 .title = "Inputs",
                                 .description = "The files that are packed, by their role.",
                                 .example = "{\"sprites\": [\"idle.png\"]}",
                                 .kinds = JSON_KIND_OBJECT,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_INPUTS},
    [WORKSPACE_ANCHOR_OUTPUT] = {.name = "output",
                                 .title = "Output",
                                 .description = "What the inputs become.",
                                 .example = "{\"format\": \"GLYPH/indexed_v1\", \"codec\": \"NONE\", \"metadata\": "
                                            "{\"tile_size\": 16}}",
                                 .kinds = JSON_KIND_OBJECT,
                                 .required = true,
                                 .rule = WORKSPACE_RULE_MEMBERS,
                                 .table = &workspace_members_output},
    [WORKSPACE_ANCHOR_PRELOAD] = {.name = "preload",
                                  .title = "Preload",
                                  .description = "Whether the asset is there when the game starts.",
                                  .example = "{\"enabled\": false}",
                                  .kinds = JSON_KIND_OBJECT,
                                  .required = true,
                                  .rule = WORKSPACE_RULE_MEMBERS,
                                  .table = &workspace_members_preload},
    [WORKSPACE_ANCHOR_BUILD] = {.name = "build",
                                .title = "Hints",
                                .description = "Hints for tools. They change no byte of a build.",
                                .example = "{}",
                                .kinds = JSON_KIND_OBJECT},
    [WORKSPACE_ANCHOR_EDITOR_SCHEMA] = {.name = "$schema",
                                        .title = editor_title,
                                        .description = editor_text,
                                        .example = "\"asset.schema.json\"",
                                        .kinds = JSON_KIND_STRING},
};
TABLE(workspace_members_anchor, WORKSPACE_ANCHOR_NAME, of_anchor);

/* ---- output.pipeline ---- */

#define PICTURES .format = WORKSPACE_FORMAT_GLYPH_INDEXED, .format_name = "GLYPH/indexed_v1"
#define SOUNDS .format = WORKSPACE_FORMAT_SOUND_PCM16LE, .format_name = "SOUNDS/pcm16le_v1"

const struct workspace_pipeline_member workspace_pipeline_members[WORKSPACE_PIPELINE_MEMBERS] = {
    [WORKSPACE_PIPELINE_TRANSPARENT] = {.name = "transparent",
                                        .title = "Transparent pixels",
                                        .description = "Of pictures without transparency: alpha means that every pixel "
                                                       "is opaque, index that entry 0 is the transparent colour.",
                                        PICTURES,
                                        .values = "\"alpha\" or \"index\"",
                                        .schema = "[\"alpha\",\"index\"]"},
    [WORKSPACE_PIPELINE_INDICES] = {.name = "indices",
                                    .title = "Indices",
                                    .description = "banked: an index of an indexed PNG names palette and entry.",
                                    PICTURES,
                                    .values = "\"banked\"",
                                    .schema = "[\"banked\"]"},
    [WORKSPACE_PIPELINE_PAD] = {.name = "pad",
                                .title = "Padding",
                                .description = "Sprites are padded to whole tiles.",
                                PICTURES,
                                .values = "true",
                                .schema = "[true]"},
    [WORKSPACE_PIPELINE_CHANNELS] = {.name = "channels",
                                     .title = "Channels",
                                     .description = "Of a stereo sound: which of its samples are packed.",
                                     SOUNDS,
                                     .values = "\"left\", \"right\" or \"mix\"",
                                     .schema = "[\"left\",\"right\",\"mix\"]"},
    [WORKSPACE_PIPELINE_LOOP] = {.name = "loop",
                                 .title = "Loop",
                                 .description = "source: the loop that the file of the sound declares.",
                                 SOUNDS,
                                 .values = "\"source\"",
                                 .schema = "[\"source\"]"},
};
