/* The samples of a SOUNDS payload against those of its sound file. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_SOUND_H
#define PRPACK_VERIFY_SOURCES_COMPARE_SOUND_H

#include "verify/sources/source.h"

/* source-mismatch. The file is unchanged. The entry has VERIFY_ENTRY_HAS_SOUND. */
void verify_compare_sound(const struct verify_source_asset *asset, const char *path);

#endif
