/* Payloads that are packed already. */
#include "writer/writer.h"

#include "tests/writer/kit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ASSETS = 7, LARGE = 5000001 };

/* What a run packed of each asset, kept beyond it. */
struct notes {
    struct writer_packed packed[ASSETS];
    struct base_content inputs[ASSETS];
    char *metadata[ASSETS];
    char *pipelines[ASSETS];
    size_t count;
};

static bool note(void *context, size_t index, const struct writer_packed *packed)
{
    struct notes *notes = context;
    REQUIRE(index == notes->count && index < ASSETS);
    notes->metadata[index] = strdup(packed->metadata);
    notes->pipelines[index] = packed->pipeline != NULL ? strdup(packed->pipeline) : NULL;
    notes->inputs[index] = packed->inputs[0];
    notes->packed[index] = *packed;
    notes->packed[index].metadata = notes->metadata[index];
    notes->packed[index].pipeline = notes->pipelines[index];
    notes->packed[index].inputs = &notes->inputs[index];
    notes->count++;
    return true;
}

static void notes_free(struct notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->metadata[i]);
        free(notes->pipelines[i]);
    }
    notes->count = 0;
}

static void write_scene(unsigned number, size_t size, uint8_t seed)
{
    char path[64];
    uint8_t *bytes = malloc(size + 1);
    REQUIRE(bytes != NULL);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i * 7 + i / 300 + seed);
    }
    (void)snprintf(path, sizeof path, "assets/s%u/data.bin", number);
    unit_write_file(path, bytes, size);
    free(bytes);
}

/* Scenes from nothing to more than one piece. */
static void make_workspace(struct kit *kit)
{
    static const size_t sizes[ASSETS] = {100, 0, LARGE, 4096, 1, (1 << 21) - 4096, 50};
    kit_begin(kit);
    for (unsigned i = 0; i < ASSETS; i++) {
        char root[16];
        (void)snprintf(root, sizeof root, "s%u", i);
        write_scene(i, sizes[i], (uint8_t)i);
        struct workspace_asset *asset =
            kit_add(kit, (int32_t)i + 1, root, WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{\"a\":[1]}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "data.bin");
        if (i == 3) {
            kit_pipeline(asset, "{\"step\":1}");
        }
    }
}

static bool write_set(struct kit *kit, const char *name, const struct writer_options *options,
                      struct writer_summary *summary)
{
    REQUIRE(mkdir(unit_path(name), 0777) == 0);
    int fd = open(unit_path(name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool written = writer_write_artifacts(&kit->workspace, fd, "staging", options, summary, &kit->findings);
    (void)close(fd);
    return written;
}

static void check_same_sets(const char *a, const char *b)
{
    static const char *const names[] = {"asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa"};
    for (size_t i = 0; i < 4; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "%s/%s", a, names[i]);
        struct base_text one = kit_read(path);
        (void)snprintf(path, sizeof path, "%s/%s", b, names[i]);
        struct base_text other = kit_read(path);
        CHECK_U64(one.size, other.size);
        CHECK(one.size == other.size && memcmp(one.data, other.data, one.size) == 0);
        base_text_free(&one);
        base_text_free(&other);
    }
}

/* A first run, whose pack is open. */
struct first {
    struct kit kit;
    struct notes notes;
    struct writer_summary summary;
    struct base_file pack;
    const struct writer_packed *packed[ASSETS];
};

static void begin(struct first *first)
{
    *first = (struct first){.pack = BASE_FILE_CLOSED};
    make_workspace(&first->kit);
    struct writer_options options = {.jobs = 2, .packed = note, .packed_context = &first->notes};
    REQUIRE(write_set(&first->kit, "first", &options, &first->summary));
    REQUIRE(first->notes.count == ASSETS);
    REQUIRE(base_file_open(&first->pack, unit_path("first/assets.pa")) == 0);
    for (size_t i = 0; i < ASSETS; i++) {
        first->packed[i] = &first->notes.packed[i];
    }
}

static void end(struct first *first)
{
    base_file_close(&first->pack);
    notes_free(&first->notes);
    kit_end(&first->kit);
}

/* What the first run has packed of an asset, unless a test has dropped it. */
static const struct writer_packed *find(void *context, size_t asset)
{
    const struct first *first = context;
    return first->packed[asset];
}

/* Writes again with what the first run has packed. */
static bool again(struct first *first, const char *name, unsigned jobs, struct writer_summary *summary)
{
    const struct writer_provider provider = {find, first, &first->pack, first->summary.payload_offset};
    struct writer_options options = {.jobs = jobs, .provider = &provider};
    return write_set(&first->kit, name, &options, summary);
}

UNIT_TEST(a_run_tells_what_it_packed)
{
    struct first first;
    begin(&first);
    CHECK_U64(first.summary.kept, 0);
    CHECK_U64(first.summary.payload_offset, first.summary.pack_size - 2097152 - LARGE - 151);
    CHECK_U64(first.notes.packed[2].offset, 100);
    CHECK_U64(first.notes.packed[2].size, LARGE);
    CHECK_U64(first.notes.inputs[2].stamp.size, LARGE);
    CHECK(base_hash_equal(first.notes.inputs[2].hash, first.notes.packed[2].payload_hash));
    CHECK_STRING(first.notes.metadata[2], "{\"a\":[1]}");
    CHECK(first.notes.pipelines[2] == NULL);
    CHECK_STRING(first.notes.pipelines[3], "{\"step\":1}");
    end(&first);
}

UNIT_TEST(nothing_is_read_of_sources_that_were_packed_before)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    CHECK(unlink(unit_path("assets/s2/data.bin")) == 0);
    CHECK(again(&first, "one", 1, &summary));
    CHECK_U64(summary.kept, ASSETS);
    CHECK_U64(summary.input_bytes, first.summary.input_bytes);
    check_same_sets("one", "first");
    CHECK(again(&first, "many", 7, &summary));
    check_same_sets("many", "first");
    end(&first);
}

/* Payloads move: one before grew, one is gone from between. */
UNIT_TEST(kept_payloads_follow_those_that_changed)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    write_scene(1, 70001, 99);
    first.packed[1] = NULL;
    write_scene(5, 10, 98);
    first.packed[5] = NULL;
    CHECK(again(&first, "kept", 3, &summary));
    CHECK_U64(summary.kept, ASSETS - 2);
    struct writer_options clean = {.jobs = 3};
    CHECK(write_set(&first.kit, "clean", &clean, &summary));
    CHECK_U64(summary.kept, 0);
    check_same_sets("kept", "clean");
    end(&first);
}

/* The pack with one byte of payload `index` changed is refused without a word. */
static void check_stale(size_t index, uint64_t at)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    uint64_t position = first.summary.payload_offset + first.notes.packed[index].offset + at;
    int fd = open(unit_path("first/assets.pa"), O_RDWR | O_CLOEXEC);
    uint8_t byte;
    CHECK(pread(fd, &byte, 1, (off_t)position) == 1);
    byte ^= 0x10;
    CHECK(pwrite(fd, &byte, 1, (off_t)position) == 1);
    (void)close(fd);
    CHECK(!again(&first, "again", 2, &summary));
    CHECK(summary.stale);
    CHECK_U64(summary.assets, 0);
    CHECK_U64(first.kit.findings.count, 0);
    first.packed[index] = NULL;
    CHECK(again(&first, "without", 2, &summary));
    end(&first);
}

