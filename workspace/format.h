/* The formats that a declaration may name: docs/contracts/workspace.md, 3.1. */
#ifndef PRPACK_WORKSPACE_FORMAT_H
#define PRPACK_WORKSPACE_FORMAT_H

#include "workspace/workspace.h"

enum { PP_FORMAT_COUNT = 5, PP_ASSET_TYPE_COUNT = 3 };

struct pp_format_facts {
    const char *name;
    enum pp_asset_type type;
    enum pp_format format;
};

extern const struct pp_format_facts pp_formats[PP_FORMAT_COUNT];

/* NULL when there is none. */
const struct pp_format_facts *pp_format_find(const char *name);
/* The closest name, or NULL when none is close. */
const char *pp_format_suggest(const char *name);

/* False when there is no such type. */
bool pp_asset_type_find(const char *name, enum pp_asset_type *type);
const char *pp_asset_type_suggest(const char *name);

/* The format that `add` takes for a type when none is named. */
const struct pp_format_facts *pp_format_of_type(enum pp_asset_type type);

#endif
