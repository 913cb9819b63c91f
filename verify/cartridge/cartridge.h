/* Cartridge directories: assets-pa-v1.md section 5. */
#ifndef PRPACK_VERIFY_CARTRIDGE_CARTRIDGE_H
#define PRPACK_VERIFY_CARTRIDGE_CARTRIDGE_H

#include "verify/core/options.h"
#include "verify/core/sink.h"

/* Checks a cartridge directory; fills report->cartridge and report->loads, and what assets.pa contains. */
void verify_check_cartridge(const struct verify_options *options, const char *directory, struct verify_sink *sink,
                            struct verify_report *report);

/* A .pmc file: a form that is only reserved. */
void verify_check_reserved(const char *path, struct verify_sink *sink, struct verify_report *report);

#endif
