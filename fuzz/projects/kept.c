#include "fuzz/projects/kept.h"

#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    struct kept *kept;
    const struct workspace *workspace;
};

static bool keep(void *context, size_t index, const struct writer_packed *packed)
{
    struct run *run = context;
    struct kept *kept = run->kept;
    FUZZ_CHECK(index == kept->count);
    if (index == KEPT_MOST) {
        return false;
    }
    size_t size = run->workspace->assets[index].declaration.input_count * sizeof *packed->inputs;
    struct base_content *inputs = malloc(size + 1);
    FUZZ_CHECK(inputs != NULL);
    memcpy(inputs, packed->inputs, size);
    char *metadata = strdup(packed->metadata);
    char *pipeline = packed->pipeline != NULL ? strdup(packed->pipeline) : NULL;
    char *tiles = packed->tiles != NULL ? strdup(packed->tiles) : NULL;
    FUZZ_CHECK(metadata != NULL && (pipeline != NULL) == (packed->pipeline != NULL));
    FUZZ_CHECK((tiles != NULL) == (packed->tiles != NULL));
    struct writer_warnings warnings = {.count = 0};
    for (size_t i = 0; i < packed->warning_count; i++) {
        FUZZ_CHECK(writer_warnings_add(&warnings, &packed->warnings[i]));
    }
    kept->owned[kept->count].inputs = inputs;
    kept->owned[kept->count].metadata = metadata;
    kept->owned[kept->count].pipeline = pipeline;
    kept->owned[kept->count].tiles = tiles;
    kept->owned[kept->count].warnings = warnings;
    struct writer_packed *copy = &kept->packed[kept->count++];
    *copy = *packed;
    copy->inputs = inputs;
    copy->metadata = metadata;
    copy->pipeline = pipeline;
    copy->tiles = tiles;
    copy->warnings = warnings.items;
    return true;
}

/* A provider: what is kept of the assets whose bit in a mask is set. */
struct provided {
    const struct kept *kept;
    unsigned mask;
};

static const struct writer_packed *find(void *context, size_t asset)
{
    const struct provided *provided = context;
    bool wanted = asset < provided->kept->count && (provided->mask >> asset % 8 & 1U) != 0;
    return wanted ? &provided->kept->packed[asset] : NULL;
}

static bool write_into(const char *directory, struct workspace *workspace, const struct writer_options *options,
                       struct writer_summary *summary, struct base_findings *findings)
{
    scratch_remove(directory);
    scratch_make(directory);
    int fd = scratch_open(directory);
    bool written = writer_write_artifacts(workspace, fd, directory, options, summary, findings);
    (void)close(fd);
    return written;
}

void kept_make(struct kept *kept, unsigned jobs)
{
    struct workspace workspace;
    struct base_findings findings;
    struct writer_summary summary;
    base_findings_init(&findings);
    *kept = (struct kept){.count = 0};
    FUZZ_CHECK(workspace_open(&workspace, WORKSPACE_IN(scratch_path("project")), NULL, &findings));
    FUZZ_CHECK(workspace_load(&workspace, &findings));
    struct run run = {.kept = kept, .workspace = &workspace};
    const struct writer_options options = {.jobs = jobs, .packed = keep, .packed_context = &run};
    FUZZ_CHECK(write_into("earlier", &workspace, &options, &summary, &findings));
    kept->payload_offset = summary.payload_offset;
    workspace_close(&workspace);
    base_findings_free(&findings);
}

bool kept_write(const struct kept *kept, unsigned mask, const char *directory, unsigned jobs,
                struct base_findings *findings, bool *stale)
{
    struct workspace workspace;
    struct writer_summary summary = {.stale = false};
    struct provided provided = {.kept = kept, .mask = mask};
    struct base_file pack;
    *stale = false;
    if (!workspace_open(&workspace, WORKSPACE_IN(scratch_path("project")), NULL, findings)) {
        return false;
    }
    bool written = workspace_load(&workspace, findings);
    if (written && base_file_open(&pack, scratch_path("earlier/assets.pa")) != 0) {
        base_report(findings, DIAG_ENVIRONMENT_READ, NULL, "the earlier pack");
        written = false;
    } else if (written) {
        const struct writer_provider provider = {
            .find = find, .context = &provided, .pack = &pack, .payload_offset = kept->payload_offset};
        const struct writer_options options = {.jobs = jobs, .provider = &provider};
        written = write_into(directory, &workspace, &options, &summary, findings);
        *stale = summary.stale;
        base_file_close(&pack);
    }
    workspace_close(&workspace);
    return written;
}

void kept_free(struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        free(kept->owned[i].inputs);
        free(kept->owned[i].metadata);
        free(kept->owned[i].pipeline);
        free(kept->owned[i].tiles);
        writer_warnings_free(&kept->owned[i].warnings);
    }
    kept->count = 0;
}
