/* What `add` shows of the files of a root: docs/contracts/workspace.md, 6.3.
 *
 * Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_EDIT_CONTENTS_H
#define PRPACK_WORKSPACE_EDIT_CONTENTS_H

#include "base/findings.h"
#include "base/names.h"
#include "workspace/model/model.h"

/* Zero-initialise with WORKSPACE_CONTENTS_EMPTY. The names are paths below the root. */
struct workspace_contents {
    struct base_names sprites;  /* in the order of the declaration */
    struct base_names palettes; /* by rising index */
    uint32_t *strip_colours;    /* per palette: the number of colours it shows as a strip; 0: it is not one */
    struct base_names ignored;  /* working files, and what `ignore` names */
    struct base_names late; /* for an update: empty, or two names: a new sprite that natural order would put before a
                               declared one, and the sprite that the new ones come after */
};

#define WORKSPACE_CONTENTS_EMPTY ((struct workspace_contents){.strip_colours = NULL})

/* Notes the sprites and palettes of a declaration. False when memory ran out, which findings then says. */
bool workspace_contents_declare(struct workspace_contents *contents, const struct workspace_declaration *declaration,
                                struct base_findings *findings);

/* Notes that a palette is a strip. Does nothing when there is no palette of that name. */
void workspace_contents_note_strip(struct workspace_contents *contents, const char *name, uint32_t colours);

void workspace_contents_free(struct workspace_contents *contents);

#endif
