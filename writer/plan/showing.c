#include "writer/plan/showing.h"

#include <stdlib.h>
#include <string.h>

void writer_showing_begin(struct writer_showing *showing, const struct writer_work *work, struct writer_opened *opened)
{
    *showing = (struct writer_showing){.work = work, .opened = opened};
    base_findings_init(&showing->findings);
    if (work->subject.pictures != NULL) {
        opened->report.findings = &showing->findings;
        opened->report.marks = &showing->marks;
    }
}

void writer_showing_keep(struct writer_showing *showing, const struct writer_image *image)
{
    size_t count = (size_t)image->width * image->height;
    if (showing->work->subject.pictures == NULL || image->pixels == NULL || count > WRITER_SHEET_PIXELS) {
        return;
    }
    showing->colours = calloc(count, sizeof *showing->colours);
    if (showing->colours == NULL) {
        showing->findings.out_of_memory = true;
        return;
    }
    showing->width = image->width;
    showing->height = image->height;
    for (size_t i = 0; i < count; i++) {
        showing->colours[i] = writer_image_colour(image, i);
    }
}

static bool has_marks(const struct writer_marks *marks)
{
    size_t i = 0;
    while (i < WRITER_SHEET_PIXELS / 64 && marks->bits[i] == 0) {
        i++;
    }
    return i < WRITER_SHEET_PIXELS / 64;
}

/* The number of a sprite in the declaration. */
static size_t sprite_of(const struct workspace_declaration *declaration, size_t input)
{
    size_t number = 0;
    for (size_t i = 0; i < input; i++) {
        number += declaration->inputs[i].role == WORKSPACE_ROLE_SPRITES;
    }
    return number;
}

static char *show(const struct writer_showing *showing)
{
    const struct writer_subject *subject = &showing->work->subject;
    const struct workspace_declaration *declaration = &subject->asset->declaration;
    size_t input = showing->opened->report.input;
    const struct writer_picture picture = {
        .asset_id = subject->asset->record->asset_id,
        .sprite = sprite_of(declaration, input),
        .path = declaration->inputs[input].path,
        .width = showing->width,
        .height = showing->height,
        .tile_size = declaration->tile_size,
        .colours = showing->colours,
        .marks = showing->marks.bits,
    };
    return subject->pictures->show(subject->pictures->context, &picture);
}

void writer_showing_end(struct writer_showing *showing)
{
    struct writer_opened *opened = showing->opened;
    if (showing->work->subject.pictures == NULL) {
        return;
    }
    if (showing->colours != NULL && has_marks(&showing->marks)) {
        char *path = show(showing);
        base_findings_set_image(&showing->findings, path);
        free(path);
    }
    free(showing->colours);
    showing->colours = NULL;
    opened->report.findings = showing->work->subject.findings;
    opened->report.marks = NULL;
    base_findings_move(opened->report.findings, &showing->findings);
}
