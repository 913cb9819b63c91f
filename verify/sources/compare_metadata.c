#include "verify/sources/compare_metadata.h"

#include "base/report.h"
#include "verify/core/format.h"
#include "verify/sources/compare_object.h"

#include <inttypes.h>
#include <stdio.h>

/* Metadata as the packer would write it, while its text is put together. */
struct expected {
    const struct verify_source_asset *asset;
    struct verify_declared *declared;
    struct json_token packed; /* the metadata of the entry, whole */
    struct base_text text;
    bool empty;
    bool fits; /* every declared member is the computed one */
};

static void add_member(struct expected *expected, const char *name, struct base_bytes value)
{
    base_text_addf(&expected->text, "%s\"%s\":", expected->empty ? "" : ",", name);
    base_text_add(&expected->text, value);
    expected->empty = false;
}

/* A member that follows from the format or the sources. Where it is declared, it must be right. */
static void add_computed(struct expected *expected, const char *name, uint64_t value)
{
    struct verify_document *document = &expected->declared->document;
    struct json_token declared = json_object_member(document->text, expected->declared->metadata, name);
    uint64_t number;
    char shown[24];
    int length = snprintf(shown, sizeof shown, "%" PRIu64, value);
    if (!verify_is_present(declared)) {
        add_member(expected, name, base_bytes_make((const uint8_t *)shown, (size_t)length));
    } else if (!json_token_unsigned(document->text, declared, &number) || number != value) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, declared, shown,
                                     "the declared %s is not that of the %s", name,
                                     expected->declared->format == VERIFY_SOURCE_GLYPH ? "sheet" : "sound");
        expected->fits = false;
    }
}

/* A member that the source does not say: what the pack has counts. */
static void add_packed(struct expected *expected, const char *name)
{
    struct base_bytes header = expected->asset->facts->header;
    struct json_token packed = json_object_member(header, expected->packed, name);
    struct json_token declared =
        json_object_member(expected->declared->document.text, expected->declared->metadata, name);
    if (!verify_is_present(declared) && verify_is_present(packed)) {
        add_member(expected, name, json_token_bytes(header, packed));
    }
}

static void add_declared(struct expected *expected)
{
    struct base_bytes text = expected->declared->document.text;
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    if (!verify_is_present(expected->declared->metadata)) {
        return;
    }
    json_walk_begin_inside(&walk, text, expected->declared->metadata);
    while (json_walk_member(&walk, &key, &value)) {
        base_text_add_string(&expected->text, expected->empty ? "" : ",");
        base_text_add(&expected->text, json_token_bytes(text, key));
        base_text_add_char(&expected->text, ':');
        base_text_add(&expected->text, json_token_bytes(text, value));
        expected->empty = false;
    }
}

static void add_sound(struct expected *expected, const struct verify_computed *computed)
{
    if (computed->has_sound) {
        add_computed(expected, "sample_rate", computed->sample_rate);
        add_computed(expected, "channels", VERIFY_SOUND_CHANNELS);
        add_computed(expected, "frames", computed->frames);
    } else {
        add_packed(expected, "sample_rate");
        add_packed(expected, "channels");
        add_packed(expected, "frames");
    }
    if (computed->has_loop) {
        add_computed(expected, "loop_start", computed->loop_start);
        add_computed(expected, "loop_end", computed->loop_end);
    } else if (expected->declared->loop_of_source) {
        add_packed(expected, "loop_start");
        add_packed(expected, "loop_end");
    }
}

static void add_all(struct expected *expected, const struct verify_computed *computed)
{
    base_text_add_char(&expected->text, '{');
    add_declared(expected);
    switch (expected->declared->format) {
    case VERIFY_SOURCE_GLYPH:
        add_computed(expected, "width", PP_GLYPH_SIDE);
        add_computed(expected, "height", PP_GLYPH_SIDE);
        add_computed(expected, "palette_count", PP_GLYPH_PALETTES);
        add_computed(expected, "palette_authored", computed->palette_authored);
        break;
    case VERIFY_SOURCE_SOUND:
        add_sound(expected, computed);
        break;
    case VERIFY_SOURCE_RAW:
        break;
    }
    base_text_add_char(&expected->text, '}');
}

static void compare_members(struct expected *expected)
{
    const struct verify_object_place place = {
        .in_header = true,
        .below = "/metadata",
        .object = expected->packed,
        .diagnostic = DIAG_METADATA_MISMATCH,
        .missing = "metadata lacks a member that the workspace gives the asset",
        .added = "metadata has a member that the workspace does not give the asset",
        .other = "metadata has another value than the workspace gives the asset",
    };
    if (base_text_out_of_memory(&expected->text)) {
        base_report_out_of_memory(&expected->asset->sink->findings, expected->asset->root_path);
    } else if (expected->fits) {
        verify_compare_object(expected->asset, &place, base_text_bytes(&expected->text));
    }
}

/* Of a bank whose size is computed decoded_size is a rule of its own. */
static void compare_decoded_size(const struct verify_source_asset *asset, const struct verify_declared *declared,
                                 uint64_t source_size)
{
    struct base_bytes header = asset->facts->header;
    struct json_token value = json_object_member(header, asset->entry, "decoded_size");
    uint64_t packed;
    char shown[24];
    if (declared->format != VERIFY_SOURCE_RAW || !json_token_unsigned(header, value, &packed)) {
        return;
    }
    uint64_t size = declared->bank == PP_BANK_GLYPH ? PP_GLYPH_DECODED : source_size;
    size = declared->has_decoded_size ? declared->decoded_size : size;
    if (packed != size) {
        (void)snprintf(shown, sizeof shown, "%" PRIu64, size);
        verify_report_entry(asset, DIAG_METADATA_MISMATCH, value, "/decoded_size", shown,
                            "decoded_size is not the one that the workspace gives the asset");
    }
}

void verify_compare_metadata(const struct verify_source_asset *asset, struct verify_declared *declared,
                             const struct verify_computed *computed, uint64_t source_size)
{
    struct expected expected = {
        .asset = asset,
        .declared = declared,
        .packed = json_object_member(asset->facts->header, asset->entry, "metadata"),
        .text = BASE_TEXT_EMPTY,
        .empty = true,
        .fits = true,
    };
    if (expected.packed.kind == JSON_OBJECT_BEGIN) {
        add_all(&expected, computed);
        compare_members(&expected);
    }
    compare_decoded_size(asset, declared, source_size);
    base_text_free(&expected.text);
}
