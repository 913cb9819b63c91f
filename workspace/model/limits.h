/* The workspace's one table of names and limits: docs/contracts/workspace.md. Texts beside a number say the same to the
 * user and change together with it. */
#ifndef PRPACK_WORKSPACE_MODEL_LIMITS_H
#define PRPACK_WORKSPACE_MODEL_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* 1. Names of files. The registry and its directory lie below assets/, an anchor in each asset root. */
#define WORKSPACE_REGISTRY_DIRECTORY ".prometeu"
#define WORKSPACE_REGISTRY_NAME "index.json"
#define WORKSPACE_REGISTRY_PATH WORKSPACE_REGISTRY_DIRECTORY "/" WORKSPACE_REGISTRY_NAME
#define WORKSPACE_ANCHOR_NAME "asset.json"
#define WORKSPACE_GITIGNORE_NAME ".gitignore"
#define WORKSPACE_GITIGNORE_PATH WORKSPACE_REGISTRY_DIRECTORY "/" WORKSPACE_GITIGNORE_NAME
#define WORKSPACE_GITATTRIBUTES_NAME ".gitattributes"
#define WORKSPACE_GITATTRIBUTES_PATH WORKSPACE_REGISTRY_DIRECTORY "/" WORKSPACE_GITATTRIBUTES_NAME
#define WORKSPACE_IGNORE_PATH WORKSPACE_REGISTRY_DIRECTORY "/ignore"

/* 1.2 Largest documents, in bytes. */
#define WORKSPACE_REGISTRY_BYTES_MAX (UINT64_C(256) << 20)
#define WORKSPACE_ANCHOR_BYTES_MAX (UINT64_C(1) << 20)
/* 1.4 */
#define WORKSPACE_IGNORE_BYTES_MAX (UINT64_C(1) << 16)
/* 5. Files for git, where prpack adds a line to what is there. */
#define WORKSPACE_GIT_FILE_BYTES_MAX (UINT64_C(1) << 16)

/* 2^53-1: the largest integer that a double keeps, and so every JSON library. */
#define WORKSPACE_INTEGER_MAX INT64_C(9007199254740991)

/* 3. Slots of each bank. */
enum { WORKSPACE_SLOT_COUNT = 16 };
#define WORKSPACE_SLOTS_TEXT "0 to 15"

/* 3.1 GLYPH: palettes of a sheet, and the sheet's sides in pixels. */
enum { WORKSPACE_PALETTE_COUNT = 64, WORKSPACE_SHEET_SIDE = 256 };
/* 3.5: tiles of the largest sheet, of 8 x 8 pixels each. */
enum { WORKSPACE_TILE_COUNT = 1024 };
#define WORKSPACE_PALETTES_TEXT "at most 64 palettes"
#define WORKSPACE_PALETTE_INDEX_TEXT "an integer from 0 to 63"

/* 3.1 GLYPH: tile sizes in pixels are powers of two from MIN to MAX. `add` takes at most DEFAULT when none is asked
 * for. */
enum { WORKSPACE_TILE_SIZE_MIN = 8, WORKSPACE_TILE_SIZE_DEFAULT = 16, WORKSPACE_TILE_SIZE_MAX = 32 };
#define WORKSPACE_TILE_SIZES_TEXT "8, 16 or 32"

static inline bool workspace_is_tile_size(uint64_t size)
{
    return size >= WORKSPACE_TILE_SIZE_MIN && size <= WORKSPACE_TILE_SIZE_MAX && (size & (size - 1)) == 0;
}

#endif
