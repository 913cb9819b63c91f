#include "verify/sound/chunk.h"

#include <string.h>

enum { ID = 4, HEAD = 8, GUID = 16, WAVE64_HEAD = 24, WAVE64_ALIGNMENT = 8 };

/* ---- Wave64 ---- */

static void name_guid(const uint8_t *guid, uint8_t id[ID])
{
    static const uint8_t rest[] = {0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A};
    bool known =
        memcmp(guid + ID, rest, sizeof rest) == 0 && (memcmp(guid, "fmt ", ID) == 0 || memcmp(guid, "data", ID) == 0);
    memset(id, 0, ID);
    if (known) {
        memcpy(id, guid, ID);
    }
}

static bool read_wave64(struct verify_sound_bytes *bytes, uint64_t at, struct verify_sound_chunk *chunk)
{
    const uint8_t *head = verify_sound_bytes_at(bytes, at, WAVE64_HEAD);
    if (head == NULL) {
        return false;
    }
    name_guid(head, chunk->id);
    chunk->size_at = at + GUID;
    chunk->number = base_load_le64(head + GUID);
    chunk->begin = at + WAVE64_HEAD;
    chunk->too_small = chunk->number < WAVE64_HEAD;
    chunk->size = chunk->too_small ? 0 : chunk->number - WAVE64_HEAD;
    return true;
}

/* ---- All others ---- */

static bool read_plain(struct verify_sound_bytes *bytes, bool big_endian, uint64_t at, struct verify_sound_chunk *chunk)
{
    const uint8_t *head = verify_sound_bytes_at(bytes, at, HEAD);
    if (head == NULL) {
        return false;
    }
    for (size_t i = 0; i < ID; i++) {
        if (head[i] < 0x20 || head[i] > 0x7E) {
            return false;
        }
    }
    memcpy(chunk->id, head, ID);
    chunk->size_at = at + ID;
    chunk->number = verify_sound_u32(head + ID, big_endian);
    chunk->begin = at + HEAD;
    chunk->size = chunk->number;
    return true;
}

bool verify_sound_chunk_read(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                             uint64_t at, struct verify_sound_chunk *chunk)
{
    *chunk = (struct verify_sound_chunk){.is_there = true, .at = at};
    return container->kind == VERIFY_SOUND_WAVE64
               ? read_wave64(bytes, at, chunk)
               : read_plain(bytes, verify_sound_is_big_endian(container->kind), at, chunk);
}

uint64_t verify_sound_chunk_next(const struct verify_sound_chunk *chunk, const struct verify_sound_container *container)
{
    uint64_t end = chunk->begin + chunk->size;
    if (container->kind != VERIFY_SOUND_WAVE64) {
        return end + chunk->size % 2;
    }
    uint64_t over = (end - container->begin) % WAVE64_ALIGNMENT;
    return over == 0 ? end : end + WAVE64_ALIGNMENT - over;
}

bool verify_sound_chunk_is(const struct verify_sound_chunk *chunk, const char *id)
{
    return memcmp(chunk->id, id, ID) == 0;
}

bool verify_sound_is_chain(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                           uint64_t at)
{
    struct verify_sound_chunk chunk;
    bool is_chain = at < bytes->file->size;
    for (unsigned count = 0; is_chain && at < bytes->file->size; count++) {
        is_chain = count < VERIFY_SOUND_CHUNKS_MAX && verify_sound_chunk_read(bytes, container, at, &chunk) &&
                   !chunk.too_small && verify_sound_chunk_is_inside(&chunk, bytes->file);
        at = is_chain ? verify_sound_chunk_next(&chunk, container) : at;
    }
    return is_chain;
}
