#include "writer/strips.h"

#include "writer/image/png.h"
#include "writer/image/strip.h"

static uint32_t count_colours(struct writer_source *source, const struct writer_reporter *report)
{
    struct writer_png png;
    struct writer_image image = {.pixels = NULL};
    uint32_t count = 0;
    if (writer_png_open(&png, source, report) && writer_strip_side(png.width, png.height) != 0 &&
        writer_png_decode(&png, &image, NULL, report)) {
        count = writer_strip_of(&image).palette.count;
    }
    writer_image_free(&image);
    writer_png_close(&png);
    return count;
}

uint32_t writer_strip_colours(int root_fd, const char *name, struct base_findings *findings)
{
    struct writer_source source = {.file = BASE_FILE_CLOSED};
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    const struct writer_reporter report = {.findings = &unsaid};
    uint32_t count = writer_source_open_below(&source, root_fd, name) ? count_colours(&source, &report) : 0;
    writer_source_end(&source);
    findings->out_of_memory = findings->out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
    return count;
}
