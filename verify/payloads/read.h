/* Reads the payloads with several workers, each byte of the file once. */
#ifndef PRPACK_VERIFY_PAYLOADS_READ_H
#define PRPACK_VERIFY_PAYLOADS_READ_H

#include "verify/core/facts.h"
#include "verify/core/subject.h"

struct verify_whole_file {
    struct base_hash hash;
    bool has_hash;
};

struct verify_read_result {
    struct verify_whole_file whole_file;
    uint64_t bytes;      /* read; one that was read twice counts twice */
    int problem;         /* 0, or an errno value or base_file_problem */
    uint64_t problem_at; /* the lowest position that could not be read */
};

/* Fills facts->payloads, one zeroed element per entry, for the entries that are readable. With whole_wanted hashes the
 * file as well. After a problem the rest is unread: ECANCELED when the task was cancelled. */
void verify_read_payloads(const struct verify_subject *subject, const struct verify_facts *facts, bool whole_wanted,
                          struct verify_read_result *result);

#endif
