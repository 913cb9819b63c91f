/* Every variant of the verifier's hash that this machine can run, against values that xxhsum -H2 gives; and streams
 * hashed in parts. */
#include "base/fast_hash.h"
#include "base/fast_hash_file.h"
#include "base/fast_hash_force.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <errno.h>

enum { LARGEST = 131072, EVERY_LENGTH = 4200, MOST_BLOCKS = LARGEST / BASE_FAST_HASH_BLOCK, MISALIGNED = 37 };

/* byte i of the sample is (7 i + 3) mod 256; it lies `shift` bytes after an aligned address */
static struct base_bytes pattern(size_t shift, size_t size)
{
    _Alignas(64) static uint8_t bytes[64 + LARGEST];
    REQUIRE(shift < 64 && size <= LARGEST);
    for (size_t i = 0; i < LARGEST; i++) {
        bytes[shift + i] = (uint8_t)((i * 7 + 3) & 0xFF);
    }
    return base_bytes_make(bytes + shift, size);
}

static struct base_bytes part(struct base_bytes bytes, size_t from, size_t size)
{
    return base_bytes_make(bytes.data + from, size);
}

static void check_hash(struct base_hash hash, const char *expected)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    CHECK_STRING(hex, expected);
}

static const struct {
    size_t size;
    const char *hex;
} pinned[] = {
    {0, "99aa06d3014798d86001c324468d497f"},      {1, "22bbb76b211a39ba13e608bc156defed"},
    {3, "ce31763cbf8245a5a9088dda485b481c"},      {4, "47197970590746b1788a609154b0fe20"},
    {8, "e3bc8a5f461715553cd024e3d63a1588"},      {9, "c72c88247a9a56d7eafab1c7f123109f"},
    {16, "ce0b9647ab24f88460d75c5e47d40a24"},     {17, "bfd327edcc2fbd12eeed7654312a26d7"},
    {128, "1b1962a096bac78bc580008b6c92ac53"},    {129, "293e4968c4619023bd91ce7ace4d385b"},
    {240, "ad46c1021b076bc704e0b5f034bee80b"},    {241, "ac6c3492c3d6b45d8beadd3a8874fe17"},
    {256, "77f21db933350c7e3c38817f6d79c0da"},    {257, "75f2e27f8efc335d2a300c3495738ea6"},
    {320, "3d82389ba0c04d3344bee046b4a45d45"},    {1023, "dedd3c0d6bceed34d26986a0b85dcc44"},
    {1024, "18bc0eaca9a336369b81661c641c72b1"},   {1025, "bf447251cfa98d7c806c2072ed713576"},
    {1088, "3d034f977992699d2f8781e01841f0da"},   {2047, "f6cfa7d1ee79e430e36fcecaa2c0ecba"},
    {2048, "f81f6e8f418d8075abe604813ba62ed1"},   {2049, "fc9da7340154dc6c55aed42c9f1554b6"},
    {65536, "6a2504ac37f3b3b35d03b43b14c75500"},  {100000, "d9e155dd16e141d00c056f6fcc340974"},
    {131072, "1b03e41bdaf1a1d1ab999e6788db6ebb"},
};

/* Calls check once with each variant running. */
static void with_each_variant(void (*check)(struct base_fast_hasher *hasher))
{
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    REQUIRE(hasher != NULL);
    const char *name;
    for (size_t v = 0; (name = base_fast_hash_variant_name(v)) != NULL; v++) {
        CHECK_ROW(base_fast_hash_force(name), true, name);
        base_fast_hasher_reset(hasher);
        check(hasher);
    }
    base_fast_hasher_destroy(hasher);
}

/* ---- Which variant runs ---- */

UNIT_TEST(there_is_a_variant_and_the_last_runs_everywhere)
{
    size_t count = 0;
    while (base_fast_hash_variant_name(count) != NULL) {
        count++;
    }
    REQUIRE(count > 0);
    const char *last = base_fast_hash_variant_name(count - 1);
    CHECK(strcmp(last, "portable") == 0 || strcmp(last, "plain") == 0);
    CHECK(base_fast_hash_variant_name(count) == NULL);
    CHECK(base_fast_hash_variant_name(count + 1) == NULL);
}

UNIT_TEST(what_is_not_there_cannot_be_forced)
{
    CHECK(!base_fast_hash_force(""));
    CHECK(!base_fast_hash_force("avx"));
    CHECK(!base_fast_hash_force("portable "));
    CHECK(base_fast_hash_force(NULL));
    check_hash(base_fast_hash_of(pattern(0, 131072)), "1b03e41bdaf1a1d1ab999e6788db6ebb");
}

/* ---- Bytes ---- */

static void check_one_piece(struct base_fast_hasher *hasher)
{
    (void)hasher;
    for (size_t i = 0; i < COUNT_OF(pinned); i++) {
        check_hash(base_fast_hash_of(pattern(0, pinned[i].size)), pinned[i].hex);
        check_hash(base_fast_hash_of(pattern(MISALIGNED, pinned[i].size)), pinned[i].hex);
    }
    check_hash(base_fast_hash_of(base_bytes_make(NULL, 0)), pinned[0].hex);
}

