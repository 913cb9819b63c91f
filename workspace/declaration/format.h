/* The formats that a declaration may name: docs/contracts/workspace.md, 3.1. */
#ifndef PRPACK_WORKSPACE_DECLARATION_FORMAT_H
#define PRPACK_WORKSPACE_DECLARATION_FORMAT_H

#include "workspace/workspace.h"

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

/* False when there is no such type. */
bool workspace_asset_type_find(const char *name, enum workspace_asset_type *type);
const char *workspace_asset_type_suggest(const char *name);

/* The format that `add` takes for a type when none is named. */
const struct workspace_format_facts *workspace_format_of_type(enum workspace_asset_type type);

#endif
