/* What a header is found to be, by both ways of parsing and by opening it: id and position. */
#ifndef PRPACK_TESTS_READER_FAULTS_H
#define PRPACK_TESTS_READER_FAULTS_H

#include "reader/header.h"

enum { FAULTS_MAX = 64 };

struct faults {
    struct reader_fault items[FAULTS_MAX]; /* in the order they were reported */
    size_t count;
    enum reader_header_result result;
};

/* Parses the general way, into *table unless that is NULL. */
struct faults faults_of(struct base_bytes header, const struct reader_header_frame *frame, struct reader_table *table);

/* The frame of a header that is followed at once by `payload` bytes. */
struct reader_header_frame frame_after(struct base_bytes header, uint64_t payload);

/* Checks that the pattern (see builder.h) has exactly these faults of class L, in rising position, one at each mark,
 * and that opening the pack fails with the first one that was reported. */
void check_faults(const char *file, unsigned line, const char *pattern, const enum diag *expected, size_t count);
/* Checks that both ways accept the pattern, or the general one alone. */
void check_loads(const char *file, unsigned line, const char *pattern, bool canonical);

#define CHECK_FAULT(diagnostic, pattern) check_faults(__FILE__, __LINE__, pattern, (const enum diag[]){diagnostic}, 1)
#define CHECK_FAULTS(pattern, ...)                                                                                     \
    check_faults(__FILE__, __LINE__, pattern, (const enum diag[]){__VA_ARGS__},                                        \
                 sizeof((const enum diag[]){__VA_ARGS__}) / sizeof(enum diag))
#define CHECK_LOADS(pattern) check_loads(__FILE__, __LINE__, pattern, false)
#define CHECK_LOADS_CANONICAL(pattern) check_loads(__FILE__, __LINE__, pattern, true)

/* Whether two tables say the same, row_at aside. */
bool tables_equal(const struct reader_table *a, const struct reader_table *b);

#endif
