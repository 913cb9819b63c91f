#include "workspace/assets.h"

#include <stdlib.h>

void workspace_drop_assets(struct workspace *workspace)
{
    for (size_t i = 0; i < workspace->asset_count; i++) {
        workspace_declaration_free(&workspace->assets[i].declaration);
    }
    free(workspace->assets);
    workspace->assets = NULL;
    workspace->asset_count = 0;
}
