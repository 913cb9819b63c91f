/* What the writer's tests are made of: pictures, sounds and workspaces built by hand, and checks of findings. */
#ifndef PRPACK_TESTS_WRITER_KIT_H
#define PRPACK_TESTS_WRITER_KIT_H

#include "base/findings.h"
#include "base/text.h"
#include "tests/lib/unit.h"
#include "workspace/workspace.h"
#include "writer/source.h"

/* A PNG to be made. rows are as PNG stores them (packed samples, 16 bits big endian), row after row. */
struct kit_png {
    uint32_t width;
    uint32_t height;
    int bit_depth;
    int colour_type; /* PNG_COLOR_TYPE_… */
    bool interlaced;
    const uint32_t *palette; /* 0xRRGGBB */
    int palette_count;
    const uint8_t *alpha; /* indexed: alpha of the first entries */
    int alpha_count;
    const uint16_t *transparent; /* one grey or three samples that are transparent */
    const uint8_t *rows;
};

/* The file's bytes; free with base_text_free. */
struct base_text kit_png_make(const struct kit_png *png);
/* Makes and writes it below unit_directory(). */
void kit_png_write(const char *relative, const struct kit_png *png);
/* An indexed 8-bit PNG whose entry 0 is transparent. */
void kit_png_indexed(const char *relative, uint32_t width, uint32_t height, const uint32_t *palette, int palette_count,
                     const uint8_t *indices);
/* A truecolour 8-bit PNG with alpha; pixels are 0xAARRGGBB. */
void kit_png_rgba(const char *relative, uint32_t width, uint32_t height, const uint32_t *pixels);

/* Writes a sound file with libsndfile: format as SF_FORMAT_… combines them; samples as 32-bit integers. */
void kit_sound(const char *relative, int format, int rate, int channels, const int *samples, size_t frames);

/* A workspace whose assets are declared in memory; sources are written with unit_write_file below "assets/". */
struct kit {
    struct workspace workspace; /* directory is "." */
    struct base_findings findings;
};

void kit_begin(struct kit *kit);
/* Adds an asset; metadata is JSON text. root is also its name. */
struct workspace_asset *kit_add(struct kit *kit, int32_t asset_id, const char *root, enum workspace_asset_type type,
                                enum workspace_format format, const char *metadata);
/* Adds inputs; call it in the order of roles. */
void kit_input(struct workspace_asset *asset, enum workspace_role role, const char *path);
/* Adds an input of role palettes at an index. */
void kit_palette(struct workspace_asset *asset, uint32_t index, const char *path);
/* Adds a sprite as an object; a negative tile or palette is not declared. */
void kit_sprite(struct workspace_asset *asset, const char *path, int tile, int palette);
void kit_preload(struct workspace_asset *asset, int slot); /* -1: the packer chooses */
void kit_pipeline(struct workspace_asset *asset, const char *json);
void kit_end(struct kit *kit);

/* Runs the writer into unit_directory()/NAME, which is made. */
bool kit_write(struct kit *kit, const char *name, unsigned jobs);
/* A file below unit_directory(); the caller frees. */
struct base_text kit_read(const char *relative);

/* A source over a file below unit_directory(). */
struct writer_source kit_source(const char *relative);
struct writer_reporter kit_report(struct base_findings *findings);

/* Finding number `index` is this one; file may be NULL where it does not matter, message NULL too. */
void kit_check_finding(const struct base_findings *findings, size_t index, enum diag diagnostic, const char *file,
                       int64_t byte_offset, const char *message, const char *at, unsigned line);
#define CHECK_FINDING(findings, index, diagnostic, file, byte_offset, message)                                         \
    kit_check_finding((findings), (index), (diagnostic), (file), (byte_offset), (message), __FILE__, __LINE__)

#endif
