#include "base/diagnostic.h"

static const struct diag_facts catalogue[DIAG_COUNT] = {
    [DIAG_NONE] = {"fine", DIAG_CLASS_C, "Nothing is wrong.", "Nothing to do."},
#define DIAG(number, symbol, id, class, meaning, remedy) [number] = {id, DIAG_CLASS_##class, meaning, remedy},
#include "base/diagnostics.def"
#undef DIAG
};

static const enum diag in_order[DIAG_POSITIONS] = {
#define DIAG(number, symbol, id, class, meaning, remedy) [DIAG_POSITION_##symbol] = DIAG_##symbol,
#include "base/diagnostics.def"
#undef DIAG
};

enum diag diag_at(unsigned position)
{
    return in_order[position];
}

const struct diag_facts *diag_facts(enum diag diagnostic)
{
    return &catalogue[diagnostic];
}

enum diag diag_from_id(struct base_bytes id)
{
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        if (base_bytes_equal(id, base_bytes_of_string(catalogue[i].id))) {
            return (enum diag)i;
        }
    }
    return DIAG_NONE;
}

const char *diag_class_letter(enum diag_class class_)
{
    switch (class_) {
    case DIAG_CLASS_L:
        return "L";
    case DIAG_CLASS_C:
        return "C";
    case DIAG_CLASS_W:
        return "W";
    case DIAG_CLASS_E:
        return "E";
    case DIAG_CLASS_U:
        return "U";
    }
    return "?";
}
