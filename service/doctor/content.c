#include "service/doctor/content.h"

#include "base/array.h"
#include "base/file.h"
#include "base/hash_file.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 3, PATH_SHOWN = 200, PIECE = 65536 };

/* ---- Orders ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const struct service_doctor_input *a, const struct service_doctor_input *b)
{
    int order = compare_numbers(a->asset, b->asset);
    return order != 0 ? order : compare_numbers(a->input, b->input);
}

static int compare_content(const struct service_doctor_input *a, const struct service_doctor_input *b)
{
    int order = compare_numbers(a->size, b->size);
    return order != 0 ? order : memcmp(&a->hash, &b->hash, sizeof a->hash);
}

/* Those that could not be opened come last. */
static int by_size(const void *left, const void *right)
{
    const struct service_doctor_input *a = left;
    const struct service_doctor_input *b = right;
    if (a->opened != b->opened) {
        return a->opened ? -1 : 1;
    }
    int order = compare_numbers(a->size, b->size);
    return order != 0 ? order : compare_places(a, b);
}

static int by_content(const void *left, const void *right)
{
    int order = compare_content(left, right);
    return order != 0 ? order : compare_places(left, right);
}

/* ---- Reading ---- */

static bool open_input(const struct service_doctor_subject *subject, const struct service_doctor_input *input,
                       struct base_file *file, bool *out_of_memory)
{
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    bool opened = workspace_input_open(subject->workspace, subject->assets[input->asset], input->input, file, &unsaid);
    *out_of_memory = *out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
    return opened;
}

/* What the workers share: the inputs whose size another one has. */
struct hashing {
    struct service_doctor_inputs *inputs;
    struct base_meter read;
};

static void hash_one(void *context, size_t index, struct base_findings *findings)
{
    struct hashing *hashing = context;
    const struct service_doctor_subject *subject = hashing->inputs->subject;
    struct service_doctor_input *input = &hashing->inputs->items[index];
    struct base_file file;
    bool opened = open_input(subject, input, &file, &findings->out_of_memory);
    input->opened = opened && file.size == input->size && base_hash_file(&file, subject->task, &input->hash) == 0;
    base_file_close(&file);
    base_meter_add(&hashing->read, 1);
}

/* Reads a piece of both files. */
static bool is_equal_piece(const struct base_file *a, const struct base_file *b, uint64_t at, size_t size,
                           uint8_t *pieces)
{
    return base_file_read_at(a, at, pieces, size) == 0 && base_file_read_at(b, at, pieces + PIECE, size) == 0 &&
           memcmp(pieces, pieces + PIECE, size) == 0;
}

static bool is_equal_content(const struct service_doctor_subject *subject, const struct base_file *a,
                             const struct base_file *b)
{
    uint8_t *pieces = malloc((size_t)2 * PIECE);
    bool equal = pieces != NULL && a->size == b->size;
    for (uint64_t at = 0; equal && at < a->size && !base_task_cancelled(subject->task); at += PIECE) {
        size_t size = a->size - at < PIECE ? (size_t)(a->size - at) : PIECE;
        equal = is_equal_piece(a, b, at, size, pieces);
    }
    subject->findings->out_of_memory = subject->findings->out_of_memory || pieces == NULL;
    free(pieces);
    return equal;
}

/* Two inputs of one size and hash. */
static bool is_equal(const struct service_doctor_subject *subject, const struct service_doctor_input *a,
                     const struct service_doctor_input *b)
{
    struct base_file one = BASE_FILE_CLOSED;
    struct base_file other = BASE_FILE_CLOSED;
    bool equal = open_input(subject, a, &one, &subject->findings->out_of_memory) &&
                 open_input(subject, b, &other, &subject->findings->out_of_memory) &&
                 is_equal_content(subject, &one, &other);
    base_file_close(&one);
    base_file_close(&other);
    return equal;
}

/* ---- Groups ---- */

static void free_group(struct service_equal_files *group)
{
    base_names_free(&group->files);
}

static bool add_file(struct base_names *files, const struct service_doctor_subject *subject,
                     const struct service_doctor_input *input)
{
    return base_names_take(files,
                           workspace_input_display(subject->workspace, subject->assets[input->asset], input->input));
}

/* Takes the inputs of one content: the first one, and all that equal it. */
static bool take_group(const struct service_doctor_subject *subject, const struct service_doctor_input *inputs,
                       size_t count, struct service_equal_files *group)
{
    *group = (struct service_equal_files){.bytes = inputs[0].size,
                                          .asset_id = subject->assets[inputs[0].asset]->record->asset_id};
    bool fine = add_file(&group->files, subject, &inputs[0]);
    for (size_t i = 1; fine && i < count && !base_task_cancelled(subject->task); i++) {
        fine = !is_equal(subject, &inputs[0], &inputs[i]) || add_file(&group->files, subject, &inputs[i]);
    }
    return fine;
}

