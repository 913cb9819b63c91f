/* A whole pack as a console would use it: opened, resolved, mapped, read, decoded, looked up; from memory and from a
 * file. The tail of the input chooses what is asked for. Memory stays in proportion to the input. */
#include "fuzz/mutate/mutate.h"
#include "reader/decode.h"
#include "reader/pack.h"
#include "json/value.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TAIL = 8, BASE_MEMORY = 64 << 10, MEMORY_PER_BYTE = 64, MANY = 64 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_pack, fuzz_cross_pack)

/* What is asked of an open pack. */
struct questions {
    uint8_t allocation; /* the one that fails; 0: none */
    uint8_t way;
    uint16_t from;
    uint16_t size;
    uint8_t limit; /* of entries and header; 0: none */
    uint8_t call;  /* the system call that fails, and how; 0: none */
};

/* Whether a system call failed in a way that a reader may tell of: interruptions and short counts are none. */
static bool call_failed(const struct questions *questions)
{
    enum fuzz_call_fault fault = (enum fuzz_call_fault)(questions->call % FUZZ_CALL_FAULTS);
    return fuzz_call_failed() && fault != FUZZ_CALL_INTERRUPT && fault != FUZZ_CALL_SHORT;
}

static void check_error(const struct pp_error *error, const struct pp_pack_options *options,
                        const struct questions *questions)
{
    FUZZ_CHECK(error->diagnostic != DIAG_NONE && error->diagnostic != DIAG_INTERNAL);
    FUZZ_CHECK(error->text != NULL && error->text[0] != '\0');
    FUZZ_CHECK(error->entry >= -1 && error->preload >= -1);
    FUZZ_CHECK((error->problem != 0) == (error->diagnostic == DIAG_ENVIRONMENT_READ));
    if (error->diagnostic == DIAG_ENVIRONMENT_READ) {
        FUZZ_CHECK(call_failed(questions));
    } else if (error->diagnostic == DIAG_ENVIRONMENT_MEMORY) {
        FUZZ_CHECK(options->max_entries != 0 || fuzz_memory_failed() || call_failed(questions));
    } else {
        FUZZ_CHECK(error->diagnostic == DIAG_JSON_DUPLICATE_KEY ||
                   diag_facts(error->diagnostic)->class_ == DIAG_CLASS_L);
    }
}

/* ---- Payloads ---- */

static void decode_glyph(struct base_bytes payload, const struct questions *questions)
{
    static uint8_t out[PP_GLYPH_DECODED];
    uint32_t from = (uint32_t)questions->from * 2 + questions->way / 8U % 2U;
    bool fits =
        payload.size == PP_GLYPH_STORED && from <= PP_GLYPH_DECODED && questions->size <= PP_GLYPH_DECODED - from;
    FUZZ_CHECK(pp_glyph_decode(payload, from, out, questions->size) == fits);
    for (uint32_t i = 0; fits && i < questions->size && i < MANY; i++) {
        uint32_t at = from + i;
        if (at < PP_GLYPH_SIDE * PP_GLYPH_SIDE) {
            uint8_t byte = payload.data[at / 2];
            FUZZ_CHECK_U64(out[i], at % 2 == 0 ? byte >> 4 : byte & 15);
            FUZZ_CHECK_U64(pp_glyph_pixel(payload, at % PP_GLYPH_SIDE, at / PP_GLYPH_SIDE), out[i]);
        } else {
            FUZZ_CHECK_U64(out[i], payload.data[at - (PP_GLYPH_DECODED - PP_GLYPH_STORED)]);
        }
    }
    (void)pp_glyph_colour(payload, questions->from, questions->size % 32U);
    (void)pp_glyph_pixel(payload, questions->from % 512U, questions->size % 512U);
    FUZZ_CHECK_U64(pp_glyph_colour(payload, PP_GLYPH_PALETTES, 0), 0);
    FUZZ_CHECK_U64(pp_glyph_pixel(payload, PP_GLYPH_SIDE, 0), 0);
}

static void decode_sound(struct base_bytes payload, const struct questions *questions)
{
    int16_t out[MANY];
    uint64_t from = questions->from;
    size_t count = questions->size % MANY;
    bool fits = from <= payload.size / 2 && count <= payload.size / 2 - from;
    FUZZ_CHECK(pp_sound_decode(payload, from, out, count) == fits);
    for (size_t i = 0; fits && i < count; i++) {
        const uint8_t *at = payload.data + (from + i) * 2;
        FUZZ_CHECK_U64((uint16_t)out[i], at[0] | (unsigned)at[1] << 8);
    }
}

