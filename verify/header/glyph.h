/* The rules of a GLYPH entry: assets-pa-v1.md 2.1, 4.2.7, 4.2.8. */
#ifndef PRPACK_VERIFY_HEADER_GLYPH_H
#define PRPACK_VERIFY_HEADER_GLYPH_H

#include "verify/header/bank.h"

/* Checks metadata and sizes. When they are valid, adds what the payload stage needs to view->known. */
void verify_check_glyph(const struct verify_entry_view *view);

#endif
