#include "writer/sound/ending.h"

#include "writer/sound/chain.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 65536, PLACES_MAX = 4096 };

/* What looks at a piece of the file. Returns false to end the reading. */
typedef bool (*piece_visitor)(void *context, uint64_t at, struct base_bytes piece);

/* Reads from `at` up to the end of the file in pieces of PIECE bytes; each begins with the last `overlap` bytes of the
 * one before it. False when it was cancelled, or could not be read, which is reported. */
static bool visit_pieces(const struct writer_chunks *chunks, uint64_t at, size_t overlap, piece_visitor visit,
                         void *context)
{
    uint64_t end = chunks->bytes->file->size;
    uint8_t *buffer = malloc(PIECE);
    if (buffer == NULL) {
        return writer_report_memory(chunks->report->findings);
    }
    int problem = 0;
    bool cancelled = false;
    for (bool more = true; more && at < end;) {
        size_t size = end - at < PIECE ? (size_t)(end - at) : PIECE;
        cancelled = base_task_cancelled(chunks->bytes->task);
        problem = cancelled ? 0 : writer_sound_read(chunks->bytes, at, buffer, size);
        more = !cancelled && problem == 0 && visit(context, at, base_bytes_make(buffer, size)) && size == PIECE;
        at += size - overlap;
    }
    free(buffer);
    return problem == 0 ? !cancelled : writer_report_read(chunks->report, problem);
}

/* ---- Converted line ends ---- */

struct lines {
    bool with_returns; /* whether a byte 0x0D is to come before each byte 0x0A, or before none */
    bool alike;        /* so it is */
    uint64_t feeds;    /* bytes 0x0A */
    uint8_t last;
};

static bool count_lines(void *context, uint64_t at, struct base_bytes piece)
{
    struct lines *lines = context;
    (void)at;
    for (size_t i = 0; i < piece.size && lines->alike; i++) {
        if (piece.data[i] == '\n') {
            lines->alike = (lines->last == '\r') == lines->with_returns;
            lines->feeds++;
        }
        lines->last = piece.data[i];
    }
    return lines->alike;
}

static bool refuse_lines(const struct writer_chunks *chunks, struct writer_ending_size whole, uint64_t counted,
                         uint64_t countable)
{
    bool grown = countable > counted;
    uint64_t difference = grown ? countable - counted : counted - countable;
    return writer_report(
        chunks->report, DIAG_SOUND_INVALID,
        &(struct base_details){.place = {BASE_AT_BYTE(whole.at, whole.size)},
                               .expected = writer_decimal(countable).text,
                               .actual = writer_decimal(counted).text,
                               .remedy = "Mark sounds as binary for version control, and fetch the "
                                         "file again."},
        "the line ends of the file were converted as if it were text (%s): it has %" PRIu64 " byte%s %s than it says",
        grown ? "LF to CR LF" : "CR LF to LF", difference, difference == 1 ? "" : "s", grown ? "more" : "less");
}

bool writer_ending_check_lines(const struct writer_chunks *chunks, struct writer_ending_size whole)
{
    uint8_t number[8];
    uint64_t has = chunks->bytes->file->size - chunks->origin;
    if (chunks->at >= chunks->bytes->file->size) {
        return true; /* no other bytes follow the last chunk */
    }
    int problem = writer_sound_read(chunks->bytes, whole.at, number, whole.size);
    if (problem != 0) {
        return writer_report_read(chunks->report, problem);
    }
    uint64_t counted = writer_sound_load(number, whole.size, chunks->big_endian);
    uint64_t countable = has - whole.uncounted; /* the head alone is larger */
    uint64_t difference = countable > counted ? countable - counted : counted - countable;
    struct lines lines = {.with_returns = countable > counted, .alike = true};
    if (difference == 0 || difference > has) {
        return true;
    }
    if (!visit_pieces(chunks, chunks->origin, 0, count_lines, &lines)) {
        return false;
    }
    return !lines.alike || difference > lines.feeds || refuse_lines(chunks, whole, counted, countable);
}

/* ---- Chunks at the end ---- */

static const char *const wav_ids[] = {"LIST", "smpl", "inst", "cue ", "fact", "bext", "iXML", "axml",
                                      "_PMX", "id3 ", "ID3 ", "acid", "strc", "DISP", "LGWV", "afsp",
                                      "JUNK", "PAD ", "FLLR", "PEAK", "chna", "umid", "cart", NULL};
static const char *const aiff_ids[] = {"COMM", "MARK", "INST", "NAME", "AUTH", "(c) ", "ANNO", "COMT",
                                       "APPL", "MIDI", "AESD", "ID3 ", "CHAN", "FVER", NULL};

/* Places where one of the ids is. */
struct places {
    const char *const *ids;
    size_t count;
    uint64_t at[PLACES_MAX];
};

static bool is_listed(const char *const *ids, const uint8_t *id)
{
    while (*ids != NULL && memcmp(*ids, id, WRITER_CHUNK_ID) != 0) {
        ids++;
    }
    return *ids != NULL;
}

static bool note_places(void *context, uint64_t at, struct base_bytes piece)
{
    struct places *places = context;
    for (size_t i = 0; piece.size >= WRITER_CHUNK_ID && i <= piece.size - WRITER_CHUNK_ID; i += 2) {
        if (is_listed(places->ids, piece.data + i)) {
            places->at[places->count++] = at + i;
            if (places->count == PLACES_MAX) {
                return false;
            }
        }
    }
    return true;
}

static bool refuse_chunks(const struct writer_chunks *chunks, uint64_t at)
{
    uint8_t id[WRITER_CHUNK_ID];
    int problem = writer_sound_read(chunks->bytes, at, id, sizeof id);
    return problem != 0
               ? writer_report_read(chunks->report, problem)
               : writer_report(
                     chunks->report, DIAG_SOUND_INVALID,
                     &(struct base_details){
                         .place = {BASE_AT_BYTE(at, WRITER_CHUNK_ID)},
                         .remedy = "Export the sound to a file, not to a pipe, so that it says how long it is."},
                     "the sound does not say how long it is, and the file ends with chunks, from "
                     "\"%.4s\" on: it cannot be known where the samples end",
                     (const char *)id);
}

static bool check_places(const struct writer_chunks *chunks, uint64_t begin, struct places *places)
{
    bool found;
    uint64_t first;
    /* A place needs an even distance, so pieces overlap by the two bytes of an id that has begun. */
    return visit_pieces(chunks, begin, WRITER_CHUNK_ID - 2, note_places, places) &&
           writer_chain_find(chunks, places->at, places->count, &found, &first) &&
           (!found || refuse_chunks(chunks, first));
}

bool writer_ending_check_samples(const struct writer_chunks *chunks, uint64_t begin, bool aiff)
{
    struct places *places = calloc(1, sizeof *places);
    if (places == NULL) {
        return writer_report_memory(chunks->report->findings);
    }
    places->ids = aiff ? aiff_ids : wav_ids;
    bool fine = check_places(chunks, begin, places);
    free(places);
    return fine;
}
