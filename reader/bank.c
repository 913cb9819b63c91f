#include "reader/pack.h"

static const char *const bank_names[PP_BANK_COUNT] = {
    [PP_BANK_GLYPH] = "GLYPH", [PP_BANK_SOUNDS] = "SOUNDS", [PP_BANK_SCENE] = "SCENE"};

const char *pp_bank_name(enum pp_bank bank)
{
    return (unsigned)bank < PP_BANK_COUNT ? bank_names[bank] : "";
}
