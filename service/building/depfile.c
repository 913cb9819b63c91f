#include "service/building/depfile.h"

#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "service/building/make_rule.h"
#include "service/transaction/targets.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- Where it must not be ---- */

static const char is_artifact[] = "an artifact of the build";
static const char is_packers[] = "in a directory where prpack keeps what it needs itself";
static const char is_declaration[] = "the asset.json of an asset";
static const char is_input[] = "an input of an asset";

/* The output directory from "/" on, without links. */
static char *real_output(const struct service_output *output)
{
    if (output->inside == NULL) {
        return service_output_real(output);
    }
    char *project = base_directory_resolve(output->project_fd, ".");
    char *real =
        project == NULL || strcmp(output->inside, ".") == 0 ? project : base_path_join(project, output->inside);
    if (real != project) {
        free(project);
    }
    return real;
}

/* What the file is to the output directory; NULL: nothing. */
static const char *use_in_output(const struct service_product *product, const char *directory)
{
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        if (service_product_is(product, directory, -1, service_artifacts[i])) {
            return is_artifact;
        }
    }
    return service_product_is_staged(product) ? is_packers : NULL;
}

static bool refuse_if(const struct service_product *product, const char *use, struct base_findings *findings)
{
    if (use != NULL) {
        service_product_refuse(product, use, findings);
    }
    return use == NULL;
}

static bool report_usage(const char *file, const char *what, struct base_findings *findings)
{
    const struct base_details details = {.place = {.file = file, .request_field = SERVICE_FIELD_BUILD_DEPFILE}};
    base_report(findings, DIAG_USAGE, &details, "%s", what);
    return false;
}

/* ---- What it has ---- */

/* False with errno set. */
static bool name_paths(struct service_depfile *depfile, const struct service_output *output)
{
    char *registry = workspace_assets_path(depfile->site->assets, WORKSPACE_REGISTRY_PATH, NULL);
    depfile->target = base_path_join(output->path, "assets.pa");
    if (!base_names_take(&depfile->files, registry) || depfile->target == NULL) {
        errno = ENOMEM;
        return false;
    }
    depfile->real_assets = base_directory_resolve(depfile->site->assets_fd, ".");
    depfile->real_registry =
        depfile->real_assets != NULL ? base_directory_resolve(depfile->site->registry_fd, ".") : NULL;
    return depfile->real_registry != NULL;
}

static bool begin(struct service_depfile *depfile, const struct service_output *output, struct base_findings *findings)
{
    char *directory = real_output(output);
    if (directory == NULL || !name_paths(depfile, output)) {
        const struct base_place place = {.file = depfile->product.shown, .request_field = SERVICE_FIELD_BUILD_DEPFILE};
        base_report_write_failure(findings, &place, "find out what else is in the place of the file", errno);
        free(directory);
        return false;
    }
    const char *use = use_in_output(&depfile->product, directory);
    free(directory);
    if (use == NULL && service_product_is_in(&depfile->product, depfile->real_registry)) {
        use = is_packers;
    }
    if (!service_rule_takes_target(depfile->target)) {
        return report_usage(depfile->target, "make and ninja cannot both read this name, which the depfile is about",
                            findings);
    }
    return refuse_if(&depfile->product, use, findings);
}

bool service_depfile_begin(struct service_depfile *depfile, const struct service_site *site,
                           const struct service_output *output, const struct service_build_request *request,
                           struct base_findings *findings)
{
    *depfile = (struct service_depfile){.wanted = request->depfile != NULL, .site = site};
    if (!depfile->wanted) {
        return true;
    }
    if (request->check) {
        return report_usage(NULL, "a depfile is asked for, but a build that checks writes nothing", findings);
    }
    return service_product_find(&depfile->product, base_task_directory(site->task), request->depfile,
                                SERVICE_FIELD_BUILD_DEPFILE, findings) &&
           begin(depfile, output, findings);
}

/* Whether the file is the one of this name in assets/. */
static bool is_in_assets(const struct service_depfile *depfile, const char *name)
{
    return service_product_is(&depfile->product, depfile->real_assets, depfile->site->assets_fd, name);
}

