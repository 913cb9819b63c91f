/* A valid build and one mutation anywhere in its four files: the verifier must find something, unless nothing changed.
 *
 * The input is the mutation: its tail says where and what, its front is what is put there. */
#include "fuzz/lib/report.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/mutate/splice.h"
#include "fuzz/projects/build.h"

#include <string.h>

/* What the builds are drawn from: read from the end, like every parameter. */
static const char *const seeds[] = {
    "\x01", "\x40\x20\xFF\x02\xFF\x01\x02", "\x10\x10\xC0\xC0\xFF\x02\x80\x80\xFF\x01\x03",
    "the quick brown fox jumps over the lazy dog, and then it goes back for another look"};

enum { BUILDS = sizeof seeds / sizeof seeds[0] };

static struct build builds[BUILDS];

static const struct build *build_at(unsigned index)
{
    struct build *build = &builds[index];
    if (build->files[BUILD_PACK].size == 0) {
        build_make(build, base_bytes_of_string(seeds[index]));
    }
    return build;
}

/* ---- Mutations ---- */

enum mutation { FLIP, REPLACE, INSERT, ERASE, TRUNCATE, APPEND, SWAP, COPY, EMPTY, SPLICE, MUTATIONS };

static void swap_bytes(struct fuzz_text *file, size_t a, size_t b)
{
    uint8_t byte = file->data[a];
    file->data[a] = file->data[b];
    file->data[b] = byte;
}

/* Changes within the size. */
static void overwrite(struct fuzz_text *file, enum mutation mutation, size_t at, size_t other, struct base_bytes bytes)
{
    size_t most = file->size - (at > other ? at : other);
    if (mutation == FLIP) {
        file->data[at] ^= (uint8_t)(1U << other % 8);
    } else if (mutation == SWAP) {
        swap_bytes(file, at, other);
    } else if (mutation == COPY) {
        memmove(file->data + at, file->data + other, most < 8 ? most : 8);
    } else if (bytes.size > 0) {
        memcpy(file->data + at, bytes.data, bytes.size < file->size - at ? bytes.size : file->size - at);
    }
}

static void mutate(struct fuzz_text *file, enum mutation mutation, size_t at, size_t other, struct base_bytes bytes)
{
    size_t end = at < other ? other : at;
    at = at < other ? at : other;
    switch (mutation) {
    case INSERT:
        fuzz_splice(file, at, at, bytes);
        break;
    case ERASE:
        fuzz_splice(file, at, end, (struct base_bytes){.data = NULL});
        break;
    case TRUNCATE:
        file->size = at;
        break;
    case APPEND:
        fuzz_text_add(file, bytes.data, bytes.size);
        break;
    case EMPTY:
        file->size = 0;
        break;
    case SPLICE:
        fuzz_splice(file, at, end, bytes);
        break;
    case FLIP:
    case REPLACE:
    case SWAP:
    case COPY:
    case MUTATIONS:
        overwrite(file, mutation, end < file->size ? end : at, at, bytes);
        break;
    }
}

/* ---- Verification ---- */

static void check_found(struct fuzz_text files[BUILD_FILES], bool changed, unsigned which)
{
    struct verify_build_bytes build = {.assets_pa = fuzz_guard(0, fuzz_text_bytes(&files[BUILD_PACK])),
                                       .asset_table = fuzz_guard(1, fuzz_text_bytes(&files[BUILD_TABLE])),
                                       .preload = fuzz_guard(2, fuzz_text_bytes(&files[BUILD_PRELOAD])),
                                       .metadata = fuzz_guard(3, fuzz_text_bytes(&files[BUILD_METADATA]))};
    const struct verify_options options = {.jobs = 1};
    struct verify_report report;
    size_t largest = 0;
    for (int i = 0; i < BUILD_FILES; i++) {
        largest = files[i].size > largest ? files[i].size : largest;
    }
    verify_bytes(&build, &options, &report);
    fuzz_check_report(&report, largest);
    FUZZ_CHECK((report.conforms == VERIFY_VERDICT_NO) == changed);
    FUZZ_CHECK(base_findings_errors(&report.findings) > 0 || !changed);
    /* A companion says nothing about loading. */
    FUZZ_CHECK(which == BUILD_PACK || report.loads == VERIFY_VERDICT_YES);
    verify_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    const struct build *build = build_at(fuzz_take_below(&input, BUILDS));
    unsigned which = fuzz_take_below(&input, BUILD_FILES);
    enum mutation mutation = (enum mutation)fuzz_take_below(&input, MUTATIONS);
    size_t length = build->files[which].size;
    size_t at = fuzz_take_u32(&input) % length;
    size_t other = fuzz_take_u32(&input) % length;
    struct fuzz_text files[BUILD_FILES];
    memcpy(files, build->files, sizeof files);
    files[which] = (struct fuzz_text){.data = NULL};
    fuzz_text_add(&files[which], build->files[which].data, length);
    mutate(&files[which], mutation, at, other, input);
    bool changed = !base_bytes_equal(fuzz_text_bytes(&files[which]), fuzz_text_bytes(&build->files[which]));
    check_found(files, changed, which);
    fuzz_text_free(&files[which]);
    return 0;
}
