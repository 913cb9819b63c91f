/* From bytes to messages: docs/contracts/serve.md, 1. The framer reads nothing itself: it is handed bytes as they come,
 * however they are cut.
 *
 * Memory grows with the bytes that have come, never by a length that a header announces. Threads: a framer belongs to
 * one thread at a time. */
#ifndef PRPACK_SERVE_FRAME_H
#define PRPACK_SERVE_FRAME_H

#include "base/text.h"

enum {
    SERVE_HEADER_MOST = 8 << 10, /* bytes of a header with its empty line */
    SERVE_BODY_MOST = 16 << 20   /* bytes of a message */
};

enum serve_framing { SERVE_FRAMING_AUTO, SERVE_FRAMING_HEADER, SERVE_FRAMING_LINE };

/* What was found. */
enum serve_frame {
    SERVE_FRAME_MORE,    /* all bytes were taken, and no message is complete */
    SERVE_FRAME_MESSAGE, /* serve_framer_message has it */
    SERVE_FRAME_LONG,    /* a message above SERVE_BODY_MOST was skipped */
    SERVE_FRAME_MEMORY,  /* a message was skipped because memory ran out */
    SERVE_FRAME_BROKEN   /* a header that cannot be understood; every further call returns this again */
};

/* Private but for `framing`, which may be read: what it is, or SERVE_FRAMING_AUTO before the first byte that is not
 * blank.
 *
 * Invariants: `text` has the part of a body or of a line that has come; it is empty while a message is skipped. `line`
 * has the part of a header line that has come, so a header needs no memory; line_size <= header_size. left is what a
 * body lacks. header_size is the number of bytes of the header so far. */
struct serve_framer {
    enum serve_framing framing;
    enum { SERVE_IN_BLANKS, SERVE_IN_HEADER, SERVE_IN_BODY, SERVE_IN_LINE, SERVE_IN_NOTHING } state;
    struct base_text text;
    uint8_t line[SERVE_HEADER_MOST];
    size_t line_size;
    size_t header_size;
    bool has_length;
    uint64_t length;
    uint64_t left;
    bool skips;
    bool complete; /* `text` is the message that was returned last */
};

void serve_framer_init(struct serve_framer *framer, enum serve_framing framing);
void serve_framer_free(struct serve_framer *framer);

/* Takes bytes from the front of *input until something is found or none is left. */
enum serve_frame serve_framer_next(struct serve_framer *framer, struct base_bytes *input);

/* What the end of the input completes: a last line without its end. Else SERVE_FRAME_MORE. */
enum serve_frame serve_framer_end(struct serve_framer *framer);

/* The message that was found last. Valid until the next call. */
struct base_bytes serve_framer_message(const struct serve_framer *framer);

#endif
