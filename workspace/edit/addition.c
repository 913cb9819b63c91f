#include "workspace/edit/addition.h"

#include "base/utf8.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"

#include <stdlib.h>
#include <unistd.h>

void workspace_addition_leave(struct workspace_addition *add)
{
    if (add->root_fd >= 0) {
        (void)close(add->root_fd);
        add->root_fd = -1;
    }
}

void workspace_addition_free(struct workspace_addition *add)
{
    workspace_addition_leave(add);
    workspace_declaration_free(&add->declaration);
    workspace_declaration_free(&add->written);
    workspace_contents_free(&add->contents);
    base_text_free(&add->text);
    free(add->old_name);
    free(add->root);
    free(add->no_root);
    free(add->root_display);
    free(add->anchor_display);
}

struct workspace_asset workspace_addition_asset(struct workspace_addition *add, struct workspace_record *record)
{
    *record = (struct workspace_record){
        .asset_id = (int32_t)add->asset_id,
        .asset_uuid = add->asset_uuid,
        .root = add->root,
        .included_in_build = true,
    };
    return (struct workspace_asset){
        .record = record,
        .declaration = add->declaration,
        .is_unwritten = add->made,
        .written = add->written.input_count > 0 ? &add->written : NULL,
    };
}

struct workspace_asset workspace_addition_asset_now(struct workspace_addition *add, struct workspace_record *record)
{
    const struct workspace_asset asset = workspace_addition_asset(add, record);
    record->root = add->source_root != NULL ? add->source_root : add->root;
    return asset;
}

struct base_place workspace_add_anchor_place(const struct workspace_addition *add)
{
    return (struct base_place){
        .file = add->anchor_display, .has_asset_id = add->asset_id != 0, .asset_id = add->asset_id};
}

uint8_t *workspace_add_read_anchor(struct workspace_addition *add, size_t *size, struct base_content *seen)
{
    const struct base_place place = workspace_add_anchor_place(add);
    uint8_t *data = workspace_document_read(&workspace_document_declaration, add->root_fd, WORKSPACE_ANCHOR_NAME,
                                            &place, DIAG_ANCHOR_MISSING, size, seen, add->findings);
    if (data != NULL) {
        add->replaced = seen->hash;
    }
    return data;
}

bool workspace_is_utf8(const char *string)
{
    struct base_bytes rest = base_bytes_of_string(string);
    while (rest.size > 0) {
        uint32_t character;
        size_t length = base_utf8_decode(rest, &character);
        if (length == 0) {
            return false;
        }
        rest = base_bytes_make(rest.data + length, rest.size - length);
    }
    return true;
}

bool workspace_add_draw_uuid(struct workspace_addition *add)
{
    int problem = workspace_uuid_draw(add->asset_uuid);
    if (problem != 0) {
        base_report_write_failure(add->findings, &BASE_NOWHERE, "draw a uuid", problem);
    }
    add->drew_uuid = problem == 0;
    return problem == 0;
}

bool workspace_add_check_text(struct workspace_addition *add)
{
    if (base_text_out_of_memory(&add->text)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    const struct base_place place = {.file = add->anchor_display};
    if (add->text.size > workspace_document_declaration.limit) {
        base_report(add->findings, DIAG_INPUT_TOO_LARGE, &(struct base_details){.place = place},
                    "asset.json would have %zu bytes, more than may be read", add->text.size);
        return false;
    }
    struct workspace_record record = {.asset_uuid = add->asset_uuid};
    workspace_declaration_free(&add->declaration);
    return workspace_declaration_parse(base_text_bytes(&add->text), &place, &record, &add->declaration, add->findings);
}
