/* A project directory with sources, and builds that claim to come from it. */
#ifndef PRPACK_TESTS_VERIFY_PROJECT_H
#define PRPACK_TESTS_VERIFY_PROJECT_H

#include "tests/verify/builder.h"

/* One source file below the asset root. */
struct source {
    const char *path;
    const void *data;
    size_t size;
};

/* One asset in a pack of its own, and the project that it came from. */
struct project {
    const char *header;        /* pattern of the pack's header: one entry with asset_id 1 */
    struct base_bytes payload; /* the whole region */
    const char *declaration;   /* pattern of asset.json; NULL: none is written */
    struct source sources[4];
    size_t source_count;
};

/* Writes PROJECT/assets/ROOT and returns the build; ROOT is "root", PROJECT is unit_path("project"). */
struct build project_make(const struct project *project);

/* Verifies the build with --sources and compares what is found. */
void check_sources(const struct build *build, const char *expected, const char *file, unsigned line);
#define CHECK_SOURCES(build, expected) check_sources(build, expected, __FILE__, __LINE__)
/* Both together. */
void check_project(const struct project *project, const char *expected, const char *file, unsigned line);
#define CHECK_PROJECT(project, expected) check_project(project, expected, __FILE__, __LINE__)

#define DECLARED(format, inputs, name, preload)                                                                        \
    "{'inputs':{" inputs "},'name':'" name "','output':{'format':'" format "'},'preload':" preload "}"
/* The declaration of an asset that is called a and not preloaded. */
#define DECLARATION(format, inputs) DECLARED(format, inputs, "a", "{'enabled':false}")

/* ---- Images ---- */

struct image {
    uint32_t width, height;
    int bit_depth;
    int color_type; /* PNG_COLOR_TYPE_… */
    bool interlaced;
    const uint8_t *rows; /* as libpng takes them, packed, back to back */
    size_t row_size;
    const uint8_t *palette; /* red, green, blue of each colour */
    int palette_size;
    const uint8_t *alpha; /* of the colours of a palette */
    int alpha_size;
};

struct base_text png_make(const struct image *image);

/* ---- Sounds ---- */

struct sound {
    int format; /* SF_FORMAT_… */
    int rate;
    int channels;
    const int *samples; /* upper 16 bits: the sample */
    size_t frames;
};

/* Encodes a sound through libsndfile into memory. */
struct base_text sound_make(const struct sound *sound);

#endif
