/* The metadata of an asset in a few words, for people. */
#ifndef PRPACK_PRESENT_DETAILS_H
#define PRPACK_PRESENT_DETAILS_H

#include "base/text.h"
#include "service/report.h"

/* Appends such as "tiles of 16, 3 palettes" or "22,050 Hz, stereo, 1.92 s"; nothing for a bank without metadata of its
 * own, or where the metadata does not have it. */
void present_details_add(struct base_text *text, const struct service_report_asset *asset);

#endif