/* Reading part of a payload gives what mapping all of it gives, and never more. */
static void read_part(const struct pp_pack *pack, size_t index, struct base_bytes payload,
                      const struct questions *questions)
{
    uint8_t out[256] = {0};
    size_t size = questions->size % sizeof out;
    struct pp_error error;
    bool fits = questions->from <= payload.size && size <= payload.size - questions->from;
    bool read = pp_pack_read(pack, index, questions->from, out, size, &error);
    FUZZ_CHECK(read == fits || (fits && error.diagnostic == DIAG_ENVIRONMENT_READ && call_failed(questions)));
    FUZZ_CHECK(read == (error.diagnostic == DIAG_NONE) && (fits || error.diagnostic == DIAG_SLICE_RANGE));
    if (read && size > 0) {
        FUZZ_CHECK(memcmp(out, payload.data + questions->from, size) == 0);
    }
    FUZZ_CHECK(!pp_pack_read(pack, index, payload.size, out, 1, NULL));
    FUZZ_CHECK(!pp_pack_read(pack, index, UINT64_MAX, out, 1, NULL));
}

/* Every byte of the payload is looked at: one past the end of the file is in the guard page. */
static void use_payload(const struct pp_pack *pack, size_t index, struct base_bytes file,
                        const struct questions *questions)
{
    struct pp_entry entry = pp_pack_entry(pack, index);
    struct pp_slice slice = pp_pack_resolve(pack, index);
    FUZZ_CHECK_U64(slice.size, entry.size);
    FUZZ_CHECK_U64(slice.position, pp_pack_prelude(pack)->payload_offset + entry.offset);
    FUZZ_CHECK(slice.position <= file.size && slice.size <= file.size - slice.position);
    struct base_mapping mapping;
    struct pp_error error;
    if (!pp_pack_map(pack, index, &mapping, &error)) {
        FUZZ_CHECK(mapping.bytes.size == 0);
        FUZZ_CHECK((error.diagnostic == DIAG_ENVIRONMENT_MEMORY && fuzz_memory_failed()) ||
                   (error.diagnostic == DIAG_ENVIRONMENT_READ && call_failed(questions)));
        return;
    }
    FUZZ_CHECK_BYTES(mapping.bytes, base_bytes_make(file.data + slice.position, (size_t)slice.size));
    read_part(pack, index, mapping.bytes, questions);
    decode_glyph(mapping.bytes, questions);
    decode_sound(mapping.bytes, questions);
    pp_pack_unmap(&mapping);
    FUZZ_CHECK(mapping.bytes.size == 0 && mapping.base == NULL);
}

/* ---- Lookups ---- */

static void look_up(const struct pp_pack *pack, size_t index)
{
    struct pp_entry entry = pp_pack_entry(pack, index);
    FUZZ_CHECK_U64(pp_pack_find_id(pack, entry.asset_id), index);
    uint8_t name[256];
    size_t size = json_unescape(entry.name, name, sizeof name);
    if (size > sizeof name) {
        return;
    }
    size_t found = pp_pack_find_name(pack, base_bytes_make(name, size));
    FUZZ_CHECK(found <= index);
    FUZZ_CHECK(json_compare(pp_pack_entry(pack, found).name, entry.name) == 0);
    for (size_t i = 0; i < found && i < MANY; i++) {
        FUZZ_CHECK(json_compare(pp_pack_entry(pack, i).name, entry.name) != 0);
    }
}

static void check_preload(const struct pp_pack *pack)
{
    bool taken[PP_BANK_COUNT][16] = {{false}};
    for (size_t i = 0; i < pp_pack_preload_count(pack); i++) {
        struct pp_preload preload = pp_pack_preload(pack, i);
        FUZZ_CHECK(preload.slot < 16 && preload.entry < pp_pack_count(pack));
        struct pp_entry entry = pp_pack_entry(pack, preload.entry);
        FUZZ_CHECK(entry.asset_id == preload.asset_id && entry.bank < PP_BANK_COUNT);
        FUZZ_CHECK(!taken[entry.bank][preload.slot]);
        taken[entry.bank][preload.slot] = true;
    }
}

/* Without memory for an index names are searched for one by one, and found all the same. */
static void look_up_without_memory(const struct pp_pack *pack)
{
    size_t found[MANY];
    fuzz_memory_refuse_all(true);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < pp_pack_count(pack) && i < MANY; i++) {
            uint8_t name[256];
            size_t size = json_unescape(pp_pack_entry(pack, i).name, name, sizeof name);
            size_t at = size <= sizeof name ? pp_pack_find_name(pack, base_bytes_make(name, size)) : 0;
            FUZZ_CHECK(turn == 0 || found[i] == at);
            FUZZ_CHECK(at <= i);
            found[i] = at;
        }
        FUZZ_CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("no asset has this name either")), PP_NO_ENTRY);
        fuzz_memory_refuse_all(false);
    }
}

