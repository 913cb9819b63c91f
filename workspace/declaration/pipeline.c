#include "workspace/declaration/pipeline.h"

#include "json/value.h"

/* Each returns whether the value is one of those that its member may have. */

static bool read_transparent(const struct workspace_document *document, struct json_token value,
                             struct workspace_declaration *declaration)
{
    bool alpha = json_token_is(document->text, value, "alpha");
    declaration->rules.transparent = alpha ? WORKSPACE_TRANSPARENT_ALPHA : WORKSPACE_TRANSPARENT_INDEX;
    return alpha || json_token_is(document->text, value, "index");
}

static bool read_indices(const struct workspace_document *document, struct json_token value,
                         struct workspace_declaration *declaration)
{
    declaration->rules.banked = true;
    return json_token_is(document->text, value, "banked");
}

static bool read_pad(const struct workspace_document *document, struct json_token value,
                     struct workspace_declaration *declaration)
{
    (void)document;
    declaration->rules.pad = true;
    return value.kind == JSON_TRUE;
}

static bool read_channels(const struct workspace_document *document, struct json_token value,
                          struct workspace_declaration *declaration)
{
    for (unsigned i = WORKSPACE_CHANNELS_LEFT; i <= WORKSPACE_CHANNELS_MIX; i++) {
        if (json_token_is(document->text, value, workspace_channels_name((enum workspace_channels)i))) {
            declaration->channels = (enum workspace_channels)i;
            return true;
        }
    }
    return false;
}

static bool read_loop(const struct workspace_document *document, struct json_token value,
                      struct workspace_declaration *declaration)
{
    declaration->loop_of_source = json_token_is(document->text, value, "source");
    return declaration->loop_of_source;
}

struct member {
    const char *name;
    enum workspace_format format; /* that it is for */
    const char *format_name;
    const char *values;
    bool (*read)(const struct workspace_document *document, struct json_token value,
                 struct workspace_declaration *declaration);
};

#define PICTURES WORKSPACE_FORMAT_GLYPH_INDEXED, "GLYPH/indexed_v1"
#define SOUNDS WORKSPACE_FORMAT_SOUND_PCM16LE, "SOUNDS/pcm16le_v1"

static const struct member members_of_pipeline[] = {
    {"transparent", PICTURES, "\"alpha\" or \"index\"", read_transparent},
    {"indices", PICTURES, "\"banked\"", read_indices},
    {"pad", PICTURES, "true", read_pad},
    {"channels", SOUNDS, "\"left\", \"right\" or \"mix\"", read_channels},
    {"loop", SOUNDS, "\"source\"", read_loop},
};

static void read_member(struct workspace_document *document, const struct member *member, struct json_token value,
                        const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    if (facts->format != member->format) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                              "output.pipeline.%s is for %s, and the format is %s", member->name, member->format_name,
                              facts->name);
    } else if (!member->read(document, value, declaration)) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, member->values,
                              "output.pipeline.%s does not have this value", member->name);
    }
}

void workspace_declaration_pipeline(struct workspace_document *document, struct json_token pipeline,
                                    const struct workspace_format_facts *facts,
                                    struct workspace_declaration *declaration)
{
    for (size_t i = 0; i < sizeof members_of_pipeline / sizeof members_of_pipeline[0]; i++) {
        struct json_token value = json_object_member(document->text, pipeline, members_of_pipeline[i].name);
        if (workspace_value_present(value)) {
            read_member(document, &members_of_pipeline[i], value, facts, declaration);
        }
    }
}
