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

/* read is NULL for a member that this version does not support. */
struct member {
    const char *name;
    const char *values;
    bool (*read)(const struct workspace_document *document, struct json_token value,
                 struct workspace_declaration *declaration);
};

static const struct member members_of_pipeline[] = {
    {"transparent", "\"alpha\" or \"index\"", read_transparent},
    {"indices", "\"banked\"", read_indices},
    {"pad", "true", read_pad},
    {"channels", NULL, NULL},
    {"loop", NULL, NULL},
};

static void read_member(struct workspace_document *document, const struct member *member, struct json_token value,
                        const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    if (member->read == NULL) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                              "output.pipeline.%s is not supported by this version", member->name);
    } else if (facts->format != WORKSPACE_FORMAT_GLYPH_INDEXED) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                              "output.pipeline.%s is for GLYPH/indexed_v1, and the format is %s", member->name,
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
