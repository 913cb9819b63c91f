/* An input of an asset, opened for reading in order. Threads: one at a time. */
#ifndef PRPACK_WRITER_PLAN_INPUT_H
#define PRPACK_WRITER_PLAN_INPUT_H

#include "writer/plan/plan.h"

/* report.place.file is owned here and lives until the input is closed. */
struct writer_opened {
    struct writer_source source;
    struct writer_reporter report;
    struct writer_input_facts *facts;
    char *display;
};

/* Opens an input and makes sure that it is the file it was before. Marks the input faulty when that fails. Close it in
 * either case. */
bool writer_input_open(const struct writer_work *work, size_t input, struct writer_opened *opened);

/* Reads the rest, so that the facts have the hash of all of it. Marks the input faulty when that fails. */
bool writer_input_finish(struct writer_opened *opened);

void writer_input_close(struct writer_opened *opened);

/* The findings of an input that was opened, from the first fault on, make it faulty. Always false. */
bool writer_input_mark_faulty(struct writer_opened *opened);

#endif
