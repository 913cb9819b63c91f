#include "export/wav.h"

#include <string.h>

enum {
    ID_SIZE = 4,
    FRAME = 2,
    BITS = 16,
    PCM = 1,
    FMT_SIZE = 16,
    CHUNK_HEAD = 8,
    SMPL_SIZE = EXPORT_WAV_LOOP - CHUNK_HEAD
};

static void put_id(uint8_t *at, const char *id)
{
    for (unsigned i = 0; i < ID_SIZE; i++) {
        at[i] = (uint8_t)id[i];
    }
}

static void begin_chunk(uint8_t *at, const char *id, uint32_t size)
{
    put_id(at, id);
    base_store_le32(at + 4, size);
}

void export_wav_head(const struct export_wav *wav, uint8_t head[EXPORT_WAV_HEAD])
{
    uint32_t data = (uint32_t)(wav->frames * FRAME);
    uint32_t after = wav->has_loop ? EXPORT_WAV_LOOP : 0;
    begin_chunk(head, "RIFF", EXPORT_WAV_HEAD - CHUNK_HEAD + data + after);
    put_id(head + 8, "WAVE");
    begin_chunk(head + 12, "fmt ", FMT_SIZE);
    base_store_le16(head + 20, PCM);
    base_store_le16(head + 22, 1); /* channels */
    base_store_le32(head + 24, wav->sample_rate);
    base_store_le32(head + 28, wav->sample_rate * FRAME);
    base_store_le16(head + 32, FRAME);
    base_store_le16(head + 34, BITS);
    begin_chunk(head + 36, "data", data);
}

/* A `smpl` chunk with one forward loop; all that it does not need is 0. */
void export_wav_loop(const struct export_wav *wav, uint8_t loop[EXPORT_WAV_LOOP])
{
    const uint32_t billion = 1000000000; /* nanoseconds in a second */
    memset(loop, 0, EXPORT_WAV_LOOP);
    begin_chunk(loop, "smpl", SMPL_SIZE);
    base_store_le32(loop + 16, wav->sample_rate > 0 ? billion / wav->sample_rate : 0);
    base_store_le32(loop + 20, 60); /* the note of the sound as it is: the middle C */
    base_store_le32(loop + 36, 1);  /* loops */
    base_store_le32(loop + 52, (uint32_t)wav->loop_start);
    base_store_le32(loop + 56, (uint32_t)(wav->loop_end - 1));
}