static void report(const struct service_doctor_subject *subject, const struct service_equal_files *group)
{
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addf(&message, "%zu files have the same %" PRIu64 " byte%s: ", group->files.count, group->bytes,
                   group->bytes == 1 ? "" : "s");
    for (size_t i = 0; i < group->files.count && i < SHOWN; i++) {
        base_text_add_string(&message, i > 0 ? ", " : "");
        base_text_add_quoted(&message, base_bytes_of_string(group->files.items[i]), PATH_SHOWN);
    }
    if (group->files.count > SHOWN) {
        base_text_addf(&message, " and %zu more", group->files.count - SHOWN);
    }
    const struct base_details details = {
        .place = {.file = group->files.items[0], .has_asset_id = true, .asset_id = group->asset_id},
        .severity = BASE_WARNING,
    };
    base_report(subject->findings, DIAG_CONTENT_EQUAL, &details, "%s", base_text_string(&message));
    base_text_release(&message, &subject->findings->out_of_memory);
}

static bool keep_group(struct service_doctor_result *result, struct service_equal_files *group)
{
    struct service_equal_files *grown =
        base_array_grow(result->equal, result->equal_count, &result->equal_capacity, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    result->equal = grown;
    result->equal[result->equal_count++] = *group;
    *group = (struct service_equal_files){.bytes = 0};
    return true;
}

/* How many inputs from `at` on have one size or, with `hashed`, one content. */
static size_t run_length(const struct service_doctor_inputs *inputs, size_t count, size_t at, bool hashed)
{
    size_t end = at + 1;
    const struct service_doctor_input *first = &inputs->items[at];
    while (end < count &&
           (hashed ? compare_content(first, &inputs->items[end]) == 0 : first->size == inputs->items[end].size)) {
        end++;
    }
    return end - at;
}

/* A path that leads to the same file as an earlier one is not another file. */
static void leave_out_repeated(struct service_doctor_inputs *inputs)
{
    service_doctor_inputs_sort_by_file(inputs);
    for (size_t i = inputs->count; i > 1; i--) {
        struct service_doctor_input *input = &inputs->items[i - 1];
        const struct service_doctor_input *before = &inputs->items[i - 2];
        input->opened = input->opened && !(before->device == input->device && before->inode == input->inode);
    }
}

/* Moves the opened inputs whose size another one has to the front, and hashes them. Returns how many they are. */
static size_t hash_candidates(struct service_doctor_inputs *inputs)
{
    const struct service_doctor_subject *subject = inputs->subject;
    size_t opened = 0;
    size_t kept = 0;
    leave_out_repeated(inputs);
    (void)base_sort(inputs->items, inputs->count, sizeof *inputs->items, by_size, subject->task);
    while (opened < inputs->count && inputs->items[opened].opened) {
        opened++;
    }
    for (size_t at = 0; at < opened;) {
        size_t length = run_length(inputs, opened, at, false);
        for (size_t i = 0; length > 1 && i < length; i++) {
            inputs->items[kept++] = inputs->items[at + i];
        }
        at += length;
    }
    struct hashing hashing = {.inputs = inputs};
    base_meter_begin(&hashing.read, subject->task, BASE_PHASE_HASHING, BASE_UNIT_FILES, kept);
    base_parallel_each(subject->task, subject->request->jobs, kept, hash_one, &hashing, subject->findings);
    base_meter_end(&hashing.read);
    size_t hashed = 0;
    for (size_t i = 0; i < kept; i++) {
        if (inputs->items[i].opened) {
            inputs->items[hashed++] = inputs->items[i];
        }
    }
    return hashed;
}

static int by_first_file(const void *left, const void *right)
{
    const struct service_equal_files *a = left;
    const struct service_equal_files *b = right;
    int order = (a->asset_id > b->asset_id) - (a->asset_id < b->asset_id);
    return order != 0 ? order : strcmp(a->files.items[0], b->files.items[0]);
}

void service_doctor_content(struct service_doctor_inputs *inputs, struct service_doctor_result *result)
{
    const struct service_doctor_subject *subject = inputs->subject;
    size_t count = hash_candidates(inputs);
    (void)base_sort(inputs->items, count, sizeof *inputs->items, by_content, subject->task);
    bool fine = true;
    for (size_t at = 0; fine && at < count && !base_task_cancelled(subject->task);) {
        size_t length = run_length(inputs, count, at, true);
        struct service_equal_files group = {.bytes = 0};
        if (length > 1) {
            fine = take_group(subject, &inputs->items[at], length, &group);
            fine = fine && (group.files.count < 2 || keep_group(result, &group));
        }
        free_group(&group);
        at += length;
    }
    subject->findings->out_of_memory = subject->findings->out_of_memory || !fine;
    (void)base_sort(result->equal, result->equal_count, sizeof *result->equal, by_first_file, subject->task);
    for (size_t i = 0; i < result->equal_count; i++) {
        report(subject, &result->equal[i]);
    }
}
