/* manifest.json of a cartridge: assets-pa-v1.md section 5. Private to verify/. */
#ifndef PRPACK_VERIFY_MANIFEST_H
#define PRPACK_VERIFY_MANIFEST_H

#include "verify/examination.h"

/* Judges a manifest's text: cartridge-manifest for each fault. Fills report->cartridge with what could be read. */
void pp_examine_manifest(struct pp_report *report, const char *path, struct pp_bytes text);

#endif