UNIT_TEST(every_variant_in_one_piece)
{
    with_each_variant(check_one_piece);
}

/* The hash of the hashes of the first 0, 1, 2 … 4,200 bytes: none may differ. */
static void check_every_length(struct base_fast_hasher *hasher)
{
    static uint8_t hashes[(EVERY_LENGTH + 1) * BASE_HASH_SIZE];
    struct base_bytes bytes = pattern(1, EVERY_LENGTH);
    for (size_t size = 0; size <= EVERY_LENGTH; size++) {
        struct base_hash hash = base_fast_hash_of(part(bytes, 0, size));
        memcpy(hashes + size * BASE_HASH_SIZE, hash.bytes, BASE_HASH_SIZE);
        base_fast_hasher_reset(hasher);
        base_fast_hasher_add(hasher, part(bytes, 0, size));
        CHECK(base_hash_equal(base_fast_hasher_result(hasher), hash));
    }
    check_hash(base_fast_hash_of(base_bytes_make(hashes, sizeof hashes)), "7c793988a9afbcaa27b3676432b8d141");
}

UNIT_TEST(every_variant_for_every_length)
{
    with_each_variant(check_every_length);
}

static void check_many_pieces(struct base_fast_hasher *hasher)
{
    static const size_t pieces[] = {1, 7, 63, 64, 65, 255, 256, 257, 1000, 1024, 1025, 4096, LARGEST};
    for (size_t i = 0; i < COUNT_OF(pinned) * COUNT_OF(pieces); i++) {
        struct base_bytes bytes = pattern(MISALIGNED, pinned[i / COUNT_OF(pieces)].size);
        size_t piece = pieces[i % COUNT_OF(pieces)];
        base_fast_hasher_reset(hasher);
        for (size_t at = 0; at < bytes.size; at += piece) {
            base_fast_hasher_add(hasher, part(bytes, at, piece < bytes.size - at ? piece : bytes.size - at));
            base_fast_hasher_add(hasher, base_bytes_make(NULL, 0));
        }
        check_hash(base_fast_hasher_result(hasher), pinned[i / COUNT_OF(pieces)].hex);
    }
}

UNIT_TEST(every_variant_in_many_pieces)
{
    with_each_variant(check_many_pieces);
}

UNIT_TEST(a_stream_goes_on_with_another_variant)
{
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    REQUIRE(hasher != NULL);
    const char *name;
    size_t at = 0;
    for (size_t v = 0; (name = base_fast_hash_variant_name(v)) != NULL; v++) {
        CHECK_ROW(base_fast_hash_force(name), true, name);
        base_fast_hasher_add(hasher, part(pattern(0, LARGEST), at, 1500));
        at += 1500;
    }
    base_fast_hasher_add(hasher, part(pattern(0, LARGEST), at, LARGEST - at));
    check_hash(base_fast_hasher_result(hasher), "1b03e41bdaf1a1d1ab999e6788db6ebb");
    base_fast_hasher_destroy(hasher);
}

UNIT_TEST(a_result_does_not_end_the_stream)
{
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    REQUIRE(hasher != NULL);
    check_hash(base_fast_hasher_result(hasher), "99aa06d3014798d86001c324468d497f");
    base_fast_hasher_add(hasher, pattern(0, 240));
    check_hash(base_fast_hasher_result(hasher), "ad46c1021b076bc704e0b5f034bee80b");
    check_hash(base_fast_hasher_result(hasher), "ad46c1021b076bc704e0b5f034bee80b");
    base_fast_hasher_destroy(hasher);
}

UNIT_TEST(hasher_without_memory)
{
    memory_fault_after(0);
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    (void)memory_fault_off();
    CHECK(hasher == NULL);
    base_fast_hasher_destroy(NULL);
}

UNIT_TEST(hash_of_a_file)
{
    struct base_file file;
    struct base_hash hash;
    struct base_bytes bytes = pattern(0, LARGEST);
    unit_write_file("file", bytes.data, bytes.size);
    REQUIRE(base_file_open(&file, unit_path("file")) == 0);
    CHECK(base_fast_hash_file(&file, NULL, &hash) == 0);
    check_hash(hash, "1b03e41bdaf1a1d1ab999e6788db6ebb");
    struct base_task task = BASE_TASK_INIT;
    base_task_cancel(&task);
    CHECK(base_fast_hash_file(&file, &task, &hash) == ECANCELED);
    file.size++; /* it has become shorter */
    CHECK(base_fast_hash_file(&file, NULL, &hash) == BASE_FILE_SHRUNK);
    check_hash(hash, "1b03e41bdaf1a1d1ab999e6788db6ebb");
    base_file_close(&file);
}

/* ---- Sums of blocks ---- */

static uint64_t sums_of_the_first[MOST_BLOCKS * BASE_FAST_HASH_SUMS];

