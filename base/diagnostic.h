/* The diagnostic catalogue: ids, classes, meanings and remedies, from diagnostics.def. Read-only, shared by all. */
#ifndef PRPACK_BASE_DIAGNOSTIC_H
#define PRPACK_BASE_DIAGNOSTIC_H

#include "base/bytes.h"

enum diag_class {
    DIAG_CLASS_L, /* the console would not load it */
    DIAG_CLASS_C, /* it is not what the packer promises */
    DIAG_CLASS_W, /* the workspace cannot be packed as it stands */
    DIAG_CLASS_E, /* the environment failed; nothing was judged */
    DIAG_CLASS_U  /* the command line is wrong */
};

enum diag {
    DIAG_NONE, /* no diagnostic */
#define DIAG(symbol, id, class, meaning, help) DIAG_##symbol,
#include "base/diagnostics.def"
#undef DIAG
    DIAG_COUNT
};

struct diag_facts {
    const char *id;
    enum diag_class class_;
    const char *meaning;
    const char *help;
};

/* The facts of a diagnostic other than DIAG_NONE. Static storage. */
const struct diag_facts *diag_facts(enum diag diagnostic);

/* DIAG_NONE when there is no such id. */
enum diag diag_from_id(struct base_bytes id);

/* "L", "C", "W", "E" or "U". */
const char *diag_class_letter(enum diag_class class_);

#endif
