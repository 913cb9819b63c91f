/* The rule of a SCENE entry: assets-pa-v1.md 2.3, 4.2.15. */
#ifndef PRPACK_VERIFY_HEADER_SCENE_H
#define PRPACK_VERIFY_HEADER_SCENE_H

#include "verify/header/bank.h"

extern const struct verify_bank verify_scene_bank;

#endif
