#include "writer/marked.h"

#include "writer/image/palette_file.h"
#include "writer/image/png.h"

#include <stdlib.h>

enum { MARK = 0xFF00FF };

/* What was seen so far. */
struct look {
    bool own_palettes; /* there are no palette files */
    size_t palettes;   /* whose entry 0 is the mark */
    bool used;         /* a pixel has it */
};

/* Whether a picture is opaque everywhere; notes whether a pixel has the mark. */
static bool look_at_pixels(const struct writer_image *image, struct look *look)
{
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        uint32_t argb = writer_image_colour(image, i);
        look->used = look->used || argb == (0xFF000000 | MARK);
        if (argb >> 24 != 255) {
            return false;
        }
    }
    return true;
}

static bool look_at_picture(struct writer_source *source, struct look *look, const struct writer_reporter *report)
{
    struct writer_png png;
    struct writer_image image = {.pixels = NULL};
    bool marked =
        writer_png_open(&png, source, report) && !png.keyed && (uint64_t)png.width * png.height <= WRITER_SHEET_PIXELS;
    if (marked && png.indexed && look->own_palettes) {
        marked = (png.palette[0] & 0xFFFFFF) == MARK;
        look->palettes += marked;
    }
    marked = marked && writer_png_decode(&png, &image, NULL, report) && look_at_pixels(&image, look);
    writer_image_free(&image);
    writer_png_close(&png);
    return marked;
}

static bool look_at_palette(struct writer_source *source, struct look *look, const struct writer_reporter *report)
{
    struct writer_palette palette;
    bool marked = writer_palette_read(source, &palette, report) && palette.colours[0] == MARK;
    look->palettes += marked;
    return marked;
}

typedef bool (*visitor)(struct writer_source *source, struct look *look, const struct writer_reporter *report);

/* Whether all files of a list are as the mark wants them. */
static bool look_at_all(int root_fd, const struct base_names *names, visitor visit, struct look *look,
                        struct base_findings *findings)
{
    const struct writer_reporter report = {.findings = findings};
    bool marked = true;
    for (size_t i = 0; marked && i < names->count; i++) {
        struct writer_source source = {.file = BASE_FILE_CLOSED};
        marked = writer_source_open_below(&source, root_fd, names->items[i]) && visit(&source, look, &report);
        writer_source_end(&source);
    }
    return marked;
}

bool writer_pictures_are_marked(int root_fd, const struct base_names *pictures, const struct base_names *palettes,
                                struct base_findings *findings)
{
    struct look look = {.own_palettes = palettes->count == 0};
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    bool marked = look_at_all(root_fd, palettes, look_at_palette, &look, &unsaid) &&
                  look_at_all(root_fd, pictures, look_at_picture, &look, &unsaid);
    findings->out_of_memory = findings->out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
    return marked && look.palettes > 0 && look.used;
}
