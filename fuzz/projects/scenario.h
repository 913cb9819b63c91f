/* A workspace made from a few bytes: registry, declarations and sources on disk, and what a pack of it must hold. */
#ifndef PRPACK_FUZZ_PROJECTS_SCENARIO_H
#define PRPACK_FUZZ_PROJECTS_SCENARIO_H

#include "fuzz/lib/harness.h"
#include "fuzz/oracle/naive_json.h"

enum { SCENARIO_ASSETS = 20 };

struct scenario_asset {
    int32_t asset_id;
    bool included;
    int bank;                   /* 0 GLYPH, 1 SOUNDS, 2 SCENE */
    bool raw;                   /* the payload is the source */
    struct naive_text name;     /* UTF-8 */
    struct naive_text metadata; /* JSON text of an object, as declared; empty when not */
    struct naive_text source;   /* of raw formats */
    uint64_t decoded_size;      /* of raw formats */
    bool preload;
    int slot; /* declared, or -1 */
};

struct scenario {
    struct scenario_asset assets[SCENARIO_ASSETS]; /* in rising asset_id */
    size_t count;
    bool certain; /* nothing in it can be refused */
    bool wrong;   /* something in it must be refused */
};

/* Draws a workspace from the input and writes it to "project" in the scratch directory. Every choice takes bytes from
 * the tail of the input, contents of sources from its front. raw_only keeps away from images and sound files; wrongs
 * lets things be wrong. Free it. */
void scenario_draw(struct scenario *scenario, struct base_bytes *input, bool raw_only, bool wrongs);
void scenario_free(struct scenario *scenario);

/* ---- For scenario_*.c ---- */

/* Draws the value of metadata: an object of at most `levels` levels. */
void scenario_draw_metadata(struct naive_text *out, struct base_bytes *input, unsigned levels, const char *const fixed);
/* Appends a JSON string with this value, spelt in one of the ways there are. */
void scenario_spell(struct naive_text *out, struct base_bytes *input, struct base_bytes value);
void scenario_add(struct naive_text *out, const char *string);
__attribute__((format(printf, 2, 3))) void scenario_addf(struct naive_text *out, const char *format, ...);

#endif
