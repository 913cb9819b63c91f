#include "verify/workspace/output.h"

#include "verify/core/format.h"
#include "verify/workspace/picture_members.h"
#include "verify/workspace/sound_members.h"
#include "verify/workspace/tree.h"

/* ---- Format and codec ---- */

static const struct {
    const char *name;
    enum verify_source_format format;
    enum pp_bank bank;
} formats[] = {
    {"GLYPH/indexed_v1", VERIFY_SOURCE_GLYPH, PP_BANK_GLYPH},   {"GLYPH/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_GLYPH},
    {"SOUNDS/pcm16le_v1", VERIFY_SOURCE_SOUND, PP_BANK_SOUNDS}, {"SOUNDS/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_SOUNDS},
    {"SCENE/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_SCENE},
};

static bool read_format(struct verify_declared *declared, struct json_token value, bool has_bank)
{
    struct verify_document *document = &declared->document;
    if (!verify_is_present(value)) {
        return false;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (!json_token_is(document->text, value, formats[i].name)) {
            continue;
        }
        declared->format = formats[i].format;
        if (has_bank && declared->bank != formats[i].bank) {
            verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "a format of the type's bank",
                                         "the format does not fit the type");
        }
        declared->bank = formats[i].bank;
        return true;
    }
    verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, NULL, "the format is not known");
    return false;
}

static void check_codec(struct verify_declared *declared, struct json_token codec, struct json_token configuration)
{
    struct verify_document *document = &declared->document;
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    if (verify_is_present(codec) && !json_token_is(document->text, codec, "NONE")) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, codec, "\"NONE\"", "the codec is not known");
    }
    if (!verify_is_present(configuration)) {
        return;
    }
    json_walk_begin_inside(&walk, document->text, configuration);
    if (json_walk_member(&walk, &key, &value)) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, key, "no member",
                                     "the codec NONE has nothing to configure");
    }
}

/* ---- Metadata ---- */

static void read_tile_size(struct verify_declared *declared, struct json_token output)
{
    struct verify_document *document = &declared->document;
    struct base_bytes none = {.data = NULL};
    struct json_token value = json_object_member(document->text, declared->metadata, "tile_size");
    uint64_t size = 0;
    if (!verify_is_present(value)) {
        verify_document_report(document, DIAG_DECLARATION_SHAPE,
                               verify_is_present(declared->metadata) ? declared->metadata.begin : output.begin,
                               "tile_size", none, "metadata of GLYPH/indexed_v1 lacks a member");
    } else if (value.kind != JSON_NUMBER) {
        verify_document_report_value(document, DIAG_DECLARATION_SHAPE, value, "an integer",
                                     "tile_size is of another type");
    } else if (json_token_unsigned(document->text, value, &size) && verify_is_tile_size(size)) {
        declared->tile_size = (uint32_t)size;
    } else if (json_token_is_exact(document->text, value)) { /* another number was reported with metadata */
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, VERIFY_TILE_SIZES_TEXT,
                                     "tile_size is out of range");
    }
}

/* False when there is none. */
static bool read_size(struct verify_document *document, struct json_token value, int64_t *size)
{
    if (verify_is_present(value) && value.kind != JSON_NUMBER) {
        verify_document_report_value(document, DIAG_DECLARATION_SHAPE, value, "an integer",
                                     "decoded_size is of another type");
        return false;
    }
    return verify_document_integer(document, value, "decoded_size", 0, JSON_EXACT_MAX, size);
}

/* It may be declared in two places. */
static void read_decoded_size(struct verify_declared *declared, struct json_token value)
{
    struct verify_document *document = &declared->document;
    int64_t size = 0;
    int64_t visible = 0;
    bool has_size = read_size(document, value, &size);
    bool has_visible =
        read_size(document, json_object_member(document->text, declared->metadata, "decoded_size"), &visible);
    if (has_size && has_visible && size != visible) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, NULL,
                                     "decoded_size is not the one of output.metadata");
    }
    declared->has_decoded_size = has_size || has_visible;
    declared->decoded_size = (uint64_t)(has_size ? size : visible);
}

static void check_trees(struct verify_declared *declared)
{
    struct verify_document *document = &declared->document;
    if (verify_is_present(declared->metadata)) {
        verify_check_tree(document, declared->metadata, "metadata");
    }
    if (verify_is_present(declared->pipeline)) {
        verify_check_tree(document, declared->pipeline, "pipeline");
    }
    struct json_token pipeline = json_object_member(document->text, declared->metadata, "pipeline");
    if (verify_is_present(pipeline)) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, pipeline, "output.pipeline",
                                     "metadata has a member pipeline");
    }
}

/* ---- output ---- */

enum { FORMAT, CODEC, METADATA, PIPELINE, CODEC_CONFIGURATION, DECODED_SIZE, MEMBERS };
static const struct json_member members[MEMBERS] = {
    [FORMAT] = {.name = "format", .kinds = JSON_KIND_STRING, .required = true},
    [CODEC] = {.name = "codec", .kinds = JSON_KIND_STRING, .required = true},
    [METADATA] = {.name = "metadata", .kinds = JSON_KIND_OBJECT},
    [PIPELINE] = {.name = "pipeline", .kinds = JSON_KIND_OBJECT},
    [CODEC_CONFIGURATION] = {.name = "codec_configuration", .kinds = JSON_KIND_OBJECT},
    [DECODED_SIZE] = {.name = "decoded_size", .kinds = JSON_KIND_NUMBER},
};

bool verify_declared_read_output(struct verify_declared *declared, struct json_token output, bool has_bank)
{
    struct verify_document *document = &declared->document;
    struct json_token values[MEMBERS];
    (void)verify_document_members(document, output, "output", members, MEMBERS, values);
    declared->metadata = values[METADATA];
    declared->pipeline = values[PIPELINE];
    check_codec(declared, values[CODEC], values[CODEC_CONFIGURATION]);
    check_trees(declared);
    if (!read_format(declared, values[FORMAT], has_bank)) {
        return false;
    }
    verify_declared_read_sound(declared);
    verify_declared_read_pictures(declared);
    if (declared->format == VERIFY_SOURCE_RAW) {
        read_decoded_size(declared, values[DECODED_SIZE]);
    } else if (verify_is_present(values[DECODED_SIZE])) {
        verify_document_report_value(document, DIAG_DECLARATION_SHAPE, values[DECODED_SIZE], "no such member",
                                     "decoded_size is for raw formats");
    }
    if (declared->format == VERIFY_SOURCE_GLYPH) {
        read_tile_size(declared, output);
    }
    return true;
}
