#include "verify/workspace/reserved.h"

void verify_check_reserved_members(struct verify_document *document, struct json_token pipeline)
{
    static const char *const names[] = {"transparent", "indices", "pad"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct json_token value = json_object_member(document->text, pipeline, names[i]);
        if (verify_is_present(value)) {
            verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "no such member",
                                         "output.pipeline.%s is not supported by this version", names[i]);
        }
    }
}

bool verify_check_reserved_sprite(struct verify_document *document, struct json_token sprite)
{
    if (sprite.kind == JSON_OBJECT_BEGIN) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, sprite, "a path",
                                     "an object in inputs.sprites is not supported by this version");
    }
    return sprite.kind == JSON_OBJECT_BEGIN;
}
