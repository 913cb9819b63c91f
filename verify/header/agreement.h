/* Whether the reader and the verifier agree about a pack.
 *
 * The reader has two parsers of the header: a fast one for canonical headers, which opens nearly every pack, and a
 * general one. The verifier reads with the general one (loader_rules.c), so that the two check each other: the reader
 * opens a pack exactly when no finding of class L is made, and both make the same table. Anything else is a fault of
 * this program, `internal`. Part of the order in pack.c: the reader opens the same bytes first. */
#ifndef PRPACK_VERIFY_HEADER_AGREEMENT_H
#define PRPACK_VERIFY_HEADER_AGREEMENT_H

#include "reader/header.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* The longest header, in bytes, of which two tables are compared (assets-pa-v1.md 4.3). */
enum { VERIFY_SECOND_READING_MAX = 64 << 20 };

/* What the reader says. */
struct verify_opening {
    struct pp_pack *pack;  /* NULL: refused, or the header is longer than VERIFY_SECOND_READING_MAX */
    struct pp_error error; /* DIAG_NONE: the reader opens the pack */
    bool is_canonical;     /* and takes its header for canonical */
};

/* Asks the reader to open the same bytes. The caller closes the opening. */
void verify_open_with_reader(const struct verify_subject *subject, struct verify_opening *opening);
/* Closes the pack, if it is open; the rest stays. */
void verify_opening_close(struct verify_opening *opening);

/* Compares the reader's table with that of the general parser; table is NULL when there is none. Does nothing when the
 * pack is not open, or when class L has findings. */
void verify_check_tables(const struct verify_subject *subject, const struct verify_opening *opening,
                         const struct reader_table *table, struct verify_sink *sink);

/* Compares what the reader said with the findings so far. Needs the prelude and the header to be checked. */
void verify_check_agreement(const struct verify_subject *subject, const struct verify_facts *facts,
                            const struct verify_opening *opening, struct verify_sink *sink);

#endif
