#include "tests/lib/pack.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

static void *allocate(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

struct marked marked_make(const char *pattern)
{
    struct marked marked = {.text = allocate(strlen(pattern))};
    for (; *pattern != '\0'; pattern++) {
        if (*pattern != '^') {
            marked.text[marked.size++] = (char)(*pattern == '\'' ? '"' : *pattern);
        } else if (marked.mark_count < MARKS_MAX) {
            marked.marks[marked.mark_count++] = marked.size;
        } else {
            abort();
        }
    }
    return marked;
}

void marked_free(struct marked *marked)
{
    free(marked->text);
    *marked = (struct marked){.text = NULL};
}

struct base_bytes marked_bytes(const struct marked *marked)
{
    return base_bytes_make(marked->text, marked->size);
}

/* Little endian, byte by byte: the product's own loads and stores are what is tested. */
static void put(uint8_t *at, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

void prelude_write(uint8_t out[PRELUDE_BYTES], const struct prelude_fields *fields)
{
    memcpy(out, fields->magic, 4);             /*  0 magic */
    put(out + 4, fields->schema_version, 4);   /*  4 schema_version */
    put(out + 8, fields->header_len, 4);       /*  8 header_len */
    put(out + 12, fields->payload_offset, 8);  /* 12 payload_offset */
    put(out + 20, fields->flags, 4);           /* 20 flags */
    put(out + 24, fields->reserved, 4);        /* 24 reserved */
    put(out + 28, fields->header_checksum, 4); /* 28 header_checksum */
}

struct pack pack_build(struct base_bytes header, size_t gap, struct base_bytes payload)
{
    size_t payload_at = PRELUDE_BYTES + header.size + gap;
    struct pack pack = {.data = allocate(payload_at + payload.size),
                        .size = payload_at + payload.size,
                        .header_size = header.size,
                        .payload_at = payload_at};
    prelude_write(pack.data, &(struct prelude_fields){.magic = "ASPA",
                                                      .schema_version = 1,
                                                      .header_len = (uint32_t)header.size,
                                                      .payload_offset = payload_at});
    memcpy(pack.data + PRELUDE_BYTES, header.data, header.size);
    memset(pack.data + PRELUDE_BYTES + header.size, 0xEE, gap);
    if (payload.size > 0) {
        memcpy(pack.data + payload_at, payload.data, payload.size);
    }
    return pack;
}

struct pack pack_build_marked(const struct marked *header, size_t gap, struct base_bytes payload)
{
    struct pack pack = pack_build(marked_bytes(header), gap, payload);
    for (size_t i = 0; i < header->mark_count; i++) {
        pack.marks[pack.mark_count++] = PRELUDE_BYTES + header->marks[i];
    }
    return pack;
}

void pack_free(struct pack *pack)
{
    free(pack->data);
    *pack = (struct pack){.data = NULL};
}

struct base_bytes pack_bytes(const struct pack *pack)
{
    return base_bytes_make(pack->data, pack->size);
}

const char *pack_write(const struct pack *pack, const char *name)
{
    unit_write_file(name, pack->data, pack->size);
    return unit_path(name);
}
