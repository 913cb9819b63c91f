#include "writer/sound/flac_decode.h"

#include "writer/layout.h"
#include "writer/source.h"

#include <FLAC/stream_decoder.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* libFLAC does not see the file's metadata: it reads a FLAC that has STREAMINFO alone. */
enum { HEAD_SIZE = 4 + 4 + WRITER_STREAMINFO_SIZE };

struct decoding {
    const struct writer_sound_bytes *bytes;
    const struct writer_flac *flac;
    writer_frames_sink sink;
    void *context;
    uint8_t head[HEAD_SIZE];
    size_t head_read;
    uint64_t at;     /* in the file, once the head is read */
    uint64_t frames; /* decoded so far */
    uint64_t blocks; /* likewise */
    uint64_t end;    /* of the last of them in the file */
    bool lost;       /* something that is not a block comes there */
    int problem;     /* of the first failed read */
    bool stopped;    /* by the sink or the task */
    bool damaged;
    int32_t samples[WRITER_PIECE_FRAMES * WRITER_SOURCE_CHANNELS_MAX];
};

static FLAC__StreamDecoderReadStatus read_bytes(const FLAC__StreamDecoder *decoder, FLAC__byte out[], size_t *size,
                                                void *context)
{
    struct decoding *decoding = context;
    (void)decoder;
    if (decoding->head_read < HEAD_SIZE) {
        size_t rest = HEAD_SIZE - decoding->head_read;
        *size = *size < rest ? *size : rest;
        memcpy(out, decoding->head + decoding->head_read, *size);
        decoding->head_read += *size;
        return FLAC__STREAM_DECODER_READ_STATUS_CONTINUE;
    }
    uint64_t rest = decoding->bytes->file->size - decoding->at;
    *size = *size < rest ? *size : (size_t)rest;
    if (*size == 0) {
        return FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
    }
    decoding->stopped = base_task_cancelled(decoding->bytes->task);
    decoding->problem = decoding->stopped ? 0 : writer_sound_read(decoding->bytes, decoding->at, out, *size);
    decoding->at += *size;
    return decoding->stopped || decoding->problem != 0 ? FLAC__STREAM_DECODER_READ_STATUS_ABORT
                                                       : FLAC__STREAM_DECODER_READ_STATUS_CONTINUE;
}

/* Where the next byte is that libFLAC asks for. */
static FLAC__StreamDecoderTellStatus tell(const FLAC__StreamDecoder *decoder, FLAC__uint64 *position, void *context)
{
    const struct decoding *decoding = context;
    (void)decoder;
    *position = decoding->head_read + (decoding->at - decoding->flac->first_block);
    return FLAC__STREAM_DECODER_TELL_STATUS_OK;
}

/* Hands part of a block on: its samples, scaled to 32 bits. */
static bool hand_on(struct decoding *decoding, const FLAC__int32 *const channels[], size_t begin, size_t frames)
{
    unsigned shift = WRITER_DEPTH_MAX - decoding->flac->depth;
    size_t count = 0;
    for (size_t i = begin; i < begin + frames; i++) {
        for (uint32_t channel = 0; channel < decoding->flac->channels; channel++) {
            decoding->samples[count++] = (int32_t)((uint32_t)channels[channel][i] << shift);
        }
    }
    return decoding->sink(decoding->context, decoding->samples, frames);
}

