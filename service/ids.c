#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "service/examination/directory.h"
#include "service/ids/print.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/product.h"
#include "service/transaction/swap.h"
#include "service/where.h"
#include "workspace/place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One call. */
struct naming {
    struct base_task *task;
    const struct service_ids_request *request;
    const char *directory; /* with the set */
    struct service_ids_result *result;
    struct base_findings *findings;
    struct service_product product;
};

static bool is_c(const struct service_ids_request *request)
{
    return strcmp(request->product, "c") == 0;
}

static bool check_request(const struct naming *naming)
{
    if (!is_c(naming->request) && strcmp(naming->request->product, "json") != 0) {
        const struct base_details details = {
            .place.request_field = SERVICE_FIELD_IDS_PRODUCT,
            .expected = "json or c",
            .actual_bytes = base_bytes_of_string(naming->request->product),
        };
        base_report(naming->findings, DIAG_USAGE, &details, "there is no such form of the ids");
        return false;
    }
    return true;
}

/* ---- The file ---- */

/* Refuses a file in a directory, if that is there, or one of these names in it. */
static const char *use_of(const struct naming *naming, const char *workspace)
{
    const struct service_product *product = &naming->product;
    int begin_fd = base_task_directory(naming->task);
    char *build = base_directory_resolve(begin_fd, naming->directory);
    char *path = workspace_place_assets(WORKSPACE_IN(workspace));
    char *assets = path != NULL ? base_directory_resolve(begin_fd, path) : NULL;
    const char *use = NULL;
    for (size_t i = 0; build != NULL && i < SERVICE_ARTIFACT_COUNT; i++) {
        use = service_product_is(product, build, -1, service_artifacts[i]) ? "an artifact of the build" : use;
    }
    if (service_product_is_staged(product)) {
        use = "in a directory where prpack keeps what it needs itself";
    } else if (assets != NULL && service_product_is_in(product, assets)) {
        use = "in assets/, among the sources of the game";
    }
    free(assets);
    free(path);
    free(build);
    return use;
}

static bool find_file(struct naming *naming, const char *workspace)
{
    if (naming->request->output == NULL) {
        return true;
    }
    if (!service_product_find(&naming->product, base_task_directory(naming->task), naming->request->output,
                              SERVICE_FIELD_IDS_OUTPUT, naming->findings)) {
        return false;
    }
    const char *use = use_of(naming, workspace);
    if (use != NULL) {
        service_product_refuse(&naming->product, use, naming->findings);
    }
    return use == NULL;
}

/* ---- The set ---- */

static bool is_missing(int begin_fd, const char *directory, const char *name)
{
    struct stat status;
    char *path = base_path_join(directory, name);
    bool missing = path != NULL && fstatat(begin_fd, path, &status, 0) != 0 && (errno == ENOENT || errno == ENOTDIR);
    free(path);
    return missing;
}

/* A set that nobody has built is said in plain words: an examination would name files. */
static bool check_built(const struct naming *naming)
{
    const char *directory = naming->directory;
    int begin_fd = base_task_directory(naming->task);
    if (!is_missing(begin_fd, directory, "assets.pa") ||
        !is_missing(begin_fd, directory, SERVICE_COMMIT_NAME "/assets.pa")) {
        return true;
    }
    base_report(naming->findings, DIAG_BUILD_MISSING, &(struct base_details){.place.file = directory},
                "there is no build here");
    return false;
}

/* Prints the product. False with the reason in findings. */
static bool print(const struct naming *naming, const struct service_report *report, struct base_text *text)
{
    if (is_c(naming->request)) {
        if (!service_ids_print_c(report, text, naming->findings)) {
            return false;
        }
    } else {
        service_ids_print_json(report, text);
    }
    if (base_text_out_of_memory(text)) {
        base_report_out_of_memory(naming->findings, report->file);
    }
    return !base_text_out_of_memory(text);
}

/* Hands the product over, or writes it. */
static void finish(struct naming *naming, const struct service_report *report)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct service_ids_result *result = naming->result;
    if (print(naming, report, &text) && !base_task_cancelled(naming->task)) {
        result->asset_count = report->asset_count;
        if (naming->request->output == NULL) {
            result->text = base_text_take(&text);
        } else if (service_product_write(&naming->product, base_text_bytes(&text), &result->written,
                                         naming->findings)) {
            result->file = strdup(naming->request->output);
            naming->findings->out_of_memory = naming->findings->out_of_memory || result->file == NULL;
        }
    }
    base_text_free(&text);
}

static void name_assets(struct naming *naming)
{
    const struct base_policy policy = service_policy_of(&naming->request->findings, false);
    const struct service_examination_options options = {
        .jobs = naming->request->jobs, .wait = naming->request->wait, .policy = &policy};
    struct service_report report;
    service_examine_directory(naming->task, naming->directory, false, &options, &report);
    base_findings_judge(&report.findings, &policy);
    bool fine = service_status_of_report(&report) == SERVICE_STATUS_WELL;
    base_findings_move(naming->findings, &report.findings);
    if (fine) {
        finish(naming, &report);
    }
    service_report_free(&report);
}

enum service_status service_ids(struct base_task *task, const char *workspace,
                                const struct service_ids_request *request, struct service_ids_result *result,
                                struct base_findings *findings)
{
    *result = (struct service_ids_result){.text = NULL};
    char *usual = service_usual_output(workspace);
    struct naming naming = {
        .task = task,
        .request = request,
        .directory = request->directory != NULL ? request->directory : usual,
        .result = result,
        .findings = findings,
        .product = SERVICE_PRODUCT_EMPTY,
    };
    if (usual == NULL) {
        base_report_out_of_memory(findings, NULL);
    } else if (check_request(&naming) && find_file(&naming, workspace) && check_built(&naming)) {
        name_assets(&naming);
    }
    service_product_free(&naming.product);
    free(usual);
    if (result->text == NULL && result->file == NULL) {
        service_report_cancelled(task, findings, "nothing was written");
    }
    return service_status_of_findings(findings);
}

void service_ids_result_free(struct service_ids_result *result)
{
    free(result->text);
    free(result->file);
    *result = (struct service_ids_result){.text = NULL};
}
