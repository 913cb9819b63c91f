#include "workspace/declaration/output.h"

#include "workspace/declaration/pipeline.h"
#include "workspace/declaration/tree.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "json/value.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char all_formats[] = "GLYPH/indexed_v1, GLYPH/raw_v1, SOUNDS/pcm16le_v1, SOUNDS/raw_v1 or SCENE/raw_v1";

static void refuse_format(struct workspace_document *document, struct json_token value, const char *name)
{
    static const char old_bank[] = "TILES/";
    if (strncmp(name, old_bank, sizeof old_bank - 1) == 0) {
        bool raw = strcmp(name + sizeof old_bank - 1, "raw_v1") == 0;
        const char *now = raw ? "GLYPH/raw_v1" : "GLYPH/indexed_v1";
        document->cause = DIAG_CAUSE_MEMBER_MEANT;
        document->subject = now;
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, now, "the bank TILES is called GLYPH now");
        return;
    }
    const char *meant = workspace_format_suggest(name);
    document->cause = meant != NULL ? DIAG_CAUSE_MEMBER_MEANT : DIAG_CAUSE_NONE;
    document->subject = meant;
    workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, all_formats, "the format is unknown");
}

static const struct workspace_format_facts *read_format(struct workspace_document *document, struct json_token value,
                                                        bool type_known, struct workspace_declaration *declaration)
{
    char *name = workspace_value_present(value) ? workspace_value_string(document, value) : NULL;
    if (name == NULL) {
        return NULL;
    }
    const struct workspace_format_facts *facts = workspace_format_find(name);
    if (facts == NULL) {
        refuse_format(document, value, name);
    } else if (type_known && facts->type != declaration->type) {
        struct base_text formats = BASE_TEXT_EMPTY;
        workspace_formats_list(declaration->type, &formats);
        document->remedy = "Write a format of the type, or correct type.";
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, base_text_string(&formats),
                              "the format \"%s\" does not fit the type %s", facts->name,
                              workspace_asset_type_name(declaration->type));
        base_text_release(&formats, &document->findings->out_of_memory);
    } else {
        declaration->format = facts->format;
    }
    free(name);
    return facts;
}

static void read_codec(struct workspace_document *document, struct json_token value)
{
    if (!workspace_value_present(value) || json_equals(json_span(document->text, value), "NONE")) {
        return;
    }
    if (json_equals(json_span(document->text, value), "RAW")) {
        document->remedy = "Write \"NONE\".";
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "\"NONE\"", "the codec RAW is called NONE now");
    } else {
        document->remedy = "Write \"NONE\": there is one codec.";
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "\"NONE\"", "the codec is unknown");
    }
}

static void read_codec_configuration(struct workspace_document *document, struct json_token value)
{
    struct json_token key;
    struct json_token ignored;
    if (!workspace_value_present(value)) {
        return;
    }
    struct json_walk walk;
    json_walk_begin_inside(&walk, document->text, value);
    if (json_walk_member(&walk, &key, &ignored)) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, key, "{}", "the codec NONE has nothing to configure");
    }
}

static void read_tile_size(struct workspace_document *document, struct json_token output, struct json_token metadata,
                           struct workspace_declaration *declaration)
{
    struct json_token value = json_object_member(document->text, metadata, "tile_size");
    if (!workspace_value_present(value)) {
        document->remedy = "Write \"metadata\": {\"tile_size\": 16} into output, with the size of the tiles in pixels.";
        workspace_document_fault(document, DIAG_DECLARATION_SHAPE,
                                 workspace_value_present(metadata) ? metadata.begin : output.begin,
                                 WORKSPACE_TILE_SIZES_TEXT, NULL, "GLYPH/indexed_v1 needs output.metadata.tile_size");
        return;
    }
    if (!workspace_value_require(document, value, JSON_KIND_NUMBER, "tile_size")) {
        return;
    }
    struct json_token token = {.kind = JSON_NUMBER, .begin = value.begin, .end = value.end};
    struct json_integer integer = json_integer(document->text, token);
    if (value.integral && !integer.huge && !integer.negative && workspace_is_tile_size(integer.magnitude)) {
        declaration->tile_size = (uint32_t)integer.magnitude;
    }
    /* A number that no tree may have was reported with the tree. */
    if (declaration->tile_size == 0 && declaration->metadata != NULL) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, WORKSPACE_TILE_SIZES_TEXT,
                              "there is no such tile size");
    }
}