static FLAC__StreamDecoderWriteStatus take_block(const FLAC__StreamDecoder *decoder, const FLAC__Frame *block,
                                                 const FLAC__int32 *const channels[], void *context)
{
    struct decoding *decoding = context;
    const FLAC__FrameHeader *header = &block->header;
    (void)decoder;
    decoding->damaged = decoding->damaged || header->channels != decoding->flac->channels ||
                        header->bits_per_sample != decoding->flac->depth;
    for (size_t done = 0; done < header->blocksize && !decoding->damaged && !decoding->stopped;) {
        size_t rest = header->blocksize - done;
        size_t frames = rest < WRITER_PIECE_FRAMES ? rest : WRITER_PIECE_FRAMES;
        decoding->stopped = !hand_on(decoding, channels, done, frames);
        done += frames;
    }
    if (decoding->damaged || decoding->stopped) {
        return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
    }
    decoding->frames += header->blocksize;
    decoding->blocks++;
    return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

static void take_error(const FLAC__StreamDecoder *decoder, FLAC__StreamDecoderErrorStatus status, void *context)
{
    struct decoding *decoding = context;
    (void)decoder;
    if (!decoding->damaged) { /* the first one says what is wrong */
        decoding->lost = status == FLAC__STREAM_DECODER_ERROR_STATUS_LOST_SYNC;
    }
    decoding->damaged = true;
}

/* Decodes block by block: what comes after the last one is not read, because tags may lie there. */
static bool decode_blocks(struct decoding *decoding, FLAC__StreamDecoder *decoder, uint64_t frames)
{
    while (decoding->frames < frames && !decoding->damaged && !decoding->stopped) {
        if (!FLAC__stream_decoder_process_single(decoder) ||
            FLAC__stream_decoder_get_state(decoder) == FLAC__STREAM_DECODER_END_OF_STREAM) {
            break;
        }
        FLAC__uint64 position;
        if (!decoding->damaged && FLAC__stream_decoder_get_decode_position(decoder, &position)) {
            decoding->end = decoding->flac->first_block + (position - HEAD_SIZE);
        }
    }
    return decoding->frames == frames && !decoding->damaged && !decoding->stopped;
}

static bool report_end(const struct decoding *decoding, const FLAC__StreamDecoder *decoder,
                       const struct writer_reporter *report)
{
    if (decoding->problem != 0) {
        return writer_report_read(report, decoding->problem);
    }
    if (decoding->stopped) {
        return false;
    }
    if (FLAC__stream_decoder_get_state(decoder) == FLAC__STREAM_DECODER_MEMORY_ALLOCATION_ERROR) {
        return writer_report_memory(report->findings);
    }
    const struct base_details details = {.place = {BASE_AT_BYTE(decoding->end, 0), BASE_AT_FRAME(decoding->frames)}};
    if (decoding->lost && decoding->blocks > 0) {
        return writer_report(report, DIAG_SOUND_INVALID, &details,
                             "after block %" PRIu64 " of the FLAC comes something that is not a block",
                             decoding->blocks - 1);
    }
    return writer_report(report, DIAG_SOUND_INVALID, &details, "block %" PRIu64 " of the FLAC is damaged",
                         decoding->blocks);
}

static bool decode(struct decoding *decoding, FLAC__StreamDecoder *decoder, uint64_t frames,
                   const struct writer_reporter *report)
{
    (void)FLAC__stream_decoder_set_md5_checking(decoder, true);
    if (FLAC__stream_decoder_init_stream(decoder, read_bytes, NULL, tell, NULL, NULL, take_block, NULL, take_error,
                                         decoding) != FLAC__STREAM_DECODER_INIT_STATUS_OK) {
        return writer_report_memory(report->findings);
    }
    if (!decode_blocks(decoding, decoder, frames)) {
        return report_end(decoding, decoder, report);
    }
    return FLAC__stream_decoder_finish(decoder) ||
           writer_report(report, DIAG_SOUND_INVALID, NULL,
                         "the samples do not have the MD5 that the FLAC records: it is damaged");
}

bool writer_flac_decode(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t frames,
                        writer_frames_sink sink, void *context, const struct writer_reporter *report)
{
    static const uint8_t begin[] = {'f', 'L', 'a', 'C', 0x80, 0, 0, WRITER_STREAMINFO_SIZE};
    struct decoding *decoding = calloc(1, sizeof *decoding);
    FLAC__StreamDecoder *decoder = decoding != NULL ? FLAC__stream_decoder_new() : NULL;
    bool done = false;
    if (decoder == NULL) {
        done = writer_report_memory(report->findings);
    } else {
        decoding->bytes = bytes;
        decoding->flac = flac;
        decoding->sink = sink;
        decoding->context = context;
        decoding->at = flac->first_block;
        memcpy(decoding->head, begin, sizeof begin);
        memcpy(decoding->head + sizeof begin, flac->streaminfo, WRITER_STREAMINFO_SIZE);
        done = decode(decoding, decoder, frames, report);
        FLAC__stream_decoder_delete(decoder);
    }
    free(decoding);
    return done;
}
