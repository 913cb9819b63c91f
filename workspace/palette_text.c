#include "workspace/palette_text.h"

#include "json/emit.h"

#include <inttypes.h>

void workspace_print_palette(struct base_text *text, uint32_t index, const char *path)
{
    base_text_addf(text, "{\"index\": %" PRIu32 ", \"path\": ", index);
    json_add_string(text, path);
    base_text_add_char(text, '}');
}