/* Files while they are collected. */
struct collection {
    struct service_depfile *depfile;
    const struct workspace *workspace;
    const char *use; /* what the depfile is among them; NULL: nothing */
    bool out_of_memory;
};

/* A service_file_visitor. */
static bool take(void *context, const char *root, const char *path)
{
    struct collection *collection = context;
    struct service_depfile *depfile = collection->depfile;
    char *name = workspace_assets_path(root, path, NULL);
    if (name == NULL ||
        !base_names_take(&depfile->files, workspace_assets_path(collection->workspace->assets_path, root, path))) {
        collection->out_of_memory = true;
    } else if (is_in_assets(depfile, name)) {
        collection->use = is_input;
    }
    free(name);
    return !collection->out_of_memory && collection->use == NULL;
}

/* Whether the file is the asset.json of any record, in the build set or not. */
static bool is_any_declaration(const struct service_depfile *depfile, const struct workspace_registry *registry,
                               bool *out_of_memory)
{
    bool any = false;
    for (size_t i = 0; !any && !*out_of_memory && i < registry->count; i++) {
        char *name = workspace_assets_path(registry->records[i].root, WORKSPACE_ANCHOR_NAME, NULL);
        *out_of_memory = name == NULL;
        any = name != NULL && is_in_assets(depfile, name);
        free(name);
    }
    return any;
}

bool service_depfile_collect(struct service_depfile *depfile, const struct workspace *workspace,
                             const struct service_incremental *incremental, struct base_findings *findings)
{
    struct collection collection = {.depfile = depfile, .workspace = workspace};
    if (!depfile->wanted) {
        return true;
    }
    if (is_any_declaration(depfile, &workspace->registry, &collection.out_of_memory)) {
        collection.use = is_declaration;
    }
    bool visited = collection.use == NULL && service_incremental_each_file(incremental, take, &collection);
    depfile->collected = visited && !base_findings_any(findings, DIAG_CLASS_E);
    findings->out_of_memory = findings->out_of_memory || collection.out_of_memory;
    return refuse_if(&depfile->product, collection.use, findings) && visited;
}

static void report_left_out(const char *file, struct base_findings *findings)
{
    const struct base_details details = {.place = {.file = file}, .severity = BASE_WARNING};
    base_report(findings, DIAG_DEPENDENCY_NAME, &details,
                "make cannot read this name, so it is left out of the depfile");
}

/* findings is NULL when the names that are left out were reported before. */
static void print(const struct service_depfile *depfile, struct base_text *text, struct base_findings *findings)
{
    service_rule_begin(text, depfile->target);
    for (size_t i = 0; i < depfile->files.count; i++) {
        if (!service_rule_add(text, depfile->files.items[i]) && findings != NULL) {
            report_left_out(depfile->files.items[i], findings);
        }
    }
    base_text_add_char(text, '\n');
    for (size_t i = 0; i < depfile->files.count; i++) {
        service_rule_add_optional(text, depfile->files.items[i]);
    }
}

void service_depfile_warn(struct service_depfile *depfile, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    if (depfile->wanted) {
        print(depfile, &text, findings);
        depfile->warned = true;
    }
    base_text_release(&text, &findings->out_of_memory);
}

void service_depfile_write(const struct service_depfile *depfile, char **path, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    bool written;
    if (!depfile->wanted) {
        return;
    }
    print(depfile, &text, depfile->warned ? NULL : findings);
    if (base_text_out_of_memory(&text)) {
        base_report_out_of_memory(findings, depfile->product.shown);
    } else if (service_product_write(&depfile->product, base_text_bytes(&text), &written, findings)) {
        *path = strdup(depfile->product.shown);
        findings->out_of_memory = findings->out_of_memory || *path == NULL;
    }
    base_text_free(&text);
}

void service_depfile_end(struct service_depfile *depfile)
{
    service_product_free(&depfile->product);
    base_names_free(&depfile->files);
    free(depfile->target);
    free(depfile->real_assets);
    free(depfile->real_registry);
    *depfile = (struct service_depfile){.wanted = false};
}
