/* The types of assets, their banks, and the formats that a declaration may name: docs/contracts/workspace.md, 3.1. */
#ifndef PRPACK_WORKSPACE_MODEL_FORMAT_H
#define PRPACK_WORKSPACE_MODEL_FORMAT_H

#include "base/text.h"

#include <stdbool.h>

enum workspace_asset_type { WORKSPACE_ASSET_GLYPH, WORKSPACE_ASSET_SOUND, WORKSPACE_ASSET_SCENE };
enum workspace_format { WORKSPACE_FORMAT_GLYPH_INDEXED, WORKSPACE_FORMAT_SOUND_PCM16LE, WORKSPACE_FORMAT_RAW };

enum { WORKSPACE_FORMAT_COUNT = 5, WORKSPACE_ASSET_TYPE_COUNT = 3 };

struct workspace_format_facts {
    const char *name;
    enum workspace_asset_type type;
    enum workspace_format format;
};

extern const struct workspace_format_facts workspace_formats[WORKSPACE_FORMAT_COUNT];

/* NULL when there is none. */
const struct workspace_format_facts *workspace_format_find(const char *name);
/* The closest name, or NULL when none is close. */
const char *workspace_format_suggest(const char *name);
/* Appends the formats of a type: "GLYPH/indexed_v1 or GLYPH/raw_v1". */
void workspace_formats_list(enum workspace_asset_type type, struct base_text *text);

/* False when there is no such type. */
bool workspace_asset_type_find(const char *name, enum workspace_asset_type *type);
/* The type that was meant: that of a name of an earlier generation or of a common word, such as "sprite"; else the
 * closest; NULL when none is close. */
const char *workspace_asset_type_suggest(const char *name);

/* The format that `add` takes for a type when none is named. */
const struct workspace_format_facts *workspace_format_of_type(enum workspace_asset_type type);

/* "GLYPH/indexed_v1" and so on, and the bank's name alone. Static. */
const char *workspace_format_name(enum workspace_asset_type type, enum workspace_format format);
const char *workspace_asset_type_name(enum workspace_asset_type type); /* "glyph_bank" … */
const char *workspace_asset_bank_name(enum workspace_asset_type type); /* "GLYPH" … */

#endif
