/* The pixels of a GLYPH payload against those of its PNG images. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_IMAGE_H
#define PRPACK_VERIFY_SOURCES_COMPARE_IMAGE_H

#include "verify/sources/source.h"

/* source-mismatch. The images fill the sheet one after the other; they are unchanged. The entry has
 * VERIFY_ENTRY_HAS_GLYPH. */
void verify_compare_image(const struct verify_source_asset *asset, const char *const paths[], size_t count);

#endif
