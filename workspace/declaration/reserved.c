#include "workspace/declaration/reserved.h"

void workspace_declaration_refuse_reserved(struct workspace_document *document, struct json_token pipeline)
{
    static const char *const names[] = {"transparent", "indices", "pad", "channels", "loop"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct json_token value = json_object_member(document->text, pipeline, names[i]);
        if (workspace_value_present(value)) {
            workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "no such member",
                                  "output.pipeline.%s is not supported by this version", names[i]);
        }
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
