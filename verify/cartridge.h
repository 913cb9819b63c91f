/* Cartridge directories: assets-pa-v1.md section 5. Private to verify/. */
#ifndef PRPACK_VERIFY_CARTRIDGE_H
#define PRPACK_VERIFY_CARTRIDGE_H

#include "verify/examination.h"

/* Judges a cartridge directory and gives report->loads. */
void pp_examine_cartridge(struct pp_report *report, const struct pp_verify_options *options, const char *directory);

/* A .pmc file: a form that is only reserved. */
void pp_examine_reserved(struct pp_report *report, const char *path);

#endif