static void use_pack(const struct pp_pack *pack, struct base_bytes file, const struct questions *questions)
{
    struct base_bytes header = pp_pack_header(pack);
    const struct pp_prelude *prelude = pp_pack_prelude(pack);
    FUZZ_CHECK_U64(pp_pack_file_size(pack), file.size);
    FUZZ_CHECK_BYTES(header, base_bytes_make(file.data + 32, prelude->header_len));
    struct json_tokenizer json;
    FUZZ_CHECK(json_validate(&json, header));
    if (questions->way >= 128) {
        look_up_without_memory(pack);
    }
    for (size_t i = 0; i < pp_pack_count(pack) && i < MANY; i++) {
        use_payload(pack, i, file, questions);
        look_up(pack, i);
    }
    check_preload(pack);
    FUZZ_CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("no asset has this name, or so it is hoped")),
                   PP_NO_ENTRY);
}

/* ---- Ways to open ---- */

static struct pp_pack *open_file(struct base_bytes file, const struct questions *questions,
                                 const struct pp_pack_options *options, struct pp_error *error)
{
    int fd = memfd_create("pack", MFD_CLOEXEC);
    FUZZ_CHECK(fd >= 0 && write(fd, file.data, file.size) == (ssize_t)file.size);
    struct base_file opened = {.fd = fd, .size = file.size};
    fuzz_call_fail(questions->call / FUZZ_CALL_FAULTS, (enum fuzz_call_fault)(questions->call % FUZZ_CALL_FAULTS));
    struct pp_pack *pack = NULL;
    if (questions->way % 8 == 5) {
        char path[32];
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        pack = pp_pack_open(path, options, error);
    } else {
        pack = pp_pack_open_file(&opened, options, error);
        FUZZ_CHECK((opened.fd == -1) == (pack != NULL));
    }
    base_file_close(&opened);
    return pack;
}

static struct pp_pack *open_pack(struct base_bytes file, const struct questions *questions,
                                 const struct pp_pack_options *options, struct pp_error *error)
{
    return questions->way % 8 < 5 ? pp_pack_open_bytes(file, options, error)
                                  : open_file(file, questions, options, error);
}

/* A mapped file that changes while it is opened and searched: any result will do, but no crash. */
static void open_changing(struct base_bytes file, const struct questions *questions,
                          const struct pp_pack_options *options)
{
    struct pp_error error;
    int fd = memfd_create("pack", MFD_CLOEXEC);
    FUZZ_CHECK(fd >= 0 && write(fd, file.data, file.size) == (ssize_t)file.size);
    void *shared = mmap(NULL, file.size + 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    FUZZ_CHECK(shared != MAP_FAILED);
    uint8_t *at = (uint8_t *)shared + questions->from % (file.size + 1);
    struct base_file opened = {.fd = fd, .size = file.size};
    fuzz_memory_disturb(questions->allocation, at, (uint8_t)questions->size);
    struct pp_pack *pack = pp_pack_open_file(&opened, options, &error);
    FUZZ_CHECK((pack != NULL) == (error.diagnostic == DIAG_NONE) && error.diagnostic != DIAG_INTERNAL);
    if (pack != NULL) {
        FUZZ_CHECK(pp_pack_find_name(pack, base_bytes_of_string("no asset has this name at all")) == PP_NO_ENTRY);
    }
    pp_pack_close(pack);
    fuzz_memory_disturb(0, NULL, 0);
    FUZZ_CHECK(munmap(shared, file.size + 1) == 0);
    base_file_close(&opened);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct questions questions = {.allocation = fuzz_take_u8(&input)};
    questions.way = fuzz_take_u8(&input);
    questions.limit = fuzz_take_u8(&input);
    questions.call = fuzz_take_u8(&input);
    questions.from = fuzz_take_u16(&input);
    questions.size = fuzz_take_u16(&input);
    struct base_bytes file = fuzz_guard(0, input);
    struct pp_pack_options options = {.access = questions.way % 8 == 6 ? PP_ACCESS_READ : PP_ACCESS_MAP,
                                      .max_entries = questions.limit < 8 ? questions.limit : 0,
                                      .max_header = questions.limit == 8 ? 64 : 0};
    struct pp_error error;
    fuzz_memory_begin();
    if (questions.way % 8 == 4) {
        open_changing(file, &questions, &options);
        FUZZ_CHECK(fuzz_memory_live() == 0);
        return 0;
    }
    fuzz_memory_fail(questions.allocation < 16 ? questions.allocation : 0);
    struct pp_pack *pack = open_pack(file, &questions, &options, &error);
    if (pack == NULL) {
        check_error(&error, &options, &questions);
    } else {
        FUZZ_CHECK(error.diagnostic == DIAG_NONE);
        use_pack(pack, file, &questions);
    }
    pp_pack_close(pack);
    (void)fuzz_memory_failed();
    (void)fuzz_call_failed();
    FUZZ_CHECK(fuzz_memory_peak() <= BASE_MEMORY + MEMORY_PER_BYTE * size);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
