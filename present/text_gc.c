#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

enum { PATH_SHOWN = 4096 };

static void add_size(struct base_text *line, uint64_t bytes)
{
    char words[PRESENT_QUANTITY_SIZE + sizeof " bytes"];
    base_text_add_string(line, present_quantity_of(bytes, "byte", "bytes", words, sizeof words));
}

static void print(const struct present_output *output, struct base_text *line)
{
    base_text_add_char(line, '\n');
    (void)fputs(base_text_string(line), output->out);
    base_text_release(line, output->out_of_memory);
}

static void print_file(const struct present_output *output, const struct service_cleared_file *file, bool dry_run)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, dry_run ? "would delete " : "deleted ");
    base_text_add_printable(&line, base_bytes_of_string(file->path), PATH_SHOWN);
    base_text_add_string(&line, " (");
    add_size(&line, file->bytes);
    base_text_add_char(&line, ')');
    print(output, &line);
}

/* A set that was committed is no rubbish: it goes where it belongs. */
static void print_move(const struct present_output *output, const struct service_planned_file *step, bool dry_run)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, dry_run ? "would move " : "moved ");
    base_text_add_printable(&line, base_bytes_of_string(step->from), PATH_SHOWN);
    base_text_add_string(&line, " to ");
    base_text_add_printable(&line, base_bytes_of_string(step->to), PATH_SHOWN);
    base_text_addf(&line, ": %s", step->reason);
    print(output, &line);
}

static void print_sum(const struct present_output *output, const struct service_gc_result *result)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, result->dry_run ? "would free " : "freed ");
    add_size(&line, result->bytes);
    print(output, &line);
}

void present_text_gc(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_gc_result *result = &answer->result.gc;
    if (!result->done || output->quiet) {
        return;
    }
    for (size_t i = 0; i < result->count; i++) {
        print_file(output, &result->files[i], result->dry_run);
    }
    for (size_t i = 0; i < result->plan.count; i++) {
        if (result->plan.files[i].from != NULL) {
            print_move(output, &result->plan.files[i], result->dry_run);
        }
    }
    if (result->count > 0) {
        print_sum(output, result);
    } else if (result->plan.count == 0 && answer->findings.count == 0) {
        (void)fputs("there is nothing to delete\n", output->out);
    }
}
