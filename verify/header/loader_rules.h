/* Class L in the header, and json-duplicate-key: what the reader finds, with a pointer to each place. */
#ifndef PRPACK_VERIFY_HEADER_LOADER_RULES_H
#define PRPACK_VERIFY_HEADER_LOADER_RULES_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

struct verify_loading {
    bool is_checked;  /* every rule was checked: memory did not run out */
    bool is_json;     /* the text is JSON; with is_checked */
    bool keys_repeat; /* json-duplicate-key was found */
};

/* Needs the header to be read. */
struct verify_loading verify_check_loading(const struct verify_subject *subject, const struct verify_facts *facts,
                                           struct verify_sink *sink);

#endif
