#include "writer/encode.h"
#include "writer/input.h"
#include "writer/sound_input.h"

#include <stdlib.h>

/* Files up to this size are decoded from the very bytes that were hashed; larger ones are read a second time. */
enum { IN_MEMORY_MAX = 8388608 };

struct sound_out {
    struct pp_payload payload;
    struct pp_hasher *hasher;
};

static bool take_piece(void *context, struct pp_bytes bytes)
{
    struct sound_out *out = context;
    pp_hasher_add(out->hasher, bytes);
    return pp_writer_payload_write(&out->payload, bytes);
}

/* Loads a small file; memory stays NULL for a large one. */
static bool load(struct pp_opened *opened, uint8_t **memory)
{
    uint64_t size = opened->source.file.size;
    *memory = NULL;
    if (size > IN_MEMORY_MAX) {
        return pp_writer_input_finish(opened);
    }
    *memory = malloc((size_t)size + 1);
    if (*memory == NULL) {
        return pp_writer_report_memory(opened->report.findings);
    }
    (void)pp_writer_source_read(&opened->source, *memory, (size_t)size);
    return pp_writer_input_finish(opened);
}

static bool decode(const struct pp_work *work, const struct pp_opened *opened, const uint8_t *memory,
                   struct sound_out *out)
{
    size_t size = memory != NULL ? (size_t)opened->source.file.size : 0;
    struct pp_sound_bytes bytes = {.file = &opened->source.file, .memory = pp_bytes_make(memory, size)};
    if (!pp_writer_sound_decode(&bytes, &work->planned->sound, take_piece, out, &opened->report)) {
        return false;
    }
    work->planned->payload_hash = pp_hasher_result(out->hasher);
    work->planned->decoded_hash = work->planned->payload_hash; /* 2.2: stored as it is resident */
    return pp_writer_payload_complete(&out->payload) &&
           pp_writer_input_unchanged(&opened->source.file, &opened->report);
}

bool pp_writer_encode_sound(const struct pp_work *work, const struct pp_region *region)
{
    struct pp_opened opened;
    if (work->subject.asset->declaration.input_count != 1 || work->planned->inputs[0].faulty) {
        return false; /* reported by probing */
    }
    uint8_t *memory = NULL;
    struct sound_out out = {.payload = pp_writer_payload_begin(region, work), .hasher = pp_hasher_create()};
    bool fine = pp_writer_input_open(work, 0, &opened);
    if (fine && out.hasher == NULL) {
        fine = pp_writer_report_memory(work->subject.findings);
    }
    fine = fine && load(&opened, &memory) && decode(work, &opened, memory, &out);
    free(memory);
    pp_hasher_destroy(out.hasher);
    pp_writer_input_close(&opened);
    return fine;
}
