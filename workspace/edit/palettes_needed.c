#include "workspace/edit/palettes_needed.h"

#include "base/file.h"
#include "base/findings.h"

#include <string.h>

/* PNG, 5.2 and 11.2.2: the colour type is in IHDR, after width, height and depth. */
enum { BEGIN_SIZE = 26, COLOUR_TYPE_AT = 25, INDEXED = 3 };

static bool is_without_palette(const struct workspace_addition *add, const struct workspace_input *input)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    uint8_t begin[BEGIN_SIZE];
    struct base_file file;
    bool is = false;
    if (base_file_open_below(&file, add->root_fd, input->path) == 0) {
        is = base_file_read_at(&file, 0, begin, sizeof begin) == 0 && memcmp(begin, signature, sizeof signature) == 0 &&
             begin[COLOUR_TYPE_AT] != INDEXED;
        base_file_close(&file);
    }
    return is;
}

void workspace_add_check_palettes(struct workspace_addition *add)
{
    const struct workspace_declaration *declaration = &add->declaration;
    bool needed = declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED && !declaration->has_palettes;
    for (size_t i = 0; needed && i < declaration->input_count; i++) {
        needed = is_without_palette(add, &declaration->inputs[i]);
    }
    if (needed) {
        const struct base_place place = {.file = add->root_display, .has_asset_id = true, .asset_id = add->asset_id};
        base_report(add->findings, DIAG_PALETTES_NEEDED,
                    &(struct base_details){.place = place,
                                           .severity = BASE_WARNING,
                                           .cause = DIAG_CAUSE_PALETTES_TO_FIND,
                                           .subject = add->root_display},
                    "the sprites have no palettes, so the asset cannot be built yet");
    }
}
