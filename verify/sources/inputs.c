#include "verify/sources/inputs.h"

#include "base/fast_hash_file.h"
#include "base/path.h"
#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is recorded of one input. */
struct input {
    char *path;
    uint64_t size;
    struct base_hash hash;
};

static bool compare_input(const struct verify_source_asset *asset, const struct input *input)
{
    struct base_file file;
    char *shown;
    bool same = false;
    struct base_hash hash;
    if (!verify_source_open(asset, input->path, &file, &shown)) {
        return false;
    }
    int problem = 0;
    if (file.size != input->size) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1,
                             "the source has %" PRIu64 " bytes, and had %" PRIu64 " when it was packed", file.size,
                             input->size);
    } else {
        problem = base_fast_hash_file(&file, asset->subject->options->task, &hash);
        asset->sink->checked.bytes += problem == 0 ? file.size : 0;
        same = problem == 0 && base_hash_equal(hash, input->hash);
        if (problem != 0) {
            verify_report_source_problem(asset, shown, problem);
        } else if (!same) {
            verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1,
                                 "the source is not the one that was packed: its hash differs");
        }
        asset->sink->checked.hashes += problem == 0 ? 1 : 0;
    }
    asset->sink->checked.sources++;
    base_file_close(&file);
    free(shown);
    return same;
}

bool verify_compare_inputs(const struct verify_source_asset *asset, struct json_token inputs,
                           const struct verify_declared *declared, struct verify_source_seen *last)
{
    struct base_bytes text = asset->facts->record->text;
    struct json_walk walk;
    bool same = true;
    bool listed = true;
    size_t index = 0;
    struct json_token value;
    json_walk_begin_inside(&walk, text, inputs);
    while (json_walk_element(&walk, &value)) {
        struct input input = {.path = json_token_string(text, json_object_member(text, value, "path"))};
        (void)json_token_unsigned(text, json_object_member(text, value, "size"), &input.size);
        (void)base_hash_from_hex(json_span(text, json_object_member(text, value, "xxh3_128")), &input.hash);
        if (input.path == NULL) {
            base_report_out_of_memory(&asset->sink->findings, asset->root_path);
            return false;
        }
        same = compare_input(asset, &input) && same;
        *last = (struct verify_source_seen){.size = input.size, .hash = input.hash};
        listed = listed && (declared == NULL ||
                            (index < declared->path_count && strcmp(declared->paths[index], input.path) == 0));
        index++;
        free(input.path);
    }
    if (declared != NULL && (!listed || index != declared->path_count)) {
        char *path = base_path_join(asset->root_path, "asset.json");
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1,
                             "asset.json does not list the inputs that were packed");
        free(path);
        return false;
    }
    return same;
}
