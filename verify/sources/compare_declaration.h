/* Name and preload of the pack against what asset.json declares. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_DECLARATION_H
#define PRPACK_VERIFY_SOURCES_COMPARE_DECLARATION_H

#include "verify/sources/declaration.h"

/* source-mismatch. */
void verify_compare_declaration(const struct verify_source_asset *asset, const struct verify_declared *declared);

#endif
