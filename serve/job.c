#include "serve/job.h"

#include "base/array.h"
#include "base/invariant.h"

#include <stdlib.h>
#include <unistd.h>

struct serve_job *serve_job_create(const struct service_operation *operation, size_t message_size)
{
    struct serve_job *job = calloc(1, sizeof *job);
    char *strings = malloc(message_size + 1);
    if (job == NULL || strings == NULL) {
        free(job);
        free(strings);
        return NULL;
    }
    *job = (struct serve_job){
        .operation = operation,
        .task = BASE_TASK_INIT,
        .cost = sizeof *job + 2 * message_size,
        .strings = strings,
        .strings_capacity = message_size + 1,
    };
    service_request_begin(&job->request, operation);
    return job;
}

void serve_job_destroy(struct serve_job *job)
{
    if (job == NULL) {
        return;
    }
    if (job->task.wake >= 0) {
        (void)close(job->task.wake);
    }
    for (size_t i = 0; i < job->list_count; i++) {
        free(job->lists[i]);
    }
    free(job->lists);
    free(job->strings);
    base_text_free(&job->id);
    base_text_free(&job->token);
    free(job);
}

char *serve_job_string(struct serve_job *job, size_t size)
{
    if (!BASE_INVARIANT(size < job->strings_capacity - job->strings_size)) {
        return NULL;
    }
    char *string = job->strings + job->strings_size;
    string[size] = '\0';
    job->strings_size += size + 1;
    return string;
}

const char **serve_job_list(struct serve_job *job, size_t count)
{
    void **lists = base_array_grow(job->lists, job->list_count, &job->list_capacity, sizeof *lists);
    const char **list = lists != NULL ? calloc(count + 1, sizeof *list) : NULL;
    job->lists = lists != NULL ? lists : job->lists;
    if (list != NULL) {
        job->lists[job->list_count++] = (void *)list;
        job->cost += count * sizeof *list;
    }
    return list;
}