static void check_sums(struct base_fast_hasher *hasher)
{
    static uint64_t sums[MOST_BLOCKS * BASE_FAST_HASH_SUMS];
    (void)hasher;
    memset(sums, 0xA5, sizeof sums);
    base_fast_hash_sum_blocks(pattern(MISALIGNED, LARGEST), sums);
    CHECK(memcmp(sums, sums_of_the_first, sizeof sums) == 0);
}

UNIT_TEST(all_variants_sum_alike)
{
    base_fast_hash_sum_blocks(pattern(0, LARGEST), sums_of_the_first);
    with_each_variant(check_sums);
}

static void check_whole_blocks(struct base_fast_hasher *hasher)
{
    static const uint64_t untouched = 0x5A5A5A5A5A5A5A5A;
    uint64_t sums[2 * BASE_FAST_HASH_SUMS];
    (void)hasher;
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        sums[i] = untouched;
    }
    base_fast_hash_sum_blocks(pattern(0, BASE_FAST_HASH_BLOCK - 1), sums);
    CHECK_U64(sums[0], untouched);
    base_fast_hash_sum_blocks(pattern(0, 2 * BASE_FAST_HASH_BLOCK - 1), sums);
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        CHECK_ROW(sums[i] == untouched, i >= BASE_FAST_HASH_SUMS, "sum");
    }
}

UNIT_TEST(only_whole_blocks_are_summed)
{
    with_each_variant(check_whole_blocks);
}

/* `before` bytes as they are, `summed` bytes with their sums, `after` bytes as they are. */
static struct base_hash hash_in_parts(struct base_fast_hasher *hasher, size_t before, size_t summed, size_t after)
{
    static uint64_t sums[MOST_BLOCKS * BASE_FAST_HASH_SUMS];
    struct base_bytes bytes = pattern(MISALIGNED, before + summed + after);
    base_fast_hasher_reset(hasher);
    base_fast_hasher_add(hasher, part(bytes, 0, before));
    base_fast_hash_sum_blocks(part(bytes, before, summed), sums);
    base_fast_hasher_add_summed(hasher, part(bytes, before, summed), sums);
    base_fast_hasher_add(hasher, part(bytes, before + summed, after));
    return base_fast_hasher_result(hasher);
}

static void check_summed_parts(struct base_fast_hasher *hasher)
{
    static const size_t befores[] = {0, 1024, 2048, 10240};
    static const size_t sizes[] = {0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 3072, 4096, 65536, 65600};
    static const size_t afters[] = {0, 1, 63, 64, 65, 256, 257, 1023, 1024, 1025, 5000};
    for (size_t i = 0; i < COUNT_OF(befores) * COUNT_OF(sizes) * COUNT_OF(afters); i++) {
        size_t before = befores[i % COUNT_OF(befores)];
        size_t size = sizes[i / COUNT_OF(befores) % COUNT_OF(sizes)];
        size_t after = afters[i / COUNT_OF(befores) / COUNT_OF(sizes)];
        struct base_hash expected = base_fast_hash_of(pattern(0, before + size + after));
        CHECK(base_hash_equal(hash_in_parts(hasher, before, size, after), expected));
    }
}

UNIT_TEST(summed_blocks_give_the_hash_of_the_bytes)
{
    with_each_variant(check_summed_parts);
}

static void check_sums_that_do_not_fit(struct base_fast_hasher *hasher)
{
    static const size_t befores[] = {1, 64, 256, 1023, 1025, 1024 + 512};
    for (size_t i = 0; i < COUNT_OF(befores); i++) {
        struct base_hash expected = base_fast_hash_of(pattern(0, befores[i] + 8192 + 100));
        CHECK(base_hash_equal(hash_in_parts(hasher, befores[i], 8192, 100), expected));
    }
}

UNIT_TEST(sums_that_do_not_fit_the_stream_are_not_used)
{
    with_each_variant(check_sums_that_do_not_fit);
}

/* Several summed parts one after the other, as threads hand them in, with what is left between blocks in between. */
static void check_stream_of_summed_parts(struct base_fast_hasher *hasher)
{
    enum { PART = 20000, START = 333 };
    static uint64_t sums[MOST_BLOCKS * BASE_FAST_HASH_SUMS];
    struct base_bytes bytes = pattern(0, LARGEST);
    base_fast_hasher_add(hasher, part(bytes, 0, START));
    for (size_t at = START; at < bytes.size;) {
        size_t size = PART < bytes.size - at ? PART : bytes.size - at;
        size_t rest = (BASE_FAST_HASH_BLOCK - at % BASE_FAST_HASH_BLOCK) % BASE_FAST_HASH_BLOCK;
        base_fast_hasher_add(hasher, part(bytes, at, rest));
        base_fast_hash_sum_blocks(part(bytes, at + rest, size - rest), sums);
        base_fast_hasher_add_summed(hasher, part(bytes, at + rest, size - rest), sums);
        at += size;
    }
    check_hash(base_fast_hasher_result(hasher), "1b03e41bdaf1a1d1ab999e6788db6ebb");
}

UNIT_TEST(a_stream_of_summed_parts)
{
    with_each_variant(check_stream_of_summed_parts);
}
