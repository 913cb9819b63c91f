/* Class L in the header, and json-duplicate-key: what the reader finds, with a pointer to each place. */
#ifndef PRPACK_VERIFY_HEADER_LOADER_RULES_H
#define PRPACK_VERIFY_HEADER_LOADER_RULES_H

#include "reader/header.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

struct verify_loading {
    bool is_checked;           /* every rule was checked: memory did not run out, and the task was not cancelled */
    bool is_json;              /* the text is JSON; with is_checked */
    bool keys_repeat;          /* json-duplicate-key was found */
    bool ids_ascend;           /* header.c sets it: every entry has an asset_id above the one before it */
    uint64_t size_without_cut; /* of the file; 0: it is not cut */
    bool has_table;
    struct reader_table table; /* with has_table: what the reader's general way made of the header */
};

/* Reads the header with the reader's general way, whatever the header looks like: the reader opens an ordinary pack
 * with the fast one, and agreement.c compares the two. Needs the header to be read. The caller frees the table. */
struct verify_loading verify_check_loading(const struct verify_subject *subject, const struct verify_facts *facts,
                                           struct verify_sink *sink);

#endif
