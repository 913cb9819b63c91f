/* The samples of a SOUNDS payload against those of its sound file. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_SOUND_H
#define PRPACK_VERIFY_SOURCES_COMPARE_SOUND_H

#include "verify/sources/computed.h"
#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* source-mismatch; sound-* when the file cannot be packed; sound-metadata when the declared loop ends after it. What
 * the metadata has to be is left in *computed, as far as the file says it. The file is unchanged. The entry has
 * VERIFY_ENTRY_HAS_SOUND. */
void verify_compare_sound(const struct verify_source_asset *asset, struct verify_declared *declared,
                          struct verify_computed *computed);

#endif
