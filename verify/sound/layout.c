#include "verify/sound/layout.h"

#include <inttypes.h>

enum { DS64_SIZE = 24, DS64_DATA_SIZE = 8, SSND_HEAD = 8 };
#define SIZE_IS_IN_DS64 UINT32_MAX

/* One search. */
struct search {
    struct verify_sound_bytes *bytes;
    const struct verify_sound_container *container;
    struct verify_sound_layout *layout;
};

static bool fail(const struct search *search, uint64_t at, uint64_t length, const char *expected, const char *text)
{
    return verify_sound_fail(search->bytes->fault, DIAG_SOUND_INVALID, at, length, expected, "%s: %s",
                             search->container->name, text);
}

/* ---- Chunks that count ---- */

static const char *form_id(const struct search *search)
{
    return verify_sound_is_aiff(search->container->kind) ? "COMM" : "fmt ";
}

static const char *samples_id(const struct search *search)
{
    return verify_sound_is_aiff(search->container->kind) ? "SSND" : "data";
}

static struct verify_sound_chunk *place_of(const struct search *search, const struct verify_sound_chunk *chunk)
{
    struct verify_sound_layout *layout = search->layout;
    if (verify_sound_chunk_is(chunk, form_id(search))) {
        return &layout->form;
    }
    if (!verify_sound_is_aiff(search->container->kind)) {
        return verify_sound_chunk_is(chunk, "smpl") ? &layout->loops : NULL;
    }
    if (verify_sound_chunk_is(chunk, "INST")) {
        return &layout->instrument;
    }
    return verify_sound_chunk_is(chunk, "MARK") ? &layout->markers : NULL;
}

/* The first of its id counts. */
static void keep(const struct search *search, const struct verify_sound_chunk *chunk)
{
    struct verify_sound_chunk *place = place_of(search, chunk);
    if (place != NULL && !place->is_there) {
        *place = *chunk;
    }
}

/* ---- Up to the samples ---- */

/* The first chunk of an RF64. */
static bool check_first(const struct search *search, const struct verify_sound_chunk *chunk)
{
    if (search->container->kind != VERIFY_SOUND_RF64) {
        return true;
    }
    if (!verify_sound_chunk_is(chunk, "ds64")) {
        return fail(search, chunk->at, sizeof chunk->id, "ds64", "the first chunk is not ds64");
    }
    if (chunk->size < DS64_SIZE) {
        return fail(search, chunk->size_at, 0, "24 or more", "ds64 is too short");
    }
    search->layout->sizes = *chunk;
    return true;
}

static bool report_end(const struct search *search, uint64_t at)
{
    uint64_t size = search->bytes->file->size;
    if (at < size) {
        return fail(search, at, 0, "a chunk", "no chunk begins where the one before it ends");
    }
    return fail(search, size, 0, samples_id(search), "the file ends before its samples");
}

/* A chunk that comes before the samples. */
static bool check_inside(const struct search *search, const struct verify_sound_chunk *chunk)
{
    const struct base_file *file = search->bytes->file;
    if (chunk->too_small) {
        return fail(search, chunk->size_at, 0, "24 or more", "a chunk is smaller than its own head");
    }
    if (!verify_sound_chunk_is_inside(chunk, file)) {
        return verify_sound_fail(search->bytes->fault, DIAG_SOUND_INVALID, chunk->size_at, 0, NULL,
                                 "%s: a chunk of %" PRIu64 " bytes passes the end of the file; %" PRIu64 " are left",
                                 search->container->name, chunk->size, file->size - chunk->begin);
    }
    return true;
}

static bool find_samples(const struct search *search)
{
    uint64_t at = search->container->chunks;
    struct verify_sound_chunk chunk;
    for (unsigned count = 0; count <= VERIFY_SOUND_CHUNKS_MAX; count++) {
        if (at >= search->bytes->file->size || !verify_sound_chunk_read(search->bytes, search->container, at, &chunk)) {
            return report_end(search, at);
        }
        if (count == 0 && !check_first(search, &chunk)) {
            return false;
        }
        if (verify_sound_chunk_is(&chunk, samples_id(search))) {
            search->layout->samples = chunk;
            return true;
        }
        if (!check_inside(search, &chunk)) {
            return false;
        }
        keep(search, &chunk);
        at = verify_sound_chunk_next(&chunk, search->container);
    }
    return fail(search, at, 0, samples_id(search), "the samples do not come after at most 4,096 chunks");
}

