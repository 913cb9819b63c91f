/* Every allocation and every read refused in turn: no crash, no leak, and never a better verdict than the truth. */
#include "tests/harness/unit.h"
#include "tests/verify/builder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/* The linker sends every call of malloc to what it knows as __wrap_malloc, and __real_malloc to malloc. */
void *real_malloc(size_t size) __asm__("__real_malloc");
void *real_calloc(size_t count, size_t size) __asm__("__real_calloc");
void *real_realloc(void *memory, size_t size) __asm__("__real_realloc");
char *real_strdup(const char *string) __asm__("__real_strdup");
int real_posix_memalign(void **memory, size_t alignment, size_t size) __asm__("__real_posix_memalign");
ssize_t real_pread(int fd, void *out, size_t size, off_t offset) __asm__("__real_pread");
void *watched_malloc(size_t size) __asm__("__wrap_malloc");
void *watched_calloc(size_t count, size_t size) __asm__("__wrap_calloc");
void *watched_realloc(void *memory, size_t size) __asm__("__wrap_realloc");
char *watched_strdup(const char *string) __asm__("__wrap_strdup");
int watched_posix_memalign(void **memory, size_t alignment, size_t size) __asm__("__wrap_posix_memalign");
ssize_t watched_pread(int fd, void *out, size_t size, off_t offset) __asm__("__wrap_pread");

/* The next allocation or read to refuse, counted down; 0: none is refused. */
static unsigned long refuse_allocation;
static unsigned long refuse_read;
static bool for_ever; /* all later ones too */
static bool refused;

static bool is_refused(unsigned long *next)
{
    if (*next == 0) {
        return false;
    }
    if (*next == 1) {
        refused = true;
        *next = for_ever ? 1 : 0;
        return true;
    }
    --*next;
    return false;
}

void *watched_malloc(size_t size)
{
    return is_refused(&refuse_allocation) ? NULL : real_malloc(size);
}

void *watched_calloc(size_t count, size_t size)
{
    return is_refused(&refuse_allocation) ? NULL : real_calloc(count, size);
}

void *watched_realloc(void *memory, size_t size)
{
    return is_refused(&refuse_allocation) ? NULL : real_realloc(memory, size);
}

char *watched_strdup(const char *string)
{
    return is_refused(&refuse_allocation) ? NULL : real_strdup(string);
}

int watched_posix_memalign(void **memory, size_t alignment, size_t size)
{
    return is_refused(&refuse_allocation) ? ENOMEM : real_posix_memalign(memory, alignment, size);
}

ssize_t watched_pread(int fd, void *out, size_t size, off_t offset)
{
    if (is_refused(&refuse_read)) {
        errno = EIO;
        return -1;
    }
    return real_pread(fd, out, size, offset);
}

/* Runs `verify` with the Nth of something refused, N from 1 until nothing is refused any more. */
static unsigned long try_each(unsigned long *next, void (*verify)(struct pp_report *report),
                              void (*check)(const struct pp_report *report))
{
    unsigned long tried = 0;
    do {
        struct pp_report report;
        tried++;
        refused = false;
        *next = tried;
        verify(&report);
        *next = 0;
        if (refused) {
            check(&report);
        }
        pp_report_free(&report);
    } while (refused && tried < 100000);
    return tried - 1;
}

static const struct pp_verify_options options = {.jobs = 1};

static void verify_sound(struct pp_report *report)
{
    pp_verify_build(unit_path("sound"), &options, report);
}

static void verify_faulty(struct pp_report *report)
{
    pp_verify_build(unit_path("faulty"), &options, report);
}

static void verify_cartridge(struct pp_report *report)
{
    pp_verify_cartridge(unit_path("game"), &options, report);
}

/* Nothing is wrong with these files: nothing but the environment may be blamed, and it is, unless the refusal was made good and
 * everything has been looked at. */
