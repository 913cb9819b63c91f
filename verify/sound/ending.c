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
    /* A size that passes the end says no less with these bytes, so a sum that would not fit may be cut. */
    whole->size = whole->size > UINT64_MAX - begin ? UINT64_MAX : whole->size + begin;
    return true;
}

/* How many bytes LF the file has from a position on; 0 when one of them does not come after a CR, or the file could not
 * be read. */
static uint64_t count_converted(struct verify_sound_bytes *bytes, uint64_t at)
{
    uint64_t count = 0;
    uint8_t before = 0;
    while (at < bytes->file->size) {
        uint64_t rest = bytes->file->size - at;
        size_t size = rest < VERIFY_SOUND_WINDOW ? (size_t)rest : VERIFY_SOUND_WINDOW;
        const uint8_t *data = verify_sound_bytes_at(bytes, at, size);
        if (data == NULL) {
            return 0;
        }
        const uint8_t *end = memchr(data, LF, size);
        while (end != NULL) {
            if ((end > data ? end[-1] : before) != CR) {
                return 0;
            }
            count++;
            end = memchr(end + 1, LF, size - (size_t)(end + 1 - data));
        }
        before = data[size - 1];
        at += size;
    }
    return count;
}

static bool check_line_ends(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                            const struct verify_sound_layout *layout)
{
    struct whole whole;
    uint64_t has = bytes->file->size - container->begin;
    if (layout->end >= bytes->file->size) {
        return true;
    }
    if (!read_whole(bytes, container, layout, &whole)) {
        return false;
    }
    if (whole.size >= has || count_converted(bytes, container->begin) < has - whole.size) {
        return !bytes->fault->found;
    }
    return verify_sound_fail(bytes->fault, DIAG_SOUND_INVALID, whole.at, whole.length, NULL,
                             "%s: the line ends of the file were converted, as if it were a text: it has %" PRIu64
                             " bytes more than it says, and each byte 0x0A comes after a byte 0x0D",
                             container->name, has - whole.size);
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
