/* The catalogue of diagnostics for people. */
#ifndef PRPACK_PRESENT_CATALOGUE_H
#define PRPACK_PRESENT_CATALOGUE_H

#include "present/output.h"

/* What a class means: its letter, a colon, and a sentence without its full stop. Static storage. */
const char *present_class_words(enum diag_class class_);

/* All diagnostics as the document docs/contracts/diagnostics.md, on output->out. */
void present_catalogue_document(const struct present_output *output);

#endif
