/* Findings about pixels of a sprite. Threads: as for the asset. */
#ifndef PRPACK_VERIFY_SOURCES_REPORT_PIXELS_H
#define PRPACK_VERIFY_SOURCES_REPORT_PIXELS_H

#include "verify/sources/source.h"
#include "verify/sources/tally.h"

/* Adds a finding about the pixels of a tally, at least one, of a picture that is called `shown`. The text says what is
 * wrong; how many pixels and where is added to it. details may be NULL; of its place only the palette counts. */
__attribute__((format(printf, 6, 7))) void
verify_report_pixels(const struct verify_source_asset *asset, enum diag diagnostic, const char *shown,
                     const struct verify_tally *tally, const struct base_details *details, const char *format, ...);

#endif
