/* The library's XXH3-128 against pinned values (xxhsum -H2 prints the same): in one piece, in many, and of a file. */
#include "base/hash.h"
#include "base/hash_file.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <errno.h>

enum { LARGEST = 65536 };

/* byte i of the sample is (7 i + 3) mod 256 */
static const uint8_t *pattern(void)
{
    static uint8_t bytes[LARGEST];
    for (size_t i = 0; i < LARGEST; i++) {
        bytes[i] = (uint8_t)((i * 7 + 3) & 0xFF);
    }
    return bytes;
}

/* XXH3 takes another way for each of these ranges of lengths. */
static const struct {
    size_t size;
    const char *hex;
} pinned[] = {
    {0, "99aa06d3014798d86001c324468d497f"},       {1, "22bbb76b211a39ba13e608bc156defed"},
    {3, "ce31763cbf8245a5a9088dda485b481c"},       {4, "47197970590746b1788a609154b0fe20"},
    {8, "e3bc8a5f461715553cd024e3d63a1588"},       {9, "c72c88247a9a56d7eafab1c7f123109f"},
    {16, "ce0b9647ab24f88460d75c5e47d40a24"},      {17, "bfd327edcc2fbd12eeed7654312a26d7"},
    {128, "1b1962a096bac78bc580008b6c92ac53"},     {129, "293e4968c4619023bd91ce7ace4d385b"},
    {240, "ad46c1021b076bc704e0b5f034bee80b"},     {241, "ac6c3492c3d6b45d8beadd3a8874fe17"},
    {1024, "18bc0eaca9a336369b81661c641c72b1"},    {4096, "1546867423105cd5d7428746842be37e"},
    {LARGEST, "6a2504ac37f3b3b35d03b43b14c75500"},
};

static void check_hash(struct base_hash hash, const char *expected)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    CHECK_STRING(hex, expected);
}

UNIT_TEST(hash_in_one_piece)
{
    const uint8_t *bytes = pattern();
    for (size_t i = 0; i < COUNT_OF(pinned); i++) {
        check_hash(base_hash_of(base_bytes_make(bytes, pinned[i].size)), pinned[i].hex);
    }
    check_hash(base_hash_of(base_bytes_make(NULL, 0)), pinned[0].hex);
    check_hash(base_hash_of(base_bytes_of_string("a")), "a96faf705af16834e6c632b61e964e1f");
    check_hash(base_hash_of(base_bytes_of_string("assets.pa")), "a3b31993a0d9fd34f18bac8fe0013d0c");
}

UNIT_TEST(hash_in_many_pieces)
{
    static const size_t pieces[] = {1, 7, 64, 255, 256, 1000, LARGEST};
    const uint8_t *bytes = pattern();
    struct base_hasher *hasher = base_hasher_create();
    REQUIRE(hasher != NULL);
    for (size_t i = 0; i < COUNT_OF(pinned) * COUNT_OF(pieces); i++) {
        size_t size = pinned[i / COUNT_OF(pieces)].size;
        size_t piece = pieces[i % COUNT_OF(pieces)];
        base_hasher_reset(hasher);
        for (size_t at = 0; at < size; at += piece) {
            base_hasher_add(hasher, base_bytes_make(bytes + at, piece < size - at ? piece : size - at));
            base_hasher_add(hasher, base_bytes_make(NULL, 0));
        }
        check_hash(base_hasher_result(hasher), pinned[i / COUNT_OF(pieces)].hex);
    }
    base_hasher_destroy(hasher);
}

UNIT_TEST(a_result_does_not_end_the_stream)
{
    const uint8_t *bytes = pattern();
    struct base_hasher *hasher = base_hasher_create();
    REQUIRE(hasher != NULL);
    check_hash(base_hasher_result(hasher), "99aa06d3014798d86001c324468d497f");
    base_hasher_add(hasher, base_bytes_make(bytes, 240));
    check_hash(base_hasher_result(hasher), "ad46c1021b076bc704e0b5f034bee80b");
    check_hash(base_hasher_result(hasher), "ad46c1021b076bc704e0b5f034bee80b");
    base_hasher_add(hasher, base_bytes_make(bytes + 240, 1));
    check_hash(base_hasher_result(hasher), "ac6c3492c3d6b45d8beadd3a8874fe17");
    base_hasher_destroy(hasher);
}

/* The library's own allocation, which the linker leads through here (see CMakeLists.txt). */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
struct XXH3_state_s *__real_XXH3_createState(void);
struct XXH3_state_s *__wrap_XXH3_createState(void);

static bool library_has_memory = true;

struct XXH3_state_s *__wrap_XXH3_createState(void)
{
    return library_has_memory ? __real_XXH3_createState() : NULL;
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

UNIT_TEST(hasher_without_memory)
{
    memory_fault_after(0);
    struct base_hasher *hasher = base_hasher_create();
    (void)memory_fault_off();
    CHECK(hasher == NULL);
    library_has_memory = false;
    CHECK(base_hasher_create() == NULL);
    base_hasher_destroy(NULL);
}

UNIT_TEST(hash_of_a_file)
{
    struct base_file file;
    struct base_hash hash;
    unit_write_file("file", pattern(), LARGEST);
    REQUIRE(base_file_open(&file, unit_path("file")) == 0);
    CHECK(base_hash_file(&file, NULL, &hash) == 0);
    check_hash(hash, "6a2504ac37f3b3b35d03b43b14c75500");
    struct base_task task = BASE_TASK_INIT;
    base_task_cancel(&task);
    CHECK(base_hash_file(&file, &task, &hash) == ECANCELED);
    file.size++; /* it has become shorter */
    CHECK(base_hash_file(&file, NULL, &hash) == BASE_FILE_SHRUNK);
    check_hash(hash, "6a2504ac37f3b3b35d03b43b14c75500");
    base_file_close(&file);
}
