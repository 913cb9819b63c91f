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
        verify_report_source(asset, DIAG_SOURCE_CHANGED, &(struct base_place){.file = shown},
                             "the source has %" PRIu64 " bytes, and had %" PRIu64 " when it was packed", file.size,
                             input->size);
    } else {
        problem = base_fast_hash_file(&file, asset->subject->options->task, &hash);
        asset->sink->checked.bytes += problem == 0 ? file.size : 0;
        same = problem == 0 && base_hash_equal(hash, input->hash);
        if (problem != 0) {
            verify_report_source_problem(asset, shown, problem);
        } else if (!same) {
            verify_report_source(asset, DIAG_SOURCE_CHANGED, &(struct base_place){.file = shown},
                                 "the source is not the one that was packed: its hash differs");
        }
        asset->sink->checked.hashes += problem == 0 ? 1 : 0;
    }
    asset->sink->checked.sources++;
    base_file_close(&file);
    free(shown);
    return same;
}

/* The list of the declaration at the first input that is not the recorded one. */
static bool report_list(struct verify_declared *declared, size_t index)
{
    const struct verify_declared_input *input = index < declared->input_count ? &declared->inputs[index] : NULL;
    verify_document_report(&declared->document, DIAG_SOURCE_CHANGED, input != NULL ? input->at : declared->lists.begin,
                           NULL, input != NULL ? base_bytes_of_string(input->path) : (struct base_bytes){.data = NULL},
                           "asset.json does not list the inputs that were packed");
    return false;
}

bool verify_compare_inputs(const struct verify_source_asset *asset, struct verify_declared *declared,
                           struct verify_source_seen *last)
{
    struct base_bytes text = asset->facts->record->text;
    struct json_walk walk;
    bool same = true;
    size_t index = 0;
    size_t listed = 0;
    struct json_token value;
    json_walk_begin_inside(&walk, text, json_object_member(text, asset->recorded, "inputs"));
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
        bool is_listed = declared != NULL && listed == index && index < declared->input_count &&
                         strcmp(declared->inputs[index].path, input.path) == 0;
        listed += is_listed ? 1 : 0;
        index++;
        free(input.path);
    }
    if (declared != NULL && (listed != index || index != declared->input_count)) {
        return report_list(declared, listed);
    }
    return same;
}
