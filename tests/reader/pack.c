/* Opening: what is lent, what is refused, who owns what. */
#include "reader/pack.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* In canonical form, with a payload of PAYLOAD_BYTES. */
#define SAMPLE                                                                                                         \
    "{'asset_table':[{'asset_id':3,'asset_name':'one','bank_type':'GLYPH','codec':'NONE','decoded_size':99,"           \
    "'metadata':{'a':1},'offset':0,'size':16},{'asset_id':7,'asset_name':'t\\nwo','bank_type':'SOUNDS',"               \
    "'codec':'NONE','decoded_size':8,'metadata':{},'offset':16,'size':48}],"                                           \
    "'preload':[{'asset_id':7,'slot':5},{'asset_id':3,'slot':0}]}"

static bool bytes_are(struct base_bytes bytes, const char *expected)
{
    return bytes.size == strlen(expected) && memcmp(bytes.data, expected, bytes.size) == 0;
}

/* What every way of opening has to show of SAMPLE. */
static void check_sample(const struct pp_pack *pack, uint64_t file_size, uint64_t payload_at)
{
    CHECK_U64(pp_pack_prelude(pack)->schema_version, 1);
    CHECK_U64(pp_pack_prelude(pack)->payload_offset, payload_at);
    CHECK_U64(pp_pack_file_size(pack), file_size);
    CHECK_U64(pp_pack_header(pack).size, pp_pack_prelude(pack)->header_len);
    REQUIRE(pp_pack_count(pack) == 2);
    struct pp_entry one = pp_pack_entry(pack, 0);
    CHECK(one.asset_id == 3 && one.bank == PP_BANK_GLYPH && one.offset == 0 && one.size == 16);
    CHECK(one.decoded_size == 99 && bytes_are(one.name, "one") && bytes_are(one.metadata, "{\"a\":1}"));
    struct pp_entry two = pp_pack_entry(pack, 1);
    CHECK(two.asset_id == 7 && two.bank == PP_BANK_SOUNDS && two.offset == 16 && two.size == 48);
    CHECK(two.decoded_size == 8 && bytes_are(two.name, "t\\nwo") && bytes_are(two.metadata, "{}"));
    REQUIRE(pp_pack_preload_count(pack) == 2);
    struct pp_preload first = pp_pack_preload(pack, 0);
    CHECK(first.asset_id == 7 && first.entry == 1 && first.slot == 5);
    struct pp_preload second = pp_pack_preload(pack, 1);
    CHECK(second.asset_id == 3 && second.entry == 0 && second.slot == 0);
    CHECK_U64(pp_pack_find_id(pack, 7), 1);
    CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("t\nwo")), 1);
    CHECK_U64(pp_pack_resolve(pack, 1).position, payload_at + 16);
    CHECK_U64(pp_pack_resolve(pack, 1).size, 48);
}

UNIT_TEST(opens_a_file_mapped_or_read)
{
    struct pack built = pack_build_pattern(SAMPLE);
    const char *path = pack_write(&built, "sample.pa");
    static const enum pp_access ways[] = {PP_ACCESS_MAP, PP_ACCESS_READ};
    for (size_t i = 0; i < 2; i++) {
        struct pp_pack_options options = {.access = ways[i]};
        struct pp_error error = {.diagnostic = DIAG_INTERNAL};
        struct pp_pack *pack = pp_pack_open(path, &options, &error);
        REQUIRE(pack != NULL);
        CHECK(error.diagnostic == DIAG_NONE && error.entry == -1 && error.preload == -1);
        check_sample(pack, built.size, built.payload_at);
        pp_pack_close(pack);
    }
    pack_free(&built);
}

UNIT_TEST(opens_bytes)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    check_sample(pack, built.size, built.payload_at);
    CHECK(pp_pack_header(pack).data == built.data + PRELUDE_BYTES);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(takes_payload_offset_as_it_is_given)
{
    struct marked header = marked_make(SAMPLE);
    static const uint8_t payload[PAYLOAD_BYTES] = {1, 2, 3};
    struct pack built = pack_build(marked_bytes(&header), 4099, base_bytes_make(payload, sizeof payload));
    struct pp_pack *pack = pp_pack_open(pack_write(&built, "gap.pa"), NULL, NULL);
    REQUIRE(pack != NULL);
    CHECK_U64(built.payload_at, PRELUDE_BYTES + header.size + 4099);
    check_sample(pack, built.size, built.payload_at);
    uint8_t start[3];
    CHECK(pp_pack_read(pack, 0, 0, start, 3, NULL) && start[0] == 1 && start[1] == 2 && start[2] == 3);
    pp_pack_close(pack);
    pack_free(&built);
    marked_free(&header);
}

