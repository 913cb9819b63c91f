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

#define PROJECT_UUID "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10"
#define REGISTRY_RECORD(id, uuid, root)                                                                                \
    "{'asset_id':" id ",'asset_uuid':'" uuid "','root':'" root "','included_in_build':true}"
#define REGISTRY(next, records) "{'schema_version':1,'next_asset_id':" next ",'assets':[" records "]}"

/* One asset in a pack of its own, and the project that it came from. */
struct project {
    const char *header;        /* pattern of the pack's header: one entry with asset_id 1 */
    struct base_bytes payload; /* the whole region */
    const char *declaration;   /* pattern of asset.json; NULL: none is written */
    struct source sources[8];
    size_t source_count;
    size_t last_source_times; /* how often the last one is recorded; 0: once */
    const char *tiles;        /* pattern; NULL: the document is of version 1 */
    const char *pipeline;     /* pattern of what is recorded, or NULL */
};

/* Writes assets/.prometeu/index.json from a pattern. */
void registry_write(const char *pattern);

/* The text of a declaration: see DECLARED_AS. header is the pattern of the pack's header. The caller frees it. */
char *declaration_make(const char *declaration, const char *header);

/* Writes the registry and PROJECT/assets/ROOT and returns the build; ROOT is "root", PROJECT is unit_path("project").
 */
struct build project_make(const struct project *project);

/* Verifies the build with --sources and compares what is found. */
void check_sources(const struct build *build, const char *expected, const char *file, unsigned line);
#define CHECK_SOURCES(build, expected) check_sources(build, expected, __FILE__, __LINE__)
/* Both together. */
void check_project(const struct project *project, const char *expected, const char *file, unsigned line);
#define CHECK_PROJECT(project, expected) check_project(project, expected, __FILE__, __LINE__)

/* '@' stands for the type that the format has, '~' for the metadata of the entry in the header. */
#define DECLARED_AS(format, inputs, name, preload, more)                                                               \
    "{'schema_version':1,'asset_uuid':'" PROJECT_UUID "','name':'" name "','type':'@','inputs':{" inputs               \
    "},'output':{'format':'" format "','codec':'NONE','metadata':~" more "},'preload':" preload "}"
#define DECLARED(format, inputs, name, preload) DECLARED_AS(format, inputs, name, preload, "")
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
