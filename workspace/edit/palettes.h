/* Palette files of a registered asset, as a plan: docs/contracts/workspace.md, 7. */
#ifndef PRPACK_WORKSPACE_EDIT_PALETTES_H
#define PRPACK_WORKSPACE_EDIT_PALETTES_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* One palette file that is written. Strings are borrowed; the plan takes the content. */
struct workspace_palette_file {
    uint32_t index;
    const char *path;          /* below the root; NULL: a new file, which the plan names and the declaration gets */
    struct base_hash replaced; /* of the file at path, as it was read */
    struct base_text content;
};

/* Plans the files and, when there are new ones, the asset.json that declares them: every byte of it stays but for what
 * is inserted. The registry is written with the bytes that it has. *declaration is what the asset declares then; free
 * it with workspace_declaration_free. False with the reason in findings; the plan is then empty. */
bool workspace_plan_palettes(const struct workspace *workspace, const struct workspace_record *record,
                             struct workspace_palette_file *files, size_t count, struct workspace_plan *plan,
                             struct workspace_declaration *declaration, struct base_findings *findings);

#endif
