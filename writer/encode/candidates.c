#include "writer/encode/candidates.h"

#include "base/bytes.h"
#include "base/path.h"

#include <string.h>

/* The last component of a path without its last dot and what follows it. */
static struct base_bytes stem_of(const char *path)
{
    struct base_bytes name = base_bytes_of_string(base_path_name(path));
    const char *dot = strrchr((const char *)name.data, '.');
    if (dot != NULL) {
        name.size = (size_t)(dot - (const char *)name.data);
    }
    return name;
}

/* Adds the declared palettes whose files are named like the sprite, or the others. */
static void add_declared(struct writer_candidates *candidates, const struct workspace_declaration *declaration,
                         struct base_bytes stem, bool alike)
{
    for (size_t i = 0; i < declaration->palette_count; i++) {
        const struct workspace_palette_input *palette = &declaration->palettes[i];
        if (base_bytes_equal(stem_of(declaration->inputs[palette->input].path), stem) == alike) {
            candidates->index[candidates->count++] = (uint8_t)palette->index;
        }
    }
}

struct writer_candidates writer_candidates_of(const struct workspace_declaration *declaration, size_t sprite,
                                              const struct writer_palette_set *palettes)
{
    const struct workspace_input *input = &declaration->inputs[sprite];
    struct writer_candidates candidates = {.count = 0, .fixed = input->has_palette};
    if (input->has_palette) {
        candidates.index[candidates.count++] = (uint8_t)input->palette;
        return candidates;
    }
    if (declaration->has_palettes) {
        struct base_bytes stem = stem_of(input->path);
        add_declared(&candidates, declaration, stem, true);
        add_declared(&candidates, declaration, stem, false);
        return candidates;
    }
    for (uint32_t i = 0; i < palettes->authored; i++) {
        candidates.index[candidates.count++] = (uint8_t)i;
    }
    return candidates;
}
