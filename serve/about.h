/* What the server says about itself. Running out of memory shows in the text. */
#ifndef PRPACK_SERVE_ABOUT_H
#define PRPACK_SERVE_ABOUT_H

#include "base/text.h"
#include "serve/frame.h"

/* Appends the result of `initialize`. */
void serve_about_add_hello(struct base_text *text, enum serve_framing framing);

/* Appends what a client needs before it starts the server. `program` is the path of the program. */
void serve_about_add(struct base_text *text, const char *program);

#endif
