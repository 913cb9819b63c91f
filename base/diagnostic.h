/* The diagnostic catalogue: ids, classes, meanings and remedies, from diagnostics.def. Read-only, shared by all. */
#ifndef PRPACK_BASE_DIAGNOSTIC_H
#define PRPACK_BASE_DIAGNOSTIC_H

#include "base/bytes.h"

enum pp_class {
    PP_CLASS_L, /* the console would not load it */
    PP_CLASS_C, /* it is not what the packer promises */
    PP_CLASS_W, /* the workspace cannot be packed as it stands */
    PP_CLASS_E, /* the environment failed; nothing was judged */
    PP_CLASS_U  /* the command line is wrong */
};

enum pp_diagnostic {
    PP_FINE, /* no diagnostic */
#define PP_DIAGNOSTIC(symbol, id, class, meaning, help) PP_##symbol,
#include "base/diagnostics.def"
#undef PP_DIAGNOSTIC
    PP_DIAGNOSTIC_COUNT
};

struct pp_diagnostic_facts {
    const char *id;
    enum pp_class class_;
    const char *meaning;
    const char *help;
};

/* The facts of a diagnostic other than PP_FINE. Static storage. */
const struct pp_diagnostic_facts *pp_diagnostic_facts(enum pp_diagnostic diagnostic);

/* PP_FINE when there is no such id. */
enum pp_diagnostic pp_diagnostic_from_id(struct pp_bytes id);

/* "L", "C", "W", "E" or "U". */
const char *pp_class_letter(enum pp_class class_);

#endif
