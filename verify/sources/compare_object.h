/* An object that the workspace asks for against the one that the set has. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_OBJECT_H
#define PRPACK_VERIFY_SOURCES_COMPARE_OBJECT_H

#include "base/text.h"
#include "verify/sources/source.h"

/* Where an object of the set is. */
struct verify_object_place {
    bool in_header;           /* in the entry of the asset; else in its object of asset_table_metadata.json */
    const char *below;        /* its pointer from there */
    struct json_token object; /* whole */
    enum diag diagnostic;
    const char *missing; /* texts of the three differences */
    const char *added;
    const char *other;
};

/* Adds a finding for each member that differs. `expected` is the text of an object with the same white space, order and
 * escapes as any JSON text may have. */
void verify_compare_object(const struct verify_source_asset *asset, const struct verify_object_place *place,
                           struct base_bytes expected);

#endif
