#include "base/diagnostic.h"

static const struct pp_diagnostic_facts catalogue[PP_DIAGNOSTIC_COUNT] = {
    [PP_FINE] = {"fine", PP_CLASS_C, "Nothing is wrong.", "Nothing to do."},
#define PP_DIAGNOSTIC(symbol, id, class, meaning, help) [PP_##symbol] = {id, PP_CLASS_##class, meaning, help},
#include "base/diagnostics.def"
#undef PP_DIAGNOSTIC
};

const struct pp_diagnostic_facts *pp_diagnostic_facts(enum pp_diagnostic diagnostic)
{
    return &catalogue[diagnostic];
}

enum pp_diagnostic pp_diagnostic_from_id(struct pp_bytes id)
{
    for (unsigned i = PP_FINE + 1; i < PP_DIAGNOSTIC_COUNT; i++) {
        if (pp_bytes_equal(id, pp_bytes_of_string(catalogue[i].id))) {
            return (enum pp_diagnostic)i;
        }
    }
    return PP_FINE;
}

const char *pp_class_letter(enum pp_class class_)
{
    switch (class_) {
    case PP_CLASS_L:
        return "L";
    case PP_CLASS_C:
        return "C";
    case PP_CLASS_W:
        return "W";
    case PP_CLASS_E:
        return "E";
    case PP_CLASS_U:
        return "U";
    }
    return "?";
}
