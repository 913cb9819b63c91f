#include "verify/sound/ending.h"

#include "verify/sound/chains.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ID = 4, SIZE_AT = 4, SIZE_COUNTS_FROM = 8, WAVE64_SIZE_AT = 16, CR = 0x0D, LF = 0x0A };

/* ---- Converted line ends ---- */

/* The size that the file says it has, as a number of bytes from where the sound begins; and where it says so. */
struct whole {
    uint64_t at;
    uint64_t length;
    uint64_t size;
};

static bool read_whole(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                       const struct verify_sound_layout *layout, struct whole *whole)
{
    *whole = (struct whole){.at = container->begin + SIZE_AT, .length = sizeof(uint32_t)};
    uint64_t begin = SIZE_COUNTS_FROM;
    if (container->kind == VERIFY_SOUND_RF64) {
        *whole = (struct whole){.at = layout->sizes.begin, .length = sizeof(uint64_t)};
    } else if (container->kind == VERIFY_SOUND_WAVE64) {
        *whole = (struct whole){.at = container->begin + WAVE64_SIZE_AT, .length = sizeof(uint64_t)};
        begin = 0;
    }
    const uint8_t *number = verify_sound_bytes_at(bytes, whole->at, (size_t)whole->length);
    if (number == NULL) {
        return false;
    }
    whole->size = whole->length == sizeof(uint64_t)
                      ? base_load_le64(number)
                      : verify_sound_u32(number, verify_sound_is_big_endian(container->kind));
    /* No file is as large as a number that does not fit. */
    whole->size = whole->size > UINT64_MAX - begin ? UINT64_MAX : whole->size + begin;
    return true;
}

/* The bytes LF, and how many of them come after a CR. */
struct line_ends {
    uint64_t all;
    uint64_t after_cr;
};

/* Counts from a position on, as long as either all of them come after a CR or none does. False when the file could not
 * be read. */
static bool count_line_ends(struct verify_sound_bytes *bytes, uint64_t at, struct line_ends *ends)
{
    uint8_t before = 0;
    *ends = (struct line_ends){.all = 0};
    while (at < bytes->file->size && (ends->after_cr == 0 || ends->after_cr == ends->all)) {
        uint64_t rest = bytes->file->size - at;
        size_t size = rest < VERIFY_SOUND_WINDOW ? (size_t)rest : VERIFY_SOUND_WINDOW;
        const uint8_t *data = verify_sound_bytes_at(bytes, at, size);
        if (data == NULL) {
            return false;
        }
        const uint8_t *end = memchr(data, LF, size);
        while (end != NULL) {
            ends->all++;
            ends->after_cr += (end > data ? end[-1] : before) == CR ? 1 : 0;
            end = memchr(end + 1, LF, size - (size_t)(end + 1 - data));
        }
        before = data[size - 1];
        at += size;
    }
    return true;
}

static bool report_line_ends(const struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                             const struct whole *whole, const char *how, uint64_t count, const char *than)
{
    return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, whole->at, whole->length, NULL,
                             "%s: the line ends of the file were converted (%s), as if it were a text: it has %" PRIu64
                             " bytes %s than it says",
                             container->name, how, count, than);
}

/* Each conversion adds or removes at most as many bytes as there are bytes LF. */
static bool check_line_ends(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                            const struct verify_sound_layout *layout)
{
    struct whole whole;
    struct line_ends ends;
    uint64_t has = bytes->file->size - container->begin;
    if (layout->end >= bytes->file->size) {
        return true;
    }
    if (!read_whole(bytes, container, layout, &whole)) {
        return false;
    }
    uint64_t more = has > whole.size ? has - whole.size : 0;
    uint64_t fewer = whole.size > has ? whole.size - has : 0;
    if ((more == 0 && fewer == 0) || fewer > has) {
        return true;
    }
    if (!count_line_ends(bytes, container->begin, &ends)) {
        return false;
    }
    if (more > 0 && more <= ends.all && ends.after_cr == ends.all) {
        return report_line_ends(bytes, container, &whole, "LF to CR LF", more, "more");
    }
    if (fewer > 0 && fewer <= ends.all && ends.after_cr == 0) {
        return report_line_ends(bytes, container, &whole, "CR LF to LF", fewer, "fewer");
    }
    return true;
}

/* ---- Chunks after samples of unknown length ---- */

/* Chunks that programs write after the samples: four characters each. */
static const char wav_ids[] = "LISTsmplinstcue factbextiXMLaxml_PMXid3 ID3 acid"
                              "strcDISPLGWVafspJUNKPAD FLLRPEAKchnaumidcart";
static const char aiff_ids[] = "COMMMARKINSTNAMEAUTH(c) ANNOCOMTAPPLMIDIAESDID3 CHANFVER";
_Static_assert(sizeof wav_ids == 23 * ID + 1 && sizeof aiff_ids == 14 * ID + 1, "whole ids");

static bool is_printable(uint8_t byte)
{
    return byte >= 0x20 && byte <= 0x7E;
}

static bool is_known(const uint8_t *id, const char *ids)
{
    /* Nearly all samples end here. */
    if (!is_printable(id[0]) || !is_printable(id[1]) || !is_printable(id[2]) || !is_printable(id[3])) {
        return false;
    }
    while (*ids != '\0' && memcmp(id, ids, ID) != 0) {
        ids += ID;
    }
    return *ids != '\0';
}

/* Where a chunk with a known id may begin, up to VERIFY_SOUND_CHAINS_MAX places. Returns how many. */
static size_t find_places(struct verify_sound_bytes *bytes, uint64_t at, const char *ids, uint64_t *places)
{
    enum { STEP = 2 };
    size_t count = 0;
    while (bytes->file->size > at && bytes->file->size - at >= ID) {
        uint64_t rest = bytes->file->size - at;
        size_t size = rest < VERIFY_SOUND_WINDOW ? (size_t)rest : VERIFY_SOUND_WINDOW;
        const uint8_t *data = verify_sound_bytes_at(bytes, at, size);
        size_t i = 0;
        for (; data != NULL && i + ID <= size && count < VERIFY_SOUND_CHAINS_MAX; i += STEP) {
            if (is_known(data + i, ids)) {
                places[count++] = at + i;
            }
        }
        if (data == NULL || count == VERIFY_SOUND_CHAINS_MAX) {
            break;
        }
        at += i;
    }
    return count;
}

static bool check_chunks(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                         const struct verify_sound_layout *layout)
{
    uint64_t first;
    uint64_t *places = malloc(VERIFY_SOUND_CHAINS_MAX * sizeof *places);
    if (places == NULL) {
        return verify_sound_problem(bytes->fault, ENOMEM);
    }
    size_t count =
        find_places(bytes, layout->first_sample, verify_sound_is_aiff(container->kind) ? aiff_ids : wav_ids, places);
    bool found = count > 0 && verify_sound_find_chain(bytes, container, places, count, &first);
    free(places);
    if (!found) {
        return !bytes->fault->found;
    }
    return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, first, 0, NULL,
                             "%s: the length of the samples is not given, and the file ends with chunks from here on: "
                             "where the samples end is not known",
                             container->name);
}

bool verify_sound_check_ending(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                               const struct verify_sound_layout *layout)
{
    if (layout->length_is_given) {
        return check_line_ends(bytes, container, layout);
    }
    return container->kind == VERIFY_SOUND_WAVE64 || check_chunks(bytes, container, layout);
}
