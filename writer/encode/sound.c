#include "writer/encode/sound.h"

#include "base/hash.h"
#include "writer/encode/sound_warnings.h"
#include "writer/plan/input.h"
#include "writer/sound/input.h"

#include <stdlib.h>

/* Files up to this size are decoded from the very bytes that were hashed; larger ones are read a second time. */
enum { IN_MEMORY_MAX = 8388608 };

struct sound_out {
    struct base_task *task;
    struct writer_payload payload;
    struct base_hasher *hasher;
};

static bool take_piece(void *context, struct base_bytes bytes)
{
    struct sound_out *out = context;
    if (base_task_cancelled(out->task)) {
        return false;
    }
    base_hasher_add(out->hasher, bytes);
    return writer_payload_write(&out->payload, bytes);
}

/* Loads a small file; memory stays NULL for a large one. */
static bool load(struct writer_opened *opened, uint8_t **memory)
{
    uint64_t size = opened->source.file.size;
    *memory = NULL;
    if (size > IN_MEMORY_MAX) {
        return writer_input_finish(opened);
    }
    *memory = malloc((size_t)size + 1);
    if (*memory == NULL) {
        return writer_report_memory(opened->report.findings);
    }
    (void)writer_source_read(&opened->source, *memory, (size_t)size);
    return writer_input_finish(opened);
}

static bool decode(const struct writer_work *work, const struct writer_opened *opened, const uint8_t *memory,
                   struct sound_out *out)
{
    size_t size = memory != NULL ? (size_t)opened->source.file.size : 0;
    struct writer_sound_bytes bytes = {
        .file = &opened->source.file, .memory = base_bytes_make(memory, size), .task = work->subject.task};
    if (!writer_sound_decode(&bytes, &work->planned->sound, work->subject.asset->declaration.channels, take_piece, out,
                             &opened->report)) {
        return false;
    }
    work->planned->payload_hash = base_hasher_result(out->hasher);
    work->planned->decoded_hash = work->planned->payload_hash; /* 2.2: stored as it is resident */
    return writer_payload_complete(&out->payload) && writer_input_unchanged(&opened->source.file, &opened->report);
}

bool writer_encode_sound(const struct writer_work *work, const struct writer_region *region)
{
    struct writer_opened opened;
    if (work->subject.asset->declaration.input_count != 1 || work->planned->inputs[0].faulty) {
        return false; /* reported by probing */
    }
    uint8_t *memory = NULL;
    struct sound_out out = {
        .task = work->subject.task, .payload = writer_payload_begin(region, work), .hasher = base_hasher_create()};
    bool fine = writer_input_open(work, 0, &opened);
    if (fine && out.hasher == NULL) {
        fine = writer_report_memory(work->subject.findings);
    }
    fine = fine && load(&opened, &memory) && decode(work, &opened, memory, &out);
    if (fine) {
        writer_warn_sound(work, &opened.report);
    }
    free(memory);
    base_hasher_destroy(out.hasher);
    writer_input_close(&opened);
    return fine;
}
