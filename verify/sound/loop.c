#include "verify/sound/loop.h"

/* ---- smpl ---- */

enum {
    SMPL_COUNT = 28,
    SMPL_HEAD = 36,
    SMPL_LOOP = 24,
    SMPL_TYPE = 4,
    SMPL_FIRST = 8,
    SMPL_LAST = 12,
    SMPL_FORWARD = 0
};

static void find_in_smpl(struct verify_sound_bytes *bytes, bool big_endian, const struct verify_sound_chunk *smpl,
                         struct verify_sound_loop *loop)
{
    const uint8_t *head = smpl->size >= SMPL_HEAD ? verify_sound_bytes_at(bytes, smpl->begin, SMPL_HEAD) : NULL;
    uint64_t count = head != NULL ? verify_sound_u32(head + SMPL_COUNT, big_endian) : 0;
    for (uint64_t i = 0; i < count && smpl->size - SMPL_HEAD >= (i + 1) * SMPL_LOOP; i++) {
        const uint8_t *at = verify_sound_bytes_at(bytes, smpl->begin + SMPL_HEAD + i * SMPL_LOOP, SMPL_LOOP);
        if (at == NULL) {
            return;
        }
        if (verify_sound_u32(at + SMPL_TYPE, big_endian) == SMPL_FORWARD) {
            loop->is_there = true;
            loop->start = verify_sound_u32(at + SMPL_FIRST, big_endian);
            loop->end = (uint64_t)verify_sound_u32(at + SMPL_LAST, big_endian) + 1;
            return;
        }
    }
}

/* ---- INST and MARK ---- */

enum {
    INST_SIZE = 20,
    INST_MODE = 8,
    INST_BEGIN = 10,
    INST_END = 12,
    INST_FORWARD = 1,
    MARK_HEAD = 2,
    MARKER_HEAD = 7, /* with the length of the name */
    MARKER_POSITION = 2,
    MARKER_NAME = 6
};

/* The position of the first marker that has an id. */
static bool find_marker(struct verify_sound_bytes *bytes, const struct verify_sound_chunk *mark, uint16_t id,
                        uint64_t *position)
{
    const uint8_t *head = mark->size >= MARK_HEAD ? verify_sound_bytes_at(bytes, mark->begin, MARK_HEAD) : NULL;
    uint32_t count = head != NULL ? verify_sound_u16(head, true) : 0;
    uint64_t at = MARK_HEAD;
    for (uint32_t i = 0; i < count && at <= mark->size && mark->size - at >= MARKER_HEAD; i++) {
        const uint8_t *marker = verify_sound_bytes_at(bytes, mark->begin + at, MARKER_HEAD);
        if (marker == NULL) {
            return false;
        }
        uint64_t name = marker[MARKER_NAME];
        if (verify_sound_u16(marker, true) == id) {
            *position = verify_sound_u32(marker + MARKER_POSITION, true);
            return true;
        }
        at += MARKER_HEAD + name + (name % 2 == 0 ? 1 : 0);
    }
    return false;
}

static void find_in_inst(struct verify_sound_bytes *bytes, const struct verify_sound_layout *layout,
                         struct verify_sound_loop *loop)
{
    const struct verify_sound_chunk *inst = &layout->instrument;
    const uint8_t *at = inst->size >= INST_SIZE ? verify_sound_bytes_at(bytes, inst->begin, INST_SIZE) : NULL;
    if (at == NULL || verify_sound_u16(at + INST_MODE, true) != INST_FORWARD || !layout->markers.is_there) {
        return;
    }
    uint16_t first = verify_sound_u16(at + INST_BEGIN, true);
    uint16_t second = verify_sound_u16(at + INST_END, true);
    loop->is_there = find_marker(bytes, &layout->markers, first, &loop->start) &&
                     find_marker(bytes, &layout->markers, second, &loop->end);
}

void verify_sound_find_loop(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                            const struct verify_sound_layout *layout, struct verify_sound_loop *loop)
{
    *loop = (struct verify_sound_loop){.is_there = false};
    if (layout->loops.is_there && container->kind != VERIFY_SOUND_WAVE64) {
        find_in_smpl(bytes, verify_sound_is_big_endian(container->kind), &layout->loops, loop);
    }
    if (layout->instrument.is_there) {
        find_in_inst(bytes, layout, loop);
    }
}