UNIT_TEST(opens_what_is_not_canonical)
{
    struct pack built = pack_build_pattern(
        "{ 'preload':[{'slot':5,'asset_id':7}], 'asset_table':[{'size':48,'offset':16,'metadata':{'b':1,"
        "'b':2},'decoded_size':8,'codec':'NONE','bank_type':'SCENE','asset_name':'x','asset_id':7},"
        "{'asset_id':-3,'asset_name':'y','bank_type':'GLYPH','codec':'NONE','decoded_size':0,"
        "'metadata':{},'offset':0,'size':0}]}");
    struct pp_error error;
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, &error);
    REQUIRE(pack != NULL);
    CHECK_U64(pp_pack_find_id(pack, 7), 0);
    CHECK_U64(pp_pack_find_id(pack, -3), 1);
    CHECK(pp_pack_entry(pack, 0).bank == PP_BANK_SCENE &&
          bytes_are(pp_pack_entry(pack, 0).metadata, "{\"b\":1,\"b\":2}"));
    CHECK(pp_pack_preload(pack, 0).entry == 0 && pp_pack_preload(pack, 0).slot == 5);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(stops_at_the_prelude)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct pp_error error;
    built.data[0] = 'X';
    CHECK(pp_pack_open_bytes(pack_bytes(&built), NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_PRELUDE_MAGIC);
    CHECK_U64(error.byte_offset, 0);
    CHECK(pp_pack_open_bytes(base_bytes_make(NULL, 0), NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_FILE_TRUNCATED);
    CHECK(pp_pack_open(pack_write(&built, "magic.pa"), NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_PRELUDE_MAGIC);
    CHECK(pp_pack_open(unit_path("magic.pa"), NULL, NULL) == NULL);
    pack_free(&built);
}

UNIT_TEST(names_the_element_at_fault)
{
    struct pack built = pack_build_pattern(
        HEADER_PRELOAD(ENTRY("1", "a") "," ENTRY("2", "b"), PRELOAD("1", "0") "," PRELOAD("2", "16")));
    struct pp_error error;
    CHECK(pp_pack_open_bytes(pack_bytes(&built), NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_PRELOAD_SLOT_RANGE);
    CHECK(error.preload == 1 && error.entry == -1 && error.problem == 0);
    CHECK(built.data[error.byte_offset] == '1' && built.data[error.byte_offset + 1] == '6');
    pack_free(&built);
}

UNIT_TEST(holds_the_options)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct pp_error error;
    uint32_t header_len = (uint32_t)(built.payload_at - PRELUDE_BYTES);
    struct pp_pack_options options = {.max_header = header_len - 1};
    CHECK(pp_pack_open_bytes(pack_bytes(&built), &options, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_PRELUDE_HEADER_LENGTH);
    CHECK_U64(error.byte_offset, 8);
    options = (struct pp_pack_options){.max_header = header_len, .max_entries = 1};
    CHECK(pp_pack_open_bytes(pack_bytes(&built), &options, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_ENVIRONMENT_MEMORY);
    options.max_entries = 2;
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), &options, &error);
    CHECK(pack != NULL);
    pp_pack_close(pack);
    pp_pack_close(NULL);
    pack_free(&built);
}

/* ---- The environment ---- */

static void check_unreadable(const char *path, int problem)
{
    struct pp_error error;
    CHECK(pp_pack_open(path, NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_ENVIRONMENT_READ);
    CHECK_U64(error.problem, problem);
    CHECK(error.text != NULL && error.entry == -1 && error.preload == -1);
}

UNIT_TEST(refuses_what_is_not_a_regular_file)
{
    REQUIRE(mkfifo(unit_path("fifo"), 0600) == 0);
    check_unreadable(unit_path("fifo"), BASE_FILE_NOT_REGULAR);
    check_unreadable(unit_directory(), BASE_FILE_NOT_REGULAR);
    check_unreadable("/dev/null", BASE_FILE_NOT_REGULAR);
    check_unreadable(unit_path("absent"), ENOENT);
}

UNIT_TEST(an_open_file_changes_hands_on_success_only)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct base_file file;
    REQUIRE(base_file_open(&file, pack_write(&built, "mine.pa")) == 0);
    struct pp_pack_options small = {.max_header = 2};
    CHECK(pp_pack_open_file(&file, &small, NULL) == NULL);
    CHECK(file.fd >= 0 && fcntl(file.fd, F_GETFD) >= 0);
    int fd = file.fd;
    struct pp_pack *pack = pp_pack_open_file(&file, NULL, NULL);
    REQUIRE(pack != NULL);
    CHECK(file.fd == -1 && file.size == built.size);
    base_file_close(&file);
    CHECK(fcntl(fd, F_GETFD) >= 0);
    check_sample(pack, built.size, built.payload_at);
    pp_pack_close(pack);
    CHECK(fcntl(fd, F_GETFD) == -1 && errno == EBADF);
    pack_free(&built);
}

UNIT_TEST(a_file_that_shrank_is_not_read)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct pp_pack_options options = {.access = PP_ACCESS_READ};
    struct pp_error error;
    struct base_file file;
    REQUIRE(base_file_open(&file, pack_write(&built, "shrunk.pa")) == 0);
    REQUIRE(truncate(unit_path("shrunk.pa"), PRELUDE_BYTES + 10) == 0);
    CHECK(pp_pack_open_file(&file, &options, &error) == NULL);
    CHECK(error.diagnostic == DIAG_ENVIRONMENT_READ && error.problem == BASE_FILE_SHRUNK);
    CHECK_U64(error.byte_offset, PRELUDE_BYTES);
    REQUIRE(truncate(unit_path("shrunk.pa"), 10) == 0);
    CHECK(pp_pack_open_file(&file, &options, &error) == NULL);
    CHECK(error.diagnostic == DIAG_ENVIRONMENT_READ && error.problem == BASE_FILE_SHRUNK);
    CHECK_U64(error.byte_offset, 0);
    base_file_close(&file);
    pack_free(&built);
}

#if defined(MADV_POPULATE_READ)
/* A header of several pages, so that the missing ones are whole pages of the mapping. */
UNIT_TEST(a_mapped_header_that_shrank_is_not_a_crash)
{
    enum { HEADER_BYTES = 3 * 65536 };
    void *probe = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(probe != MAP_FAILED);
    bool supported = madvise(probe, 4096, MADV_POPULATE_READ) == 0;
    (void)munmap(probe, 4096);
    char *header = malloc(HEADER_BYTES);
    REQUIRE(header != NULL);
    memset(header, ' ', HEADER_BYTES);
    static const uint8_t start[] = {'{', '"', 'a', 's', 's', 'e', 't', '_', 't',
                                    'a', 'b', 'l', 'e', '"', ':', '[', ']', '}'};
    memcpy(header, start, sizeof start);
    struct pack built = pack_build(base_bytes_make(header, HEADER_BYTES), 0, base_bytes_make(NULL, 0));
    struct pp_error error;
    struct base_file file;
    REQUIRE(base_file_open(&file, pack_write(&built, "mapped.pa")) == 0);
    REQUIRE(truncate(unit_path("mapped.pa"), 100) == 0);
    if (supported) { /* an older kernel has only SIGBUS to say it */
        CHECK(pp_pack_open_file(&file, NULL, &error) == NULL);
        CHECK(error.diagnostic == DIAG_ENVIRONMENT_READ && error.problem == BASE_FILE_SHRUNK);
        CHECK_U64(error.byte_offset, PRELUDE_BYTES);
    }
    base_file_close(&file);
    pack_free(&built);
    free(header);
}
#endif

UNIT_TEST(a_header_overwritten_later_gives_wrong_names_and_no_crash)
{
    struct pack built = pack_build_pattern(SAMPLE);
    const char *path = pack_write(&built, "changed.pa");
    static const uint8_t bytes[] = {0, '\\', 'u', '"', 0xFF};
    for (size_t i = 0; i < sizeof bytes; i++) {
        unit_write_file("changed.pa", built.data, built.size);
        struct pp_pack *pack = pp_pack_open(path, NULL, NULL);
        REQUIRE(pack != NULL);
        uint8_t *junk = malloc(built.size);
        REQUIRE(junk != NULL);
        memset(junk, bytes[i], built.size);
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        REQUIRE(fd >= 0 && pwrite(fd, junk, built.size, 0) == (ssize_t)built.size);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("one")), PP_NO_ENTRY);
        CHECK_U64(pp_pack_find_id(pack, 7), 1);
        CHECK_U64(pp_pack_resolve(pack, 1).position, built.payload_at + 16);
        (void)close(fd);
        free(junk);
        pp_pack_close(pack);
    }
    pack_free(&built);
}

UNIT_TEST(banks_have_names)
{
    CHECK_STRING(pp_bank_name(PP_BANK_GLYPH), "GLYPH");
    CHECK_STRING(pp_bank_name(PP_BANK_SOUNDS), "SOUNDS");
    CHECK_STRING(pp_bank_name(PP_BANK_SCENE), "SCENE");
    CHECK_STRING(pp_bank_name(PP_BANK_COUNT), "");
}
