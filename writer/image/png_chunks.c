#include "writer/image/png_chunks.h"

#include <string.h>

enum { SIGNATURE_SIZE = 8, CHECKSUM_SIZE = 4, COLOURS_AT = 25 /* in the file */, ALPHA_BIT = 4 };

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static bool is_type(const struct writer_png_chunks *chunks, const char *type)
{
    return memcmp(chunks->head + 4, type, 4) == 0;
}

static enum writer_png_fault fault_of_alpha(const struct writer_png_chunks *chunks, uint32_t size)
{
    switch (chunks->colours) {
    case WRITER_PNG_GREY:
        return size == 2 ? WRITER_PNG_SOUND : WRITER_PNG_ALPHA_SIZE;
    case WRITER_PNG_TRUECOLOUR:
        return size == 6 ? WRITER_PNG_SOUND : WRITER_PNG_ALPHA_SIZE;
    case WRITER_PNG_INDEXED:
        break;
    default:
        return (chunks->colours & ALPHA_BIT) != 0 ? WRITER_PNG_ALPHA_TWICE : WRITER_PNG_SOUND;
    }
    if (!chunks->has_palette) {
        return WRITER_PNG_ALPHA_FIRST;
    }
    return size > 0 && size <= chunks->palette_size / 3 ? WRITER_PNG_SOUND : WRITER_PNG_ALPHA_SIZE;
}

/* What is wrong with the present chunk, as far as its head says it. */
static enum writer_png_fault find_fault(const struct writer_png_chunks *chunks, uint32_t size)
{
    if (is_type(chunks, "PLTE") && (size == 0 || size % 3 != 0 || size > 3 * 256)) {
        return WRITER_PNG_PALETTE_SIZE;
    }
    if (is_type(chunks, "IDAT") && chunks->colours == WRITER_PNG_INDEXED && !chunks->has_palette) {
        return WRITER_PNG_NO_PALETTE;
    }
    return is_type(chunks, "tRNS") ? fault_of_alpha(chunks, size) : WRITER_PNG_SOUND;
}

/* The head of a chunk is complete. */
static void begin_chunk(struct writer_png_chunks *chunks)
{
    uint32_t size = big_endian(chunks->head);
    chunks->left = (uint64_t)size + CHECKSUM_SIZE;
    chunks->head_size = 0;
    chunks->data_size = 0;
    chunks->at = chunks->position - WRITER_PNG_CHUNK_HEAD;
    chunks->size = size;
    chunks->fault = find_fault(chunks, size);
    chunks->counts_frames = is_type(chunks, "acTL") && !chunks->pixels_began;
    if (is_type(chunks, "PLTE")) {
        chunks->has_palette = true;
        chunks->palette_size = size;
    } else if (is_type(chunks, "IDAT")) {
        chunks->pixels_began = true;
    }
}

static void take_data(struct writer_png_chunks *chunks, struct base_bytes bytes)
{
    for (size_t i = 0; chunks->counts_frames && i < bytes.size && chunks->data_size < sizeof chunks->data; i++) {
        chunks->data[chunks->data_size++] = bytes.data[i];
        if (chunks->data_size == sizeof chunks->data) {
            chunks->frames = big_endian(chunks->data);
        }
    }
}

/* Takes a first part of the bytes; returns how many. */
static size_t step(struct writer_png_chunks *chunks, struct base_bytes bytes)
{
    if (chunks->position < SIGNATURE_SIZE) {
        size_t rest = (size_t)(SIGNATURE_SIZE - chunks->position);
        size_t size = bytes.size < rest ? bytes.size : rest;
        chunks->position += size;
        return size;
    }
    if (chunks->left > 0) {
        size_t size = bytes.size < chunks->left ? bytes.size : (size_t)chunks->left;
        take_data(chunks, base_bytes_make(bytes.data, size));
        if (chunks->position <= COLOURS_AT && size > COLOURS_AT - chunks->position) {
            chunks->colours = bytes.data[COLOURS_AT - chunks->position];
        }
        chunks->left -= size;
        chunks->position += size;
        return size;
    }
    chunks->head[chunks->head_size++] = bytes.data[0];
    chunks->position++;
    if (chunks->head_size == sizeof chunks->head) {
        begin_chunk(chunks);
    }
    return 1;
}

void writer_png_chunks_take(struct writer_png_chunks *chunks, struct base_bytes bytes)
{
    while (bytes.size > 0) {
        size_t size = step(chunks, bytes);
        bytes = base_bytes_make(bytes.data + size, bytes.size - size);
    }
}
