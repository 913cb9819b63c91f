/* Cartridge directories: assets-pa-v1.md section 5. Private to verify/. */
#ifndef PRPACK_VERIFY_CARTRIDGE_CARTRIDGE_H
#define PRPACK_VERIFY_CARTRIDGE_CARTRIDGE_H

#include "verify/core/examination.h"

/* Judges a cartridge directory and gives report->loads. */
void verify_check_cartridge(struct verify_report *report, const struct verify_options *options, const char *directory);

/* A .pmc file: a form that is only reserved. */
void verify_check_reserved(struct verify_report *report, const char *path);

#endif