UNIT_TEST(a_payload_that_is_not_as_recorded_is_not_taken)
{
    check_stale(0, 99);
}

UNIT_TEST(a_large_payload_that_is_not_as_recorded_is_not_taken)
{
    check_stale(2, LARGE - 1);
}

UNIT_TEST(a_pack_that_is_shorter_than_recorded_is_not_taken)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    first.pack.size--;
    CHECK(!again(&first, "opened_short", 1, &summary));
    CHECK(summary.stale);
    first.pack.size++;
    CHECK(truncate(unit_path("first/assets.pa"), (off_t)first.pack.size - 1) == 0);
    CHECK(!again(&first, "became_short", 1, &summary));
    CHECK(summary.stale);
    CHECK_U64(first.kit.findings.count, 0);
    end(&first);
}

UNIT_TEST(positions_beyond_all_files_are_not_taken)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    first.notes.packed[0].offset = UINT64_MAX;
    CHECK(!again(&first, "offset", 1, &summary));
    CHECK(summary.stale);
    first.notes.packed[0].offset = 0;
    first.summary.payload_offset = UINT64_MAX - 5;
    CHECK(!again(&first, "region", 1, &summary));
    CHECK(summary.stale);
    end(&first);
}

/* Another fault is told, and is not blamed on the pack. */
UNIT_TEST(faults_of_other_assets_are_reported)
{
    struct first first;
    struct writer_summary summary;
    begin(&first);
    CHECK(unlink(unit_path("assets/s4/data.bin")) == 0);
    first.packed[4] = NULL;
    CHECK(!again(&first, "again", 2, &summary));
    CHECK(!summary.stale);
    CHECK_U64(first.kit.findings.total[DIAG_INPUT_MISSING], 1);
    end(&first);
}