/* ---- The length ---- */

/* What a program writes that does not know the length yet. */
static bool is_placeholder(uint64_t number)
{
    return (number >= 0x7EFF0000 && number <= 0x80000000) || (number >= 0xFFFF0000 && number <= 0xFFFFFFFF) ||
           number >= UINT64_C(1) << 62;
}

/* The size of an RF64's samples may be in ds64. */
static bool take_size(const struct search *search)
{
    struct verify_sound_chunk *samples = &search->layout->samples;
    if (search->layout->sizes.is_there && samples->number == SIZE_IS_IN_DS64) {
        uint64_t at = search->layout->sizes.begin + DS64_DATA_SIZE;
        const uint8_t *size = verify_sound_bytes_at(search->bytes, at, sizeof samples->size);
        if (size == NULL) {
            return false;
        }
        samples->size_at = at;
        samples->number = base_load_le64(size);
        samples->size = samples->number;
    }
    return true;
}

static bool check_length(const struct search *search)
{
    struct verify_sound_chunk *samples = &search->layout->samples;
    if (!take_size(search)) {
        return false;
    }
    uint64_t rest = search->bytes->file->size - samples->begin;
    if (samples->too_small && samples->number != 0) {
        return fail(search, samples->size_at, 0, "24 or more", "a chunk is smaller than its own head");
    }
    bool unknown = samples->size == 0
                       ? rest > 0 && !verify_sound_is_chain(search->bytes, search->container, samples->begin)
                       : samples->size > rest && is_placeholder(samples->number);
    if (search->bytes->fault->found) {
        return false;
    }
    if (!unknown && samples->size > rest) {
        return verify_sound_fail(search->bytes->fault, DIAG_SOUND_INVALID, samples->size_at, 0, NULL,
                                 "%s: the samples are cut off: %" PRIu64 " bytes are announced, %" PRIu64 " are there",
                                 search->container->name, samples->size, rest);
    }
    samples->size = unknown ? rest : samples->size;
    search->layout->length_is_given = !unknown;
    return true;
}

/* Where the samples lie among the bytes of their chunk. */
static bool find_extent(const struct search *search)
{
    struct verify_sound_layout *layout = search->layout;
    const struct verify_sound_chunk *chunk = &layout->samples;
    layout->first_sample = chunk->begin;
    layout->sample_bytes = chunk->size;
    if (!verify_sound_is_aiff(search->container->kind)) {
        return true;
    }
    const uint8_t *head =
        chunk->size >= SSND_HEAD ? verify_sound_bytes_at(search->bytes, chunk->begin, SSND_HEAD) : NULL;
    if (head == NULL) {
        return fail(search, chunk->size_at, 0, NULL, "the chunk SSND does not have 8 bytes");
    }
    uint64_t skipped = verify_sound_u32(head, true);
    if (skipped > chunk->size - SSND_HEAD) {
        return fail(search, chunk->begin, sizeof(uint32_t), NULL, "the samples of the chunk SSND begin after its end");
    }
    layout->first_sample += SSND_HEAD + skipped;
    layout->sample_bytes -= SSND_HEAD + skipped;
    return true;
}

/* ---- After the samples ---- */

static void find_others(const struct search *search)
{
    uint64_t at = verify_sound_chunk_next(&search->layout->samples, search->container);
    struct verify_sound_chunk chunk;
    search->layout->end = at;
    for (unsigned count = 0; count < VERIFY_SOUND_CHUNKS_MAX && at < search->bytes->file->size; count++) {
        if (!verify_sound_chunk_read(search->bytes, search->container, at, &chunk) || chunk.too_small ||
            !verify_sound_chunk_is_inside(&chunk, search->bytes->file)) {
            return;
        }
        keep(search, &chunk);
        at = verify_sound_chunk_next(&chunk, search->container);
        search->layout->end = at;
    }
}

bool verify_sound_find_layout(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                              struct verify_sound_layout *layout)
{
    *layout = (struct verify_sound_layout){.length_is_given = false};
    const struct search search = {.bytes = bytes, .container = container, .layout = layout};
    if (!find_samples(&search)) {
        return false;
    }
    if (!verify_sound_is_aiff(container->kind) && !layout->form.is_there) {
        return fail(&search, layout->samples.at, 0, "fmt before it", "the samples come before the chunk fmt");
    }
    if (!check_length(&search) || !find_extent(&search)) {
        return false;
    }
    find_others(&search);
    return !bytes->fault->found;
}
