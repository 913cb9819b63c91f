/* manifest.json of a cartridge: assets-pa-v1.md section 5. */
#ifndef PRPACK_VERIFY_CARTRIDGE_MANIFEST_H
#define PRPACK_VERIFY_CARTRIDGE_MANIFEST_H

#include "verify/core/report.h"

/* Checks a manifest's text: adds cartridge-manifest to report->findings for each fault. Fills report->cartridge with
 * what could be read. */
void verify_check_manifest(struct verify_report *report, const char *path, struct base_bytes text);

#endif
