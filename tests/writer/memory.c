#include "writer/writer.h"

#include "tests/lib/memory_fault.h"
#include "tests/writer/kit.h"

#include <fcntl.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS_MAX = 5000 };

/* Runs with the first allocation failing, then the second, and so on, until a run needs no more of them. */
static unsigned sweep(struct kit *kit, bool succeeds)
{
    for (unsigned allowed = 0; allowed < ATTEMPTS_MAX; allowed++) {
        char name[32];
        struct writer_options options = {.jobs = 1};
        struct writer_summary summary;
        (void)snprintf(name, sizeof name, "out%u", allowed);
        REQUIRE(mkdir(unit_path(name), 0777) == 0);
        int fd = open(unit_path(name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        memory_fault_after(allowed);
        bool done = writer_write_artifacts(&kit->workspace, fd, "staging", &options, &summary, &kit->findings);
        bool faulted = memory_fault_off() > allowed;
        bool told = kit->findings.out_of_memory || kit->findings.total[DIAG_ENVIRONMENT_MEMORY] > 0;
        (void)close(fd);
        base_findings_free(&kit->findings);
        if (!faulted) {
            CHECK(done == succeeds);
            CHECK(!told);
            return allowed;
        }
        CHECK(!done);
        CHECK(told);
        CHECK_U64(summary.assets, 0);
    }
    return ATTEMPTS_MAX;
}

static void add_sources(struct kit *kit)
{
    static const uint32_t palette[2] = {0, 0xFFFFFF};
    static const uint8_t indices[64] = {0};
    static const uint32_t pixels[64] = {0xFFFFFFFF};
    static const int samples[4] = {0};
    uint8_t sheet[34816] = {0};
    kit_png_indexed("assets/g/i.png", 8, 8, palette, 2, indices);
    kit_png_rgba("assets/g/t.png", 8, 8, pixels);
    kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, samples, 4);
    unit_write_file("assets/g/p.hex", "ffffff\n", 7);
    unit_write_file("assets/r/r.bin", "raw", 3);
    unit_write_file("assets/r/sheet.bin", sheet, sizeof sheet);
    struct workspace_asset *asset = kit_add(kit, 1, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED,
                                            "{\"tile_size\":8,\"a\":[1,{\"b\":2}]}");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    asset = kit_add(kit, 2, "s", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "s.wav");
    kit_preload(asset, -1);
    asset = kit_add(kit, 3, "r", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "r.bin");
    kit_pipeline(asset, "{\"x\":[1,2,3]}");
    asset = kit_add(kit, 4, "r", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW,
                    "{\"tile_size\":16,\"width\":256,\"height\":256,\"palette_count\":64,\"palette_authored\":2}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "sheet.bin");
}

UNIT_TEST(any_allocation_of_a_build_may_fail)
{
    struct kit kit;
    kit_begin(&kit);
    add_sources(&kit);
    struct workspace_asset *asset =
        kit_add(&kit, 5, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
    kit_palette(asset, 0, "p.hex");
    kit_palette(asset, 1, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    unsigned needed = sweep(&kit, true);
    CHECK(needed > 100 && needed < ATTEMPTS_MAX);
    kit_end(&kit);
}

/* The same on the way to a refusal, where findings take memory too. */
UNIT_TEST(any_allocation_of_a_refusal_may_fail)
{
    struct kit kit;
    kit_begin(&kit);
    add_sources(&kit);
    struct workspace_asset *asset =
        kit_add(&kit, 5, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
    kit_palette(asset, 0, "p.hex");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "p.hex");
    kit_preload(asset, 0);
    asset = kit_add(&kit, 6, "r", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW, "{\"pipeline\":1,\"width\":3}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "r.bin");
    kit_preload(asset, 0);
    unsigned needed = sweep(&kit, false);
    CHECK(needed > 100 && needed < ATTEMPTS_MAX);
    kit_end(&kit);
}
