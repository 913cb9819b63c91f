#include "workspace/declaration/reserved.h"

/* A reserved name of an object, and what the object is called. */
static void refuse(struct workspace_document *document, struct json_token object, const char *where, const char *name)
{
    struct json_token value = json_object_member(document->text, object, name);
    if (workspace_value_present(value)) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                              "%s.%s is not supported by this version", where, name);
    }
}

void workspace_declaration_refuse_reserved(struct workspace_document *document, enum workspace_asset_type type,
                                           struct json_token metadata, struct json_token pipeline)
{
    static const char *const of_pipeline[] = {"transparent", "indices", "pad", "channels", "loop"};
    static const char *const of_sounds[] = {"loop_start", "loop_end"};
    for (size_t i = 0; i < sizeof of_pipeline / sizeof of_pipeline[0]; i++) {
        refuse(document, pipeline, "output.pipeline", of_pipeline[i]);
    }
    for (size_t i = 0; i < sizeof of_sounds / sizeof of_sounds[0] && type == WORKSPACE_ASSET_SOUND; i++) {
        refuse(document, metadata, "output.metadata", of_sounds[i]);
    }
}

bool workspace_declaration_refuse_sprite(struct workspace_document *document, struct json_token sprite)
{
    if (sprite.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    workspace_value_fault(document, DIAG_DECLARATION_VALUE, sprite, "a path",
                          "an object in inputs.sprites is not supported by this version");
    return true;
}
