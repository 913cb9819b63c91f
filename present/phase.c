#include "present/phase.h"

const char *present_phase_name(enum base_phase phase)
{
    static const char *const names[] = {
        [BASE_PHASE_LOADING] = "loading",     [BASE_PHASE_SCANNING] = "scanning",
        [BASE_PHASE_PROBING] = "probing",     [BASE_PHASE_PACKING] = "packing",
        [BASE_PHASE_HASHING] = "hashing",     [BASE_PHASE_WRITING] = "writing",
        [BASE_PHASE_SYNCING] = "syncing",     [BASE_PHASE_CHECKING] = "checking",
        [BASE_PHASE_EXAMINING] = "examining", [BASE_PHASE_COMPARING] = "comparing",
        [BASE_PHASE_PLANNING] = "planning",   [BASE_PHASE_PUBLISHING] = "publishing",
        [BASE_PHASE_WAITING] = "waiting",
    };
    return names[phase];
}

const char *present_unit_name(enum base_unit unit)
{
    static const char *const names[] = {
        [BASE_UNIT_BYTES] = "bytes", [BASE_UNIT_ASSETS] = "assets", [BASE_UNIT_FILES] = "files"};
    return names[unit];
}
