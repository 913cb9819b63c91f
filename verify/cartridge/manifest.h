/* manifest.json of a cartridge: assets-pa-v1.md section 5. */
#ifndef PRPACK_VERIFY_CARTRIDGE_MANIFEST_H
#define PRPACK_VERIFY_CARTRIDGE_MANIFEST_H

#include "verify/core/sink.h"

/* cartridge-manifest: checks a manifest's text. Fills report->cartridge with what could be read. */
void verify_check_manifest(const char *path, struct base_bytes text, struct verify_sink *sink,
                           struct verify_report *report);

#endif
