#include "workspace/edit/options.h"

#include "workspace/model/limits.h"
#include "workspace/model/name.h"

#include <string.h>

static bool refuse(struct workspace_addition *add, enum workspace_field field, const char *expected, const char *actual,
                   const char *message)
{
    base_report(add->findings, DIAG_USAGE,
                &(struct base_details){.place.request_field = field, .expected = expected, .actual = actual}, "%s",
                message);
    return false;
}

/* The same about a word that is not one of those expected. `meant` may be NULL. */
static bool refuse_word(struct workspace_addition *add, enum workspace_field field, const char *expected,
                        const char *word, const char *meant, const char *message)
{
    base_report(add->findings, DIAG_USAGE,
                &(struct base_details){
                    .place.request_field = field,
                    .expected = expected,
                    .actual = word,
                    .cause = meant == NULL                       ? DIAG_CAUSE_NONE
                             : field == WORKSPACE_FIELD_ADD_TYPE ? DIAG_CAUSE_TYPE_MEANT
                                                                 : DIAG_CAUSE_FORMAT_MEANT,
                    .subject = meant,
                },
                "%s", message);
    return false;
}

static bool check_fit(struct workspace_addition *add)
{
    if (!add->has_type || add->facts->type == add->type) {
        return true;
    }
    struct base_text formats = BASE_TEXT_EMPTY;
    workspace_formats_list(add->type, &formats);
    (void)refuse(add, WORKSPACE_FIELD_ADD_FORMAT, base_text_string(&formats), add->facts->name,
                 "the format does not fit the type");
    base_text_release(&formats, &add->findings->out_of_memory);
    return false;
}

static bool check_type(struct workspace_addition *add)
{
    static const char formats[] = "GLYPH/indexed_v1, GLYPH/raw_v1, SOUNDS/pcm16le_v1, SOUNDS/raw_v1 or SCENE/raw_v1";
    const char *type = add->options->type;
    if (type != NULL && !workspace_asset_type_find(type, &add->type)) {
        return refuse_word(add, WORKSPACE_FIELD_ADD_TYPE, "glyph_bank, sound_bank or scene_bank", type,
                           workspace_asset_type_suggest(type), "there is no such type of asset");
    }
    add->has_type = type != NULL;
    const char *format = add->options->format;
    if (format == NULL) {
        return true;
    }
    add->facts = workspace_format_find(format);
    if (add->facts == NULL) {
        return refuse_word(add, WORKSPACE_FIELD_ADD_FORMAT, formats, format, workspace_format_suggest(format),
                           "there is no such format");
    }
    if (!check_fit(add)) {
        return false;
    }
    add->type = add->facts->type;
    add->has_type = true;
    return true;
}

static bool check_name(struct workspace_addition *add)
{
    const char *name = add->options->name;
    if (name != NULL && add->options->each != NULL) {
        return refuse(add, WORKSPACE_FIELD_ADD_NAME, NULL, NULL,
                      "each file becomes an asset, and one name cannot be that of all");
    }
    const char *fault = name != NULL ? workspace_name_fault(name) : NULL;
    if (fault == NULL && name != NULL && !workspace_is_utf8(name)) {
        fault = "is not UTF-8";
    }
    if (fault != NULL) {
        base_report(
            add->findings, DIAG_USAGE,
            &(struct base_details){.place.request_field = WORKSPACE_FIELD_ADD_NAME, .expected = "printable characters"},
            "the name %s", fault);
    }
    return fault == NULL;
}

static bool check_numbers(struct workspace_addition *add)
{
    const struct workspace_add_options *options = add->options;
    int tile_size = options->tile_size;
    if (tile_size >= 0 && !workspace_is_tile_size((uint64_t)tile_size)) {
        return refuse(add, WORKSPACE_FIELD_ADD_TILE_SIZE, WORKSPACE_TILE_SIZES_TEXT, NULL,
                      "there is no such tile size");
    }
    if (options->slot >= WORKSPACE_SLOT_COUNT) {
        return refuse(add, WORKSPACE_FIELD_ADD_SLOT, WORKSPACE_SLOTS_TEXT, NULL, "there is no such slot");
    }
    if (options->slot >= 0 && options->preload == 0) {
        return refuse(add, WORKSPACE_FIELD_ADD_SLOT, NULL, NULL, "a slot is asked for, but not preload");
    }
    return true;
}

static bool check_channels(struct workspace_addition *add)
{
    const char *asked = add->options->channels;
    for (unsigned i = WORKSPACE_CHANNELS_LEFT; asked != NULL && i <= WORKSPACE_CHANNELS_MIX; i++) {
        if (strcmp(workspace_channels_name((enum workspace_channels)i), asked) == 0) {
            return true;
        }
    }
    return asked == NULL || refuse(add, WORKSPACE_FIELD_ADD_CHANNELS, "left, right or mix", asked,
                                   "this does not name a choice of channels");
}

/* An update changes nothing that an option could say. */
static bool check_update(struct workspace_addition *add)
{
    const struct workspace_add_options *options = add->options;
    const struct {
        bool given;
        enum workspace_field field;
    } said[] = {
        {options->type != NULL, WORKSPACE_FIELD_ADD_TYPE}, {options->format != NULL, WORKSPACE_FIELD_ADD_FORMAT},
        {options->name != NULL, WORKSPACE_FIELD_ADD_NAME}, {options->tile_size >= 0, WORKSPACE_FIELD_ADD_TILE_SIZE},
        {options->pad, WORKSPACE_FIELD_ADD_PAD},           {options->preload >= 0, WORKSPACE_FIELD_ADD_PRELOAD},
        {options->slot >= 0, WORKSPACE_FIELD_ADD_SLOT},    {options->channels != NULL, WORKSPACE_FIELD_ADD_CHANNELS},
    };
    for (size_t i = 0; options->update && i < sizeof said / sizeof said[0]; i++) {
        if (said[i].given) {
            base_report(add->findings, DIAG_USAGE,
                        &(struct base_details){.place.request_field = said[i].field, .cause = DIAG_CAUSE_UPDATE_ALONE},
                        "an update takes up new files, and changes nothing else of an asset");
            return false;
        }
    }
    return true;
}

bool workspace_add_check_options(struct workspace_addition *add)
{
    if (!check_update(add)) {
        return false;
    }
    return check_type(add) && check_name(add) && check_numbers(add) && check_channels(add);
}
