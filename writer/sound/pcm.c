#include "writer/sound/pcm.h"

#include "writer/layout.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WIDTH_MAX = 4 };

bool writer_pcm_check(struct writer_pcm *pcm, struct writer_sound_form *form, const struct writer_reporter *report)
{
    if (form->depth.value < 1 || form->depth.value > WRITER_DEPTH_MAX) {
        return writer_report(report, DIAG_SOUND_FORMAT,
                             &(struct base_details){.place = {BASE_AT_BYTE(form->depth.at, form->depth.size)},
                                                    .expected = "1 to 32",
                                                    .actual = writer_decimal(form->depth.value).text},
                             "the number of bits per sample is out of range");
    }
    pcm->width = (uint32_t)(form->depth.value + 7) / 8;
    uint64_t frame_size = pcm->width * form->channels.value;
    if (frame_size == 0) {
        return true; /* no channels: that is reported as such */
    }
    form->frames = pcm->size / frame_size;
    uint64_t left = pcm->size % frame_size;
    if (left != 0) {
        return writer_report(report, DIAG_SOUND_INVALID,
                             &(struct base_details){.place = {BASE_AT_BYTE(pcm->begin + pcm->size - left, left)},
                                                    .expected = "whole frames"},
                             "%" PRIu64 " byte%s left after %" PRIu64 " frame%s of %" PRIu64 " bytes", left,
                             left == 1 ? " is" : "s are", form->frames, form->frames == 1 ? "" : "s", frame_size);
    }
    return form->frames > 0 ||
           writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.place = {BASE_AT_BYTE(pcm->begin, 0)}},
                         "the sound has no samples");
}

/* One sample, scaled to 32 bits. */
static int32_t load(const struct writer_pcm *pcm, const uint8_t *at)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < pcm->width; i++) {
        value |= (uint32_t)at[pcm->big_endian ? i : pcm->width - 1 - i] << (24 - 8 * i);
    }
    if (pcm->is_unsigned && pcm->width == 1) {
        value ^= UINT32_C(0x80000000);
    }
    return (int32_t)value;
}

struct piece {
    uint8_t stored[WRITER_PIECE_FRAMES * WRITER_SOURCE_CHANNELS_MAX * WIDTH_MAX];
    int32_t samples[WRITER_PIECE_FRAMES * WRITER_SOURCE_CHANNELS_MAX];
};

static bool decode(const struct writer_sound_bytes *bytes, const struct writer_pcm *pcm,
                   const struct writer_sound_form *form, struct piece *piece, writer_frames_sink sink, void *context,
                   const struct writer_reporter *report)
{
    uint64_t frame_size = form->channels.value * pcm->width;
    for (uint64_t frame = 0; frame < form->frames;) {
        uint64_t rest = form->frames - frame;
        size_t frames = rest < WRITER_PIECE_FRAMES ? (size_t)rest : WRITER_PIECE_FRAMES;
        size_t samples = frames * (size_t)form->channels.value;
        if (base_task_cancelled(bytes->task)) {
            return false;
        }
        int problem = writer_sound_read(bytes, pcm->begin + frame * frame_size, piece->stored, samples * pcm->width);
        if (problem != 0) {
            return writer_report_read(report, problem);
        }
        for (size_t i = 0; i < samples; i++) {
            piece->samples[i] = load(pcm, piece->stored + i * pcm->width);
        }
        if (!sink(context, piece->samples, frames)) {
            return false;
        }
        frame += frames;
    }
    return true;
}

bool writer_pcm_decode(const struct writer_sound_bytes *bytes, const struct writer_pcm *pcm,
                       const struct writer_sound_form *form, writer_frames_sink sink, void *context,
                       const struct writer_reporter *report)
{
    struct piece *piece = malloc(sizeof *piece);
    if (piece == NULL) {
        return writer_report_memory(report->findings);
    }
    bool done = decode(bytes, pcm, form, piece, sink, context, report);
    free(piece);
    return done;
}
