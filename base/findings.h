/* A finding, the one way to report it, and the list that it goes to. Workspace, writer and verifier add to a list;
 * reports print it.
 *
 * A list owns its strings. Its memory is bounded for any input: it keeps at most BASE_FINDINGS_KEPT findings of each id
 * and counts the rest, by file (base/tally.h). When memory runs out, out_of_memory is set (base/text.h), the finding is
 * lost and every count but those of the tally stays right.
 * Threads: a list belongs to one thread at a time; base/parallel.h merges the lists of several. */
#ifndef PRPACK_BASE_FINDINGS_H
#define PRPACK_BASE_FINDINGS_H

#include "base/cause.h"
#include "base/lines.h"
#include "base/tally.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

enum { BASE_FINDINGS_KEPT = 100 };

/* Where a finding is. Zero-initialise, then name what is known. Its strings are borrowed until the finding is added. */
struct base_place {
    const char *file;         /* path as the user knows it, or NULL */
    const char *json_pointer; /* RFC 6901, or NULL */
    const char *image;        /* path of a picture that shows the place, or NULL */

    /* In any file: BASE_AT_BYTE. */
    uint64_t byte_offset;
    uint64_t length; /* bytes at fault from there; 0: not known */

    /* In a text. base_report finds the last three when it is lent a cursor. */
    struct base_lines *lines; /* or NULL */
    uint64_t line;            /* of the byte, from 1; 0: not known, and nor are the next two */
    uint64_t column;          /* in bytes, from 1 */
    uint64_t character_utf16; /* code units of UTF-16 before the byte in its line */

    /* In a picture: BASE_AT_PIXEL, BASE_AT_TILE, BASE_NEAR_PALETTE. */
    uint64_t tile;    /* with the pixel, counted row by row from 0 */
    uint64_t pixels;  /* that have this cause; 0: not known */
    uint64_t tiles;   /* in so many of its tiles; 0: not known */
    uint32_t x, y;    /* the first pixel is 0, 0 */
    uint32_t palette; /* index of the palette that is nearest */

    unsigned request_field; /* which part of the request it is about, as the operation numbers them; 0: none */
    uint64_t frame;         /* of a sound, from 0: BASE_AT_FRAME */
    int64_t asset_id;

    bool has_byte_offset, has_pixel, has_tile, has_palette, has_frame, has_asset_id;
};

/* Initialisers of a place: what is known, with its has_… member. */
#define BASE_AT_BYTE(at, size) .has_byte_offset = true, .byte_offset = (at), .length = (size)
#define BASE_AT_PIXEL(column, row) .has_pixel = true, .x = (column), .y = (row)
#define BASE_AT_TILE(number) .has_tile = true, .tile = (number)
#define BASE_NEAR_PALETTE(index) .has_palette = true, .palette = (index)
#define BASE_AT_FRAME(number) .has_frame = true, .frame = (number)
#define BASE_NOWHERE ((struct base_place){.file = NULL})

struct base_finding {
    enum diag diagnostic;
    enum diag_class class_; /* of this finding: json-duplicate-key can have either of two */
    enum base_severity severity;
    bool promoted;           /* it was a warning, and counts as an error: base/policy.h */
    struct base_place place; /* its strings are those below; its `lines` is NULL */
    char *file;              /* or NULL; owned */
    char *json_pointer;      /* or NULL; owned */
    char *image;             /* or NULL; owned */
    char *message;           /* one line, no full stop needed, no file name: the place has that */
    char *expected;          /* or NULL */
    char *actual;            /* or NULL */
    enum diag_cause cause;   /* DIAG_CAUSE_NONE unless the id has several */
    char *subject;           /* what the remedy of the cause speaks of; or NULL */
    char *remedy;            /* what to do, of this finding alone; NULL: as the cause or the id says */
};

struct base_findings {
    struct base_finding *items;
    size_t count; /* kept */
    size_t capacity;
    uint64_t total[DIAG_COUNT];                /* found, kept or not; warnings too */
    uint64_t errors[DIAG_CLASS_U + 1];         /* found with severity BASE_ERROR, by class */
    uint64_t promoted;                         /* found as warnings; they are errors, of no class */
    struct base_tally tally;                   /* all of these, by file and id; and those that are ignored */
    uint64_t ignored;                          /* not counted above */
    uint64_t ignored_errors[DIAG_CLASS_U + 1]; /* likewise, by class */
    bool out_of_memory;
};

void base_findings_init(struct base_findings *findings);
void base_findings_free(struct base_findings *findings);

/* What a finding has besides its id and its message. Zero-initialise, then name what is known. All of it is borrowed.
 * A value is a string, taken as it is, or bytes of the input (NULL data: none), which are shortened and made printable.
 */
struct base_details {
    struct base_place place;
    const char *expected;
    const char *actual;
    struct base_bytes expected_bytes;
    struct base_bytes actual_bytes;
    enum diag_cause cause; /* of the diagnostic */
    const char *subject;   /* for the place that the remedy of the cause has for it, such as the path of an asset */
    const char *remedy; /* a sentence that says what to do, where only the finding knows it. Only a front end names its
                           commands and options here */
    bool has_class;     /* it has another class than the catalogue says */
    enum diag_class class_;
    enum base_severity severity;
};

/* Adds a finding. This is the one way to add one: every other function that reports calls it. The message, the bytes
 * and the line are looked at only if the finding is kept. details may be NULL. */
__attribute__((format(printf, 4, 5))) void base_report(struct base_findings *findings, enum diag diagnostic,
                                                       const struct base_details *details, const char *format, ...);
__attribute__((format(printf, 4, 0))) void base_reportv(struct base_findings *findings, enum diag diagnostic,
                                                        const struct base_details *details, const char *format,
                                                        va_list arguments);

/* Whether base_report would keep a finding of this id, or only count it: where more than a message has to be made. */
bool base_findings_keeps(const struct base_findings *findings, enum diag diagnostic);

/* Gives each finding about a pixel the path of a picture that shows it. Without one (NULL), nothing is changed. When
 * memory runs out, out_of_memory is set. */
void base_findings_set_image(struct base_findings *findings, const char *image);

/* Makes findings about the asset `from` findings about the asset *to, or about no known asset (NULL). */
void base_findings_set_asset(struct base_findings *findings, int64_t from, const int64_t *to);

/* Appends all of `from` to `to` in order, ORs the sticky bit, and empties `from`. */
void base_findings_move(struct base_findings *to, struct base_findings *from);

/* Puts errors before warnings; each of the two groups stays in order. When memory runs out, all stay as they are. */
void base_findings_order(struct base_findings *findings);

/* Hands a list over: returns what `from` has and leaves it empty. */
struct base_findings base_findings_take(struct base_findings *from);

/* Whether there is an error of a class. A warning that counts as an error is none: it decides no verdict. */
bool base_findings_any(const struct base_findings *findings, enum diag_class class_);
/* Errors of every class together, and warnings that count as errors. */
uint64_t base_findings_errors(const struct base_findings *findings);
uint64_t base_findings_warnings(const struct base_findings *findings);

/* As what a finding is counted. */
struct base_tally_kind base_finding_kind(const struct base_finding *finding);
/* Frees what a finding owns, which is taken out of its list. */
void base_finding_free(struct base_finding *finding);

#endif
