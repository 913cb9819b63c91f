/* The rules of a SOUNDS entry: assets-pa-v1.md 2.2. */
#ifndef PRPACK_VERIFY_HEADER_SOUND_H
#define PRPACK_VERIFY_HEADER_SOUND_H

#include "verify/header/bank.h"

extern const struct verify_bank verify_sound_bank;

#endif
