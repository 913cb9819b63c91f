/* A pack with any companions beside it. When the verifier finds nothing, the contract read a second time must find
 * nothing either; and what the contract finds in the pack alone, the verifier must find whatever is beside it.
 *
 * The front of the input is the four files one after the other; the tail says how long they are, which are missing or
 * taken from what the pack asks for, and which allocation fails. */
#include "fuzz/projects/companions.h"
#include "fuzz/lib/report.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/oracle/pack.h"

#include <string.h>

/* The tail. */
enum { TAIL = 9 };

struct choice {
    uint8_t missing; /* a bit a companion */
    uint8_t repair;
    uint8_t allocation;
    uint16_t sizes[BUILD_METADATA]; /* of the first three files */
};

enum { REPAIR_MIRRORS = 1, REPAIR_HASHES = 2 };

static struct choice choice_of(struct base_bytes *input)
{
    struct choice choice = {.missing = fuzz_take_u8(input)};
    choice.repair = fuzz_take_u8(input);
    choice.allocation = fuzz_take_u8(input);
    for (int i = 0; i < BUILD_METADATA; i++) {
        choice.sizes[i] = fuzz_take_u16(input);
    }
    return choice;
}

static void split(struct base_bytes input, const struct choice *choice, struct fuzz_text files[BUILD_FILES])
{
    for (int i = 0; i < BUILD_FILES; i++) {
        struct base_bytes file = fuzz_take_front(&input, i < BUILD_METADATA ? choice->sizes[i] : input.size);
        files[i] = (struct fuzz_text){.data = NULL};
        fuzz_text_add(&files[i], file.data, file.size);
    }
    if ((choice->repair & REPAIR_MIRRORS) != 0) {
        companions_repair_mirrors(files);
    }
    if ((choice->repair & REPAIR_HASHES) != 0) {
        companions_repair_hashes(files);
    }
}

/* ---- The mutator: one of the four files at a time ---- */

static void change_file(struct fuzz_random *random, struct fuzz_text files[BUILD_FILES])
{
    unsigned which = fuzz_random_below(random, BUILD_FILES);
    if (which == BUILD_PACK) {
        fuzz_mutate_pack(random, &files[BUILD_PACK]);
    } else {
        fuzz_mutate_json_or_bytes(random, &files[which]);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_make(seed);
    struct base_bytes input = base_bytes_make(data, size);
    struct fuzz_text files[BUILD_FILES];
    struct fuzz_text out = {.data = NULL};
    if (max_size <= TAIL) {
        return size;
    }
    fuzz_memory_begin();
    struct choice choice = choice_of(&input);
    uint8_t repair = choice.repair;
    choice.repair = 0;
    split(input, &choice, files);
    if (fuzz_random_below(&random, 4) == 0) {
        choice.missing = (uint8_t)fuzz_random_below(&random, 16);
        choice.allocation = (uint8_t)fuzz_random_below(&random, 256);
        repair = (uint8_t)fuzz_random_below(&random, 4);
    } else {
        change_file(&random, files);
    }
    for (int i = 0; i < BUILD_FILES; i++) {
        size_t most = i < BUILD_METADATA ? UINT16_MAX : max_size;
        fuzz_text_add(&out, files[i].data, files[i].size < most ? files[i].size : most);
        fuzz_text_free(&files[i]);
    }
    uint8_t tail[TAIL];
    for (size_t i = 0; i < BUILD_METADATA; i++) {
        base_store_le16(tail + (BUILD_METADATA - 1 - i) * 2,
                        (uint16_t)(files[i].size < UINT16_MAX ? files[i].size : UINT16_MAX));
    }
    tail[6] = choice.allocation;
    tail[7] = repair;
    tail[8] = choice.missing;
    /* As in fuzz_mutate_input: small inputs stay small. */
    max_size = max_size < 4096 || size > 4096 ? max_size : 4096;
    size_t kept = out.size < max_size - TAIL ? out.size : max_size - TAIL;
    if (kept > 0) {
        memcpy(data, out.data, kept);
    }
    memcpy(data + kept, tail, TAIL);
    fuzz_text_free(&out);
    return kept + TAIL;
}

/* ---- The target ---- */

static struct verify_build_bytes lend(const struct fuzz_text files[BUILD_FILES], uint8_t missing)
{
    struct base_bytes lent[BUILD_FILES];
    for (unsigned i = 0; i < BUILD_FILES; i++) {
        lent[i] = fuzz_guard(i, fuzz_text_bytes(&files[i]));
        if (i != BUILD_PACK && ((unsigned)missing >> i & 1U) != 0) {
            lent[i] = (struct base_bytes){.data = NULL};
        }
    }
    return (struct verify_build_bytes){.assets_pa = lent[BUILD_PACK],
                                       .asset_table = lent[BUILD_TABLE],
                                       .preload = lent[BUILD_PRELOAD],
                                       .metadata = lent[BUILD_METADATA]};
}

static void check_verdicts(const struct fuzz_text files[BUILD_FILES], const struct verify_report *report,
                           uint8_t missing)
{
    struct oracle oracle;
    oracle_check_pack(&oracle, fuzz_text_bytes(&files[BUILD_PACK]));
    FUZZ_CHECK(report->loads == (oracle_has_class(&oracle, DIAG_CLASS_L) ? VERIFY_VERDICT_NO : VERIFY_VERDICT_YES));
    for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
        FUZZ_CHECK(!oracle_has(&oracle, (enum diag)id) || report->findings.total[id] > 0);
    }
    missing &= 1U << BUILD_TABLE | 1U << BUILD_PRELOAD | 1U << BUILD_METADATA;
    FUZZ_CHECK((report->findings.total[DIAG_COMPANION_MISSING] > 0) == (missing != 0));
    if (report->conforms == VERIFY_VERDICT_YES) {
        FUZZ_CHECK(oracle.count == 0);
        FUZZ_CHECK(companions_conform(files));
    }
    oracle_free(&oracle);
}

static void check_without_memory(const struct verify_build_bytes *build, const struct verify_report *full,
                                 uint8_t allocation)
{
    const struct verify_options options = {.jobs = 1};
    struct verify_report report;
    fuzz_memory_fail(allocation);
    verify_bytes(build, &options, &report);
    (void)fuzz_memory_failed();
    FUZZ_CHECK(report.conforms != VERIFY_VERDICT_YES || full->conforms == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.loads != VERIFY_VERDICT_YES || full->loads == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.loads != VERIFY_VERDICT_NO || full->loads == VERIFY_VERDICT_NO);
    FUZZ_CHECK(report.findings.total[DIAG_INTERNAL] == 0);
    verify_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct choice choice = choice_of(&input);
    struct fuzz_text files[BUILD_FILES];
    split(input, &choice, files);
    size_t largest = 0;
    for (int i = 0; i < BUILD_FILES; i++) {
        largest = files[i].size > largest ? files[i].size : largest;
    }
    struct verify_build_bytes build = lend(files, choice.missing);
    const struct verify_options options = {.jobs = 1};
    struct verify_report report;
    fuzz_memory_begin();
    verify_bytes(&build, &options, &report);
    fuzz_check_report(&report, largest);
    if (choice.allocation > 0) {
        check_without_memory(&build, &report, choice.allocation);
    }
    check_verdicts(files, &report, choice.missing);
    verify_report_free(&report);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    for (int i = 0; i < BUILD_FILES; i++) {
        fuzz_text_free(&files[i]);
    }
    return 0;
}
