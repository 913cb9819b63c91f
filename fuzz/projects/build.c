#include "fuzz/projects/build.h"

#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/projects/scenario.h"
#include "writer/writer.h"

#include <stdio.h>
#include <unistd.h>

const char *const build_names[BUILD_FILES] = {"assets.pa", "asset_table.json", "preload.json",
                                              "asset_table_metadata.json"};

static void path_of(char path[128], const char *directory, int file)
{
    (void)snprintf(path, 128, "%s/%s", directory, build_names[file]);
}

static void empty(const char *directory)
{
    scratch_make(directory);
    for (int i = 0; i < BUILD_FILES; i++) {
        char path[128];
        path_of(path, directory, i);
        (void)unlink(scratch_path(path));
    }
}

bool build_write(const char *directory, unsigned jobs, struct base_findings *findings)
{
    return build_write_from("project", directory, jobs, findings);
}

bool build_write_from(const char *project, const char *directory, unsigned jobs, struct base_findings *findings)
{
    struct workspace workspace;
    const struct writer_options options = {.jobs = jobs};
    struct writer_summary summary;
    if (!workspace_open(&workspace, WORKSPACE_IN(scratch_path(project)), NULL, findings)) {
        return false;
    }
    bool written = workspace_load(&workspace, findings);
    if (written) {
        empty(directory);
        int fd = scratch_open(directory);
        written = writer_write_artifacts(&workspace, fd, directory, &options, &summary, findings);
        (void)close(fd);
    }
    workspace_close(&workspace);
    return written;
}

void build_read(struct build *build, const char *directory)
{
    for (int i = 0; i < BUILD_FILES; i++) {
        char path[128];
        path_of(path, directory, i);
        build->files[i] = scratch_read(path);
    }
}

void build_put(const struct build *build, const char *directory)
{
    for (int i = 0; i < BUILD_FILES; i++) {
        char path[128];
        path_of(path, directory, i);
        scratch_write(path, fuzz_text_bytes(&build->files[i]));
    }
}

void build_make(struct build *build, struct base_bytes bytes)
{
    struct scenario scenario;
    struct base_findings findings;
    base_findings_init(&findings);
    scenario_draw(&scenario, &bytes, true, false);
    FUZZ_CHECK(build_write("made", 1, &findings));
    build_read(build, "made");
    scenario_free(&scenario);
    base_findings_free(&findings);
}

void build_free(struct build *build)
{
    for (int i = 0; i < BUILD_FILES; i++) {
        fuzz_text_free(&build->files[i]);
    }
}
