#include "service/doctor/inputs.h"

#include "base/file.h"
#include "base/parallel.h"
#include "base/sort.h"

#include <stdlib.h>

static void open_one(void *context, size_t index, struct base_findings *findings)
{
    struct service_doctor_inputs *inputs = context;
    const struct service_doctor_subject *subject = inputs->subject;
    struct service_doctor_input *input = &inputs->items[index];
    struct base_file file;
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    if (workspace_input_open(subject->workspace, subject->assets[input->asset], input->input, &file, &unsaid)) {
        input->opened = true;
        input->device = file.device;
        input->inode = file.inode;
        input->size = file.size;
        base_file_close(&file);
    }
    findings->out_of_memory = findings->out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
}

bool service_doctor_inputs_find(struct service_doctor_inputs *inputs, const struct service_doctor_subject *subject)
{
    size_t total = 0;
    *inputs = (struct service_doctor_inputs){.subject = subject};
    for (size_t i = 0; i < subject->count; i++) {
        total += subject->assets[i]->declaration.input_count;
    }
    inputs->items = calloc(total + 1, sizeof *inputs->items);
    if (inputs->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < subject->count; i++) {
        for (size_t k = 0; k < subject->assets[i]->declaration.input_count; k++) {
            inputs->items[inputs->count++] = (struct service_doctor_input){.asset = i, .input = k};
        }
    }
    base_parallel_each(subject->task, subject->request->jobs, inputs->count, open_one, inputs, subject->findings);
    return true;
}

static int compare_files(const void *left, const void *right)
{
    const struct service_doctor_input *a = left;
    const struct service_doctor_input *b = right;
    int order = (a->device > b->device) - (a->device < b->device);
    return order != 0 ? order : (a->inode > b->inode) - (a->inode < b->inode);
}

/* Paths that lead to one file stay in their order. */
static int compare_paths(const void *left, const void *right)
{
    const struct service_doctor_input *a = left;
    const struct service_doctor_input *b = right;
    int order = compare_files(a, b);
    if (order == 0) {
        order = (a->asset > b->asset) - (a->asset < b->asset);
    }
    return order != 0 ? order : (a->input > b->input) - (a->input < b->input);
}

void service_doctor_inputs_sort_by_file(struct service_doctor_inputs *inputs)
{
    (void)base_sort(inputs->items, inputs->count, sizeof *inputs->items, compare_paths, inputs->subject->task);
}

bool service_doctor_inputs_have(const struct service_doctor_inputs *inputs, uint64_t device, uint64_t inode)
{
    const struct service_doctor_input wanted = {.device = device, .inode = inode};
    return inputs->count > 0 &&
           bsearch(&wanted, inputs->items, inputs->count, sizeof *inputs->items, compare_files) != NULL;
}

void service_doctor_inputs_free(struct service_doctor_inputs *inputs)
{
    free(inputs->items);
    *inputs = (struct service_doctor_inputs){.items = NULL};
}