static void check_innocent(const struct pp_report *report)
{
    CHECK(!pp_findings_any(&report->findings, PP_CLASS_L));
    CHECK(!pp_findings_any(&report->findings, PP_CLASS_C));
    CHECK(report->loads != PP_VERDICT_NO);
    CHECK_U64(report->findings.total[PP_INTERNAL], 0);
    if (pp_findings_any(&report->findings, PP_CLASS_E)) {
        CHECK_U64(report->conforms, PP_VERDICT_UNKNOWN);
    } else {
        CHECK_U64(report->conforms, PP_VERDICT_YES);
        CHECK_U64(report->checked.assets, 2);
        CHECK_U64(report->asset_count, 2);
        CHECK(report->kind == PP_REPORT_CARTRIDGE || (report->checked.hashes == 7 && report->checked.companions == 3));
        CHECK(report->assets[0].has_hash && report->assets[0].name != NULL && report->assets[0].metadata != NULL);
    }
}

/* These are wrong: they never pass. */
static void check_guilty(const struct pp_report *report)
{
    CHECK(report->conforms != PP_VERDICT_YES);
    CHECK_U64(report->findings.total[PP_INTERNAL], 0);
}

static void write_files(void)
{
    struct build build = small_build();
    build_write(&build, "sound");
    unit_write_file("game/assets.pa", build.files[ASSETS_PA].data, build.files[ASSETS_PA].size);
    struct marked manifest =
        marked_make("{'magic':'PMTU','cartridge_version':1,'app_id':1,'title':'t','app_version':'1',"
                    "'app_mode':'Game','capabilities':['asset']}");
    unit_write_file("game/manifest.json", manifest.text.data, manifest.text.size);
    pp_text_free(&manifest.text);
    build_free(&build);
    static const struct recorded assets[] = {{.asset_id = "1", .root = "a", .size = 8},
                                             {.asset_id = "1", .root = "b", .offset = 9, .size = 3}};
    static const struct plan plan = {
        .header =
            "{'asset_table':[" ENTRY("1", "'a'", "'SOUNDS'", "8", "{'x':1.5,'x':-0,'pipeline':1}", "0", "8") "," ENTRY(
                "-0", "'a'", "'GLYPH'", "8", "{}", "9",
                "3") "],'preload':[" PRELOAD("1", "0") "," PRELOAD("1", "1") ",{'y':2}]}",
        .payload = 13,
        .flags = 1};
    build = build_make(&plan, assets, 2);
    build_replace(&build, ASSET_TABLE, "'size':8", "'size':7");
    build_replace(&build, PRELOAD_JSON, "'slot':1", "'slot':1,'z':1");
    build_replace(&build, METADATA, "'asset_root':'b'", "'asset_root':'..'");
    build_write(&build, "faulty");
    build_free(&build);
}

UNIT_TEST(each_allocation_fails_once)
{
    write_files();
    for_ever = false;
    unsigned long sound = try_each(&refuse_allocation, verify_sound, check_innocent);
    unsigned long faulty = try_each(&refuse_allocation, verify_faulty, check_guilty);
    unsigned long game = try_each(&refuse_allocation, verify_cartridge, check_innocent);
    (void)printf("allocations refused: %lu + %lu + %lu\n", sound, faulty, game);
    CHECK(sound > 30 && faulty > 100 && game > 20);
}

UNIT_TEST(each_allocation_and_all_later_ones_fail)
{
    write_files();
    for_ever = true;
    CHECK(try_each(&refuse_allocation, verify_sound, check_innocent) > 30);
    CHECK(try_each(&refuse_allocation, verify_faulty, check_guilty) > 100);
    CHECK(try_each(&refuse_allocation, verify_cartridge, check_innocent) > 20);
    for_ever = false;
}

UNIT_TEST(each_read_fails_once)
{
    write_files();
    for_ever = false;
    CHECK(try_each(&refuse_read, verify_sound, check_innocent) >= 8);
    CHECK(try_each(&refuse_read, verify_faulty, check_guilty) >= 8);
    CHECK(try_each(&refuse_read, verify_cartridge, check_innocent) >= 4);
}
