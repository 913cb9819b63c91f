#include "service/building/pictures.h"

#include "base/array.h"
#include "base/path.h"
#include "base/report.h"
#include "base/sort.h"
#include "base/text.h"
#include "export/marked.h"
#include "service/transaction/output_check.h"
#include "service/transaction/product.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LONGEST = 80 };

/* A picture that could not be written. */
struct service_pictures_failure {
    char *path;
    struct base_findings findings;
};

/* ---- Where they go ---- */

static bool report_reserved(const struct service_pictures *pictures, const char *use, struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = pictures->directory, .request_field = SERVICE_FIELD_BUILD_IMAGES},
        .expected = "a directory of its own",
    };
    base_report(findings, DIAG_OUTPUT_RESERVED, &details, "the directory for pictures is %s", use);
    return false;
}

bool service_pictures_begin(struct service_pictures *pictures, const struct service_site *site,
                            const struct service_build_request *request, struct base_findings *findings)
{
    *pictures =
        (struct service_pictures){.wanted = request->images != NULL, .directory = request->images, .task = site->task};
    (void)pthread_mutex_init(&pictures->lock, NULL);
    if (!pictures->wanted) {
        return true;
    }
    pictures->real = service_product_resolve(base_task_directory(site->task), request->images);
    if (pictures->real == NULL) {
        const struct base_place place = {.file = request->images, .request_field = SERVICE_FIELD_BUILD_IMAGES};
        base_report_write_failure(findings, &place, "find the directory for pictures", errno);
        return false;
    }
    const char *use = service_output_use_in_assets(pictures->real, site);
    return use == NULL || report_reserved(pictures, use, findings);
}

/* ---- One picture ---- */

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.';
}

/* ID-N-NAME.png */
static char *name_of(const struct writer_picture *picture)
{
    const char *name = base_path_name(picture->path);
    const char *dot = strrchr(name, '.');
    size_t length = dot != NULL ? (size_t)(dot - name) : strlen(name);
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "%" PRId32 "-%zu-", picture->asset_id, picture->sprite);
    for (size_t i = 0; i < length && i < NAME_LONGEST; i++) {
        if (is_plain(name[i])) {
            base_text_add_char(&text, name[i]);
        } else {
            base_text_add_char(&text, '_');
        }
    }
    base_text_add_string(&text, ".png");
    return base_text_take(&text);
}

/* Keeps what was reported of a picture until the build is done. Takes the path and the findings. */
static void add_failure(struct service_pictures *pictures, char *path, struct base_findings *findings)
{
    struct service_pictures_failure *failures =
        base_array_grow(pictures->failures, pictures->failure_count, &pictures->failure_capacity, sizeof *failures);
    if (failures == NULL) {
        pictures->out_of_memory = true;
        base_findings_free(findings);
        free(path);
        return;
    }
    pictures->failures = failures;
    failures[pictures->failure_count++] =
        (struct service_pictures_failure){.path = path, .findings = base_findings_take(findings)};
}

static void note_written(struct service_pictures *pictures, const char *path)
{
    pictures->count++;
    if (pictures->first == NULL || strcmp(path, pictures->first) < 0) {
        free(pictures->first);
        pictures->first = strdup(path);
        pictures->out_of_memory = pictures->out_of_memory || pictures->first == NULL;
    }
}

/* Writes one file; what product->shown is, is taken when that fails. */
static bool write_file(struct service_pictures *pictures, const struct service_product *product, char *shown,
                       struct base_bytes png)
{
    struct base_findings findings;
    bool touched;
    base_findings_init(&findings);
    (void)pthread_mutex_lock(&pictures->lock);
    bool written = service_product_write(product, png, &touched, &findings);
    if (written) {
        note_written(pictures, shown);
    } else {
        add_failure(pictures, shown, &findings);
    }
    (void)pthread_mutex_unlock(&pictures->lock);
    return written;
}

static void note_no_memory(struct service_pictures *pictures)
{
    (void)pthread_mutex_lock(&pictures->lock);
    pictures->out_of_memory = true;
    (void)pthread_mutex_unlock(&pictures->lock);
}

/* A writer_pictures.show. */
static char *show(void *context, const struct writer_picture *picture)
{
    struct service_pictures *pictures = context;
    const struct export_marked marked = {
        .width = picture->width,
        .height = picture->height,
        .tile_size = picture->tile_size,
        .colours = picture->colours,
        .marks = picture->marks,
    };
    if (base_task_cancelled(pictures->task)) {
        return NULL;
    }
    struct base_text png = BASE_TEXT_EMPTY;
    char *name = name_of(picture);
    char *real = name != NULL ? base_path_join(pictures->real, name) : NULL;
    char *shown = name != NULL ? base_path_join(pictures->directory, name) : NULL;
    const struct service_product product = {.shown = shown, .path = real, .field = SERVICE_FIELD_BUILD_IMAGES};
    bool made = real != NULL && shown != NULL && export_marked_print(&marked, &png);
    if (!made) {
        note_no_memory(pictures);
        free(shown);
        shown = NULL;
    } else if (!write_file(pictures, &product, shown, base_text_bytes(&png))) {
        shown = NULL; /* it was taken */
    }
    base_text_free(&png);
    free(real);
    free(name);
    return shown;
}

struct writer_pictures service_pictures_writer(struct service_pictures *pictures)
{
    pictures->count = 0; /* a build that packs anew comes to each picture again */
    return (struct writer_pictures){.context = pictures, .show = show};
}

/* ---- All of them ---- */

static int compare_failures(const void *left, const void *right)
{
    const struct service_pictures_failure *a = left;
    const struct service_pictures_failure *b = right;
    return strcmp(a->path, b->path);
}

void service_pictures_finish(struct service_pictures *pictures, struct service_build_result *result,
                             struct base_findings *findings)
{
    struct service_pictures_failure *failures = pictures->failures;
    if (pictures->out_of_memory) {
        base_report_out_of_memory(findings, pictures->directory);
    }
    (void)base_sort(failures, pictures->failure_count, sizeof *failures, compare_failures, NULL);
    for (size_t i = 0; i < pictures->failure_count; i++) {
        if (i == 0 || strcmp(failures[i].path, failures[i - 1].path) != 0) {
            base_findings_move(findings, &failures[i].findings);
        }
    }
    result->image_count = pictures->count;
    result->image = pictures->first;
    pictures->first = NULL;
}

void service_pictures_end(struct service_pictures *pictures)
{
    for (size_t i = 0; i < pictures->failure_count; i++) {
        base_findings_free(&pictures->failures[i].findings);
        free(pictures->failures[i].path);
    }
    free(pictures->failures);
    free(pictures->first);
    free(pictures->real);
    (void)pthread_mutex_destroy(&pictures->lock);
}
