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

typedef bool (*read_value)(const struct workspace_document *document, struct json_token value,
                           struct workspace_declaration *declaration);

static const read_value readers[WORKSPACE_PIPELINE_MEMBERS] = {
    [WORKSPACE_PIPELINE_TRANSPARENT] = read_transparent,
    [WORKSPACE_PIPELINE_INDICES] = read_indices,
    [WORKSPACE_PIPELINE_PAD] = read_pad,
    [WORKSPACE_PIPELINE_CHANNELS] = read_channels,
    [WORKSPACE_PIPELINE_LOOP] = read_loop,
};

static void read_member(struct workspace_document *document, size_t place, struct json_token value,
                        const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    const struct workspace_pipeline_member *member = &workspace_pipeline_members[place];
    if (facts->format != member->format) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                              "output.pipeline.%s is for %s, and the format is %s", member->name, member->format_name,
                              facts->name);
    } else if (!readers[place](document, value, declaration)) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, member->values,
                              "output.pipeline.%s does not have this value", member->name);
    }
}

void workspace_declaration_pipeline(struct workspace_document *document, struct json_token pipeline,
                                    const struct workspace_format_facts *facts,
                                    struct workspace_declaration *declaration)
{
    for (size_t i = 0; i < WORKSPACE_PIPELINE_MEMBERS; i++) {
        struct json_token value = json_object_member(document->text, pipeline, workspace_pipeline_members[i].name);
        if (workspace_value_present(value)) {
            read_member(document, i, value, facts, declaration);
        }
    }
}
