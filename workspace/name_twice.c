#include "workspace/name_twice.h"

#include "base/text.h"
#include "workspace/declared_place.h"
#include "workspace/path.h"

#include <stdlib.h>

void workspace_report_name_twice(const struct workspace *workspace, const struct workspace_asset *asset,
                                 const struct workspace_record *first, struct base_findings *findings)
{
    struct base_text name = BASE_TEXT_EMPTY;
    struct base_text message = BASE_TEXT_EMPTY;
    char *root = workspace_assets_path(workspace->assets_path, asset->record->root, NULL);
    base_text_add_printable(&name, base_bytes_of_string(asset->declaration.name), 60);
    base_text_addf(&message, "the assets %d and %d have one name: ", (int)first->asset_id,
                   (int)asset->record->asset_id);
    base_text_add_quoted(&message, base_bytes_of_string(first->root), 60);
    base_text_add_string(&message, " and ");
    base_text_add_quoted(&message, base_bytes_of_string(asset->record->root), 60);
    const struct base_details details = {
        .place = {BASE_AT_BYTE(asset->declaration.name_at, 0), .json_pointer = "/name"},
        .cause = DIAG_CAUSE_NAME_TWICE,
        .subject = root,
        .expected = "a name of its own",
        .actual = base_text_string(&name),
    };
    workspace_report_declared(workspace, asset, findings, DIAG_DECLARATION_VALUE, &details, "%s",
                              base_text_string(&message));
    findings->out_of_memory = findings->out_of_memory || root == NULL;
    base_text_release(&message, &findings->out_of_memory);
    base_text_release(&name, &findings->out_of_memory);
    free(root);
}
