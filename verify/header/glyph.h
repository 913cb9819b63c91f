/* The rules of a GLYPH entry: assets-pa-v1.md 2.1, 4.2.7, 4.2.8. */
#ifndef PRPACK_VERIFY_HEADER_GLYPH_H
#define PRPACK_VERIFY_HEADER_GLYPH_H

#include "verify/header/bank.h"

extern const struct verify_bank verify_glyph_bank;

#endif
