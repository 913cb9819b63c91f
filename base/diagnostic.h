/* The diagnostic catalogue: ids, classes, meanings and remedies, from diagnostics.def. Read-only, shared by all. */
#ifndef PRPACK_BASE_DIAGNOSTIC_H
#define PRPACK_BASE_DIAGNOSTIC_H

#include "base/bytes.h"

enum diag_class {
    DIAG_CLASS_L, /* the console would not load it */
    DIAG_CLASS_C, /* it is not what the packer promises */
    DIAG_CLASS_W, /* the workspace cannot be packed as it is */
    DIAG_CLASS_E, /* the environment failed; nothing was checked */
    DIAG_CLASS_U  /* the request is wrong */
};

/* Places in the order of the catalogue, which is by topic. */
enum diag_position {
#define DIAG(number, symbol, id, class, meaning, remedy) DIAG_POSITION_##symbol,
#include "base/diagnostics.def"
#undef DIAG
    DIAG_POSITIONS
};

/* Values are the numbers of the catalogue, 1 … DIAG_COUNT - 1 without a hole. They never change. */
enum diag {
    DIAG_NONE = 0, /* no diagnostic */
#define DIAG(number, symbol, id, class, meaning, remedy) DIAG_##symbol = (number),
#include "base/diagnostics.def"
#undef DIAG
    DIAG_COUNT = DIAG_POSITIONS + 1
};

struct diag_facts {
    const char *id;
    enum diag_class class_;
    const char *meaning;
    const char *remedy; /* in no front end's words */
};

/* The facts of a diagnostic other than DIAG_NONE. Static storage. */
const struct diag_facts *diag_facts(enum diag diagnostic);

/* The diagnostic at a place of the catalogue, below DIAG_POSITIONS. */
enum diag diag_at(unsigned position);

/* DIAG_NONE when there is no such id. */
enum diag diag_from_id(struct base_bytes id);

/* "L", "C", "W", "E" or "U". */
const char *diag_class_letter(enum diag_class class_);

#endif
