#include "workspace/edit/contents.h"

#include "base/report.h"

#include <stdlib.h>
#include <string.h>

static bool take(struct base_names *names, const struct workspace_input *input)
{
    return base_names_take(names, strdup(input->path));
}

bool workspace_contents_declare(struct workspace_contents *contents, const struct workspace_declaration *declaration,
                                struct base_findings *findings)
{
    bool fine = true;
    for (size_t i = 0; fine && i < declaration->input_count; i++) {
        const struct workspace_input *input = &declaration->inputs[i];
        fine = input->role != WORKSPACE_ROLE_SPRITES || take(&contents->sprites, input);
    }
    for (size_t i = 0; fine && i < declaration->palette_count; i++) {
        fine = take(&contents->palettes, &declaration->inputs[declaration->palettes[i].input]);
    }
    contents->strip_colours = fine ? calloc(contents->palettes.count + 1, sizeof *contents->strip_colours) : NULL;
    if (contents->strip_colours == NULL) {
        base_report_out_of_memory(findings, NULL);
    }
    return contents->strip_colours != NULL;
}

void workspace_contents_note_strip(struct workspace_contents *contents, const char *name, uint32_t colours)
{
    for (size_t i = 0; i < contents->palettes.count; i++) {
        if (strcmp(contents->palettes.items[i], name) == 0) {
            contents->strip_colours[i] = colours;
        }
    }
}

void workspace_contents_free(struct workspace_contents *contents)
{
    base_names_free(&contents->sprites);
    base_names_free(&contents->palettes);
    base_names_free(&contents->ignored);
    base_names_free(&contents->late);
    free(contents->strip_colours);
    *contents = WORKSPACE_CONTENTS_EMPTY;
}
