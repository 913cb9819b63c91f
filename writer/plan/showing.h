/* A sprite whose pixels can be shown with what is found about them. Without a caller that wants pictures nothing is
 * kept.
 *
 * Begin it when the sprite is open, keep its pixels once they are decoded, and end it before the sprite is closed.
 * Threads: one at a time. */
#ifndef PRPACK_WRITER_PLAN_SHOWING_H
#define PRPACK_WRITER_PLAN_SHOWING_H

#include "writer/image/image.h"
#include "writer/image/tally.h"
#include "writer/plan/input.h"

struct writer_showing {
    const struct writer_work *work;
    struct writer_opened *opened;
    struct base_findings findings; /* of the sprite since the beginning */
    struct writer_marks marks;
    uint32_t *colours; /* of the pixels; NULL: not known */
    uint32_t width;
    uint32_t height;
};

/* Findings about the sprite go through *showing until it ends. */
void writer_showing_begin(struct writer_showing *showing, const struct writer_work *work, struct writer_opened *opened);
/* Copies the pixels of an image; one without pixels is left. */
void writer_showing_keep(struct writer_showing *showing, const struct writer_image *image);
/* Shows the sprite if a finding is about a pixel of it, and passes the findings on. */
void writer_showing_end(struct writer_showing *showing);

#endif
