#include "present/lasting.h"

const char *const present_lasting[PRESENT_LASTING] = {
    "each",   "type",   "as",      "name", "tile-size", "pad",         "channels",
    "update", "anyway", "preload", "slot", "assets",    "max-decoded", "as-copy",
};
