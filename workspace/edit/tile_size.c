#include "workspace/edit/tile_size.h"

#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/not_png.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* PNG, 5.2 and 11.2.2: signature, length and type of IHDR, width, height. */
enum { HEADER_SIZE = 24, WIDTH_AT = 16, HEIGHT_AT = 20 };

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* Reads width and height. A size of 0 says that the file is not a PNG. */
static int read_size(int root_fd, const char *name, uint32_t *width, uint32_t *height)
{
    static const uint8_t start[WIDTH_AT] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                            0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    uint8_t header[HEADER_SIZE];
    struct base_file file;
    *width = 0;
    *height = 0;
    int problem = base_file_open_below(&file, root_fd, name);
    if (problem == 0) {
        problem = base_file_read_at(&file, 0, header, sizeof header);
    }
    if (problem == 0 && memcmp(header, start, sizeof start) == 0) {
        *width = big_endian(header + WIDTH_AT);
        *height = big_endian(header + HEIGHT_AT);
    }
    base_file_close(&file);
    return problem == BASE_FILE_SHRUNK ? 0 : problem;
}

struct sizes {
    uint32_t tile_size; /* the largest so far that divides all; 0 when none does */
    uint32_t asked;     /* or 0 */
};

static void fit(struct sizes *sizes, uint32_t width, uint32_t height)
{
    while (sizes->tile_size >= WORKSPACE_TILE_SIZE_MIN &&
           (width % sizes->tile_size != 0 || height % sizes->tile_size != 0)) {
        sizes->tile_size /= 2;
    }
}

/* Says what a file is instead of a PNG. */
static void report_not_png(struct workspace_addition *add, const char *name, const struct base_place *place)
{
    uint8_t begin[BASE_MEDIUM_BYTES];
    struct base_file file;
    struct base_text text = BASE_TEXT_EMPTY;
    size_t size = 0;
    if (base_file_open_below(&file, add->root_fd, name) == 0) {
        size = file.size < sizeof begin ? (size_t)file.size : sizeof begin;
        size = base_file_read_at(&file, 0, begin, size) == 0 ? size : 0;
    }
    const char *remedy = workspace_not_png(base_bytes_make(begin, size), &text);
    base_file_close(&file);
    base_report(add->findings, DIAG_IMAGE_INVALID, &(struct base_details){.place = *place, .remedy = remedy}, "%s",
                base_text_string(&text));
    base_text_release(&text, &add->findings->out_of_memory);
}

/* Up to the next multiple. */
static uint64_t round_up(uint32_t size, uint32_t tile_size)
{
    return ((uint64_t)size + tile_size - 1) / tile_size * tile_size;
}

/* One PNG. False when the file is not one, or when no tile size that may be chosen divides it, and it is not padded. */
static bool check_image(struct workspace_addition *add, const char *name, struct sizes *sizes)
{
    uint32_t width;
    uint32_t height;
    int problem = read_size(add->root_fd, name, &width, &height);
    uint32_t least = sizes->asked != 0 ? sizes->asked : WORKSPACE_TILE_SIZE_MIN;
    bool is_whole = add->options->pad || (width % least == 0 && height % least == 0);
    if (problem == 0 && width != 0 && height != 0 && is_whole) {
        fit(sizes, width, height);
        return true;
    }
    char *path = workspace_assets_path(add->workspace->assets_path, add->root, name);
    const struct base_place place = {.file = path};
    add->findings->out_of_memory = add->findings->out_of_memory || path == NULL;
    if (problem != 0) {
        workspace_report_read_problem(add->findings, &place, problem, DIAG_INPUT_MISSING, "there is no such file");
    } else if (width == 0 || height == 0) {
        report_not_png(add, name, &place);
    } else {
        char expected[48];
        char actual[48];
        (void)snprintf(expected, sizeof expected, "multiples of %" PRIu32, least);
        (void)snprintf(actual, sizeof actual, "%" PRIu32 " x %" PRIu32, width, height);
        bool large = (uint64_t)width * height > (uint64_t)WORKSPACE_SHEET_SIDE * WORKSPACE_SHEET_SIDE;
        char padded[48];
        (void)snprintf(padded, sizeof padded, "%" PRIu64 " x %" PRIu64, round_up(width, least),
                       round_up(height, least));
        base_report(add->findings, DIAG_IMAGE_SIZE,
                    &(struct base_details){
                        .place = place,
                        .expected = large ? "at most 256 x 256" : expected,
                        .actual = actual,
                        .cause = large ? DIAG_CAUSE_IMAGE_LARGE : DIAG_CAUSE_IMAGE_TILES_NEW,
                        .subject = padded,
                    },
                    large ? "the image is larger than a sheet" : "the image does not divide into whole tiles");
    }
    free(path);
    return false;
}

bool workspace_add_tile_size(struct workspace_addition *add, const struct workspace_files *files, uint32_t asked,
                             uint32_t *tile_size)
{
    struct sizes sizes = {.tile_size = asked != 0 ? asked : WORKSPACE_TILE_SIZE_DEFAULT, .asked = asked};
    bool fine = true;
    for (size_t i = 0; i < files->count; i++) {
        if (files->items[i].kind == WORKSPACE_FILE_PNG) {
            fine = check_image(add, files->items[i].name, &sizes) && fine;
        }
    }
    if (asked != 0) {
        *tile_size = asked;
    } else { /* with padding any size will do */
        *tile_size =
            sizes.tile_size >= WORKSPACE_TILE_SIZE_MIN ? sizes.tile_size : (uint32_t)WORKSPACE_TILE_SIZE_DEFAULT;
    }
    return fine;
}