static bool read_size(struct workspace_document *document, struct json_token value, uint64_t *size)
{
    int64_t number;
    if (!workspace_value_present(value) ||
        !workspace_value_require(document, value, JSON_KIND_NUMBER, "decoded_size") ||
        !workspace_value_ranged(document, value, &workspace_members_output.members[WORKSPACE_OUTPUT_DECODED_SIZE],
                                &number)) {
        return false;
    }
    *size = (uint64_t)number;
    return true;
}

static void read_decoded_size(struct workspace_document *document, struct json_token in_output,
                              struct json_token metadata, struct workspace_declaration *declaration)
{
    struct json_token in_metadata = json_object_member(document->text, metadata, "decoded_size");
    uint64_t visible = 0;
    /* A fraction in metadata was reported with the tree. */
    bool has_visible = (in_metadata.kind != JSON_NUMBER || declaration->metadata != NULL) &&
                       read_size(document, in_metadata, &visible);
    bool has_size = read_size(document, in_output, &declaration->decoded_size);
    if (has_size && has_visible && declaration->decoded_size != visible) {
        char expected[32];
        (void)snprintf(expected, sizeof expected, "%" PRIu64, visible);
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, in_output, expected,
                              "decoded_size is not the one in output.metadata");
    }
    if (!has_size) {
        declaration->decoded_size = visible;
    }
    declaration->has_decoded_size = has_size || has_visible;
}

static void read_metadata(struct workspace_document *document, struct json_token value,
                          struct workspace_declaration *declaration)
{
    if (workspace_value_present(value)) {
        declaration->metadata = workspace_declaration_tree(document, value, "metadata");
    } else {
        declaration->metadata = cJSON_CreateObject();
        if (declaration->metadata == NULL) {
            base_report_out_of_memory(document->findings, NULL);
        }
    }
    struct json_token pipeline = json_object_member(document->text, value, "pipeline");
    if (workspace_value_present(pipeline)) {
        workspace_document_fault(document, DIAG_DECLARATION_VALUE, pipeline.begin, "output.pipeline", NULL,
                                 "metadata may not have a member pipeline: it belongs directly into output");
    }
}

const struct workspace_format_facts *workspace_declaration_output(struct workspace_document *document,
                                                                  struct json_token output, bool type_known,
                                                                  struct workspace_declaration *declaration)
{
    struct json_token values[WORKSPACE_OUTPUT_MEMBERS];
    (void)workspace_value_members(document, output, NULL, &workspace_members_output, values);
    const struct workspace_format_facts *facts =
        read_format(document, values[WORKSPACE_OUTPUT_FORMAT], type_known, declaration);
    read_codec(document, values[WORKSPACE_OUTPUT_CODEC]);
    read_codec_configuration(document, values[WORKSPACE_OUTPUT_CODEC_CONFIGURATION]);
    read_metadata(document, values[WORKSPACE_OUTPUT_METADATA], declaration);
    if (workspace_value_present(values[WORKSPACE_OUTPUT_PIPELINE])) {
        declaration->pipeline = workspace_declaration_tree(document, values[WORKSPACE_OUTPUT_PIPELINE], "pipeline");
    }
    if (facts == NULL) {
        return NULL;
    }
    workspace_declaration_pipeline(document, values[WORKSPACE_OUTPUT_PIPELINE], facts, declaration);
    if (facts->format == WORKSPACE_FORMAT_RAW) {
        read_decoded_size(document, values[WORKSPACE_OUTPUT_DECODED_SIZE], values[WORKSPACE_OUTPUT_METADATA],
                          declaration);
    } else if (workspace_value_present(values[WORKSPACE_OUTPUT_DECODED_SIZE])) {
        workspace_value_fault(document, DIAG_DECLARATION_SHAPE, values[WORKSPACE_OUTPUT_DECODED_SIZE],
                              "no decoded_size", "decoded_size is for raw formats; that of %s is computed",
                              facts->name);
    }
    if (facts->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        read_tile_size(document, output, values[WORKSPACE_OUTPUT_METADATA], declaration);
    }
    return facts;
}
