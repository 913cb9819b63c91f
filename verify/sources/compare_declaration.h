/* What asset.json declares against what the set says of the asset. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_DECLARATION_H
#define PRPACK_VERIFY_SOURCES_COMPARE_DECLARATION_H

#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* source-mismatch for preload, source-changed for the bank, pipeline-mismatch. False when the bank is another
 * one: then the payload cannot be compared. */
bool verify_compare_declaration(const struct verify_source_asset *asset, struct verify_declared *declared);

#endif
