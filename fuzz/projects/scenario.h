/* A workspace made from a few bytes: registry, declarations and sources on disk, and what a pack of it must hold. */
#ifndef PRPACK_FUZZ_PROJECTS_SCENARIO_H
#define PRPACK_FUZZ_PROJECTS_SCENARIO_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

enum { SCENARIO_ASSETS = 20 };

struct scenario_asset {
    int32_t asset_id;
    bool included;
    int bank;                  /* 0 GLYPH, 1 SOUNDS, 2 SCENE */
    bool raw;                  /* the payload is the source */
    struct fuzz_text name;     /* UTF-8 */
    struct fuzz_text metadata; /* JSON text of an object, as declared; empty when not */
    struct fuzz_text source;   /* of raw formats */
    uint64_t decoded_size;     /* of raw formats */
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

#endif
