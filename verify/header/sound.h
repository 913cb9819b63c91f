/* The rules of a SOUNDS entry: assets-pa-v1.md 2.2. */
#ifndef PRPACK_VERIFY_HEADER_SOUND_H
#define PRPACK_VERIFY_HEADER_SOUND_H

#include "verify/header/bank.h"

/* Checks metadata and sizes. When they are valid, adds what the payload stage needs to view->known. */
void verify_check_sound(const struct verify_entry_view *view);

#endif
