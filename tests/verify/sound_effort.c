/* How many chunks the verifier reads in a sound of unknown length, counted: the calls are wrapped by the linker. */
#include "tests/lib/unit.h"
#include "tests/verify/sound_heard.h"
#include "verify/sound/chains.h"

static size_t chunks;

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker sends the product's calls here,
 * under names that it makes. */
bool __real_verify_sound_chunk_read(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                                    uint64_t at, struct verify_sound_chunk *chunk);
bool __wrap_verify_sound_chunk_read(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                                    uint64_t at, struct verify_sound_chunk *chunk);

bool __wrap_verify_sound_chunk_read(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                                    uint64_t at, struct verify_sound_chunk *chunk)
{
    chunks++;
    return __real_verify_sound_chunk_read(bytes, container, at, chunk);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* Chunk after chunk with a known id, and then bytes that are not one: a chain begins at each, and none is whole. */
static void read_chains(unsigned count)
{
    struct base_text file = wav_make(&(const struct wav_form){.channels = 1, .rate = 8000, .bits = 16}, TWO);
    base_store_le32((uint8_t *)file.data + 40, UINT32_MAX);
    for (unsigned i = 0; i < count; i++) {
        put_chunk(&file, "JUNK", false, (struct base_bytes){.data = NULL});
    }
    base_text_add(&file, TWO);
    chunks = 0;
    struct heard heard = hear(base_text_bytes(&file));
    CHECK_U64(heard.fault.diagnostic, 0);
    base_text_free(&file);
}

UNIT_TEST(a_chunk_that_belongs_to_many_chains_is_read_once)
{
    enum { MOST = VERIFY_SOUND_CHAINS_MAX };
    read_chains(MOST / 8);
    size_t few = chunks;
    CHECK(few >= MOST / 8);
    read_chains(MOST);
    CHECK(chunks < 9 * few);
}
