#include "writer/image/picture_size.h"

#include "writer/image/palette_set.h"
#include "writer/image/sheet.h"
#include "writer/image/spacing.h"

#include <stdio.h>

/* No tile is smaller: whole tiles without gaps have such sides. */
enum { TILE_LEAST = 8, PIXELS_MAX = 4194304 };

/* Decodes a picture whose size no tiles fill. A picture that cannot be decoded looks like nothing: its size is reported
 * in any case. */
static bool look_for_spacing(struct writer_png *png, struct writer_spacing *spacing, struct base_findings *findings)
{
    if ((png->width % TILE_LEAST == 0 && png->height % TILE_LEAST == 0) ||
        (uint64_t)png->width * png->height > PIXELS_MAX) {
        return false;
    }
    struct writer_image image = {.pixels = NULL};
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    const struct writer_reporter report = {.findings = &unsaid};
    bool found = writer_png_decode(png, &image, NULL, &report) && writer_spacing_find(&image, spacing);
    writer_image_free(&image);
    findings->out_of_memory = findings->out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
    return found;
}

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static bool report_spacing(const struct writer_png *png, const struct writer_spacing *spacing,
                           const struct writer_reporter *report)
{
    char gap[48] = "";
    char margin[48] = "";
    char size[48];
    uint64_t width = (uint64_t)spacing->columns * spacing->tile;
    uint64_t height = (uint64_t)spacing->rows * spacing->tile;
    bool is_large = width * height > WRITER_SHEET_PIXELS;
    (void)snprintf(size, sizeof size, "%llu x %llu", (unsigned long long)width, (unsigned long long)height);
    if (spacing->gap > 0) {
        (void)snprintf(gap, sizeof gap, " with %u pixel%s between them", (unsigned)spacing->gap, plural(spacing->gap));
    }
    if (spacing->margin > 0) {
        (void)snprintf(margin, sizeof margin, "%s a margin of %u pixel%s", spacing->gap > 0 ? " and" : " with",
                       (unsigned)spacing->margin, plural(spacing->margin));
    }
    return writer_report(
        report, DIAG_IMAGE_SIZE,
        &(struct base_details){.expected = is_large ? "at most 65536 pixels, without gaps" : "whole tiles without gaps",
                               .cause = is_large ? DIAG_CAUSE_IMAGE_SPACED_LARGE : DIAG_CAUSE_IMAGE_SPACED,
                               .subject = size},
        "the image is %u x %u: it looks like a sheet of %u x %u tiles of %u x %u%s%s", (unsigned)png->width,
        (unsigned)png->height, (unsigned)spacing->columns, (unsigned)spacing->rows, (unsigned)spacing->tile,
        (unsigned)spacing->tile, gap, margin);
}

/* A row of single pixels that is too long for a strip (3.2.1), and not for a palette of other consoles. */
static bool is_long_palette(const struct writer_png *png)
{
    return png->height == 1 && png->width > WRITER_PALETTE_COLOURS && png->width <= WRITER_PNG_PALETTE_MAX;
}

static bool report_long_palette(const struct writer_png *png, const struct writer_reporter *report)
{
    return writer_report(
        report, DIAG_IMAGE_SIZE,
        &(struct base_details){.expected = "at most 16 colours in a palette", .cause = DIAG_CAUSE_IMAGE_PALETTE},
        "the image is %u x 1: it looks like a palette of %u colours", (unsigned)png->width, (unsigned)png->width);
}

bool writer_picture_check_size(struct writer_png *png, uint32_t tile_size, bool pad,
                               const struct writer_reporter *report)
{
    struct writer_spacing spacing;
    if (writer_sheet_takes(tile_size, pad, png->width, png->height)) {
        return true;
    }
    if (is_long_palette(png)) {
        return report_long_palette(png, report);
    }
    if (look_for_spacing(png, &spacing, report->findings)) {
        return report_spacing(png, &spacing, report);
    }
    return writer_sheet_check_size(tile_size, pad, png->width, png->height, report);
}
