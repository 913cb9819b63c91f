#include "serve/trace.h"

#include "base/descriptor.h"
#include "base/file_problem.h"
#include "base/task.h"
#include "json/emit.h"
#include "json/tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NANOSECONDS = 1000000000 };

struct serve_trace {
    pthread_mutex_t lock;
    int fd; /* -1 after a failure */
};

int serve_trace_open(struct serve_trace **trace, const char *path)
{
    *trace = malloc(sizeof **trace);
    if (*trace == NULL) {
        return ENOMEM;
    }
    int problem = base_descriptor_open(&(*trace)->fd, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY);
    problem = problem != 0 ? problem : pthread_mutex_init(&(*trace)->lock, NULL);
    if (problem != 0) {
        free(*trace);
        *trace = NULL;
    }
    return problem;
}

void serve_trace_close(struct serve_trace *trace)
{
    if (trace == NULL) {
        return;
    }
    if (trace->fd >= 0) {
        (void)close(trace->fd);
    }
    (void)pthread_mutex_destroy(&trace->lock);
    free(trace);
}

static void add_time(struct base_text *text)
{
    int64_t now = base_task_date(NULL);
    time_t seconds = (time_t)(now / NANOSECONDS);
    struct tm date = {.tm_sec = 0};
    (void)gmtime_r(&seconds, &date);
    base_text_addf(text, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
                   date.tm_hour, date.tm_min, date.tm_sec, (int)(now % NANOSECONDS / 1000000));
}

static void add_line(struct base_text *text, const char *direction, struct base_bytes message)
{
    struct json_tokenizer check;
    struct json_emit emit = {.text = text};
    bool is_json = json_validate(&check, message);
    base_text_add_string(text, "{\"time\":");
    add_time(text);
    base_text_addf(text, ",\"direction\":\"%s\",\"%s\":", direction, is_json ? "message" : "text");
    if (is_json) {
        json_emit_json(&emit, message);
    } else {
        json_emit_bytes(&emit, message);
    }
    base_text_add_string(text, "}\n");
}

void serve_trace_add(struct serve_trace *trace, const char *direction, struct base_bytes message)
{
    if (trace == NULL) {
        return;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    add_line(&text, direction, message);
    (void)pthread_mutex_lock(&trace->lock);
    int problem = 0;
    if (trace->fd >= 0) {
        problem = base_text_out_of_memory(&text) ? ENOMEM : base_descriptor_write(trace->fd, base_text_bytes(&text));
    }
    if (problem != 0) {
        (void)fprintf(stderr, "the trace ends here: %s\n", base_file_problem_text(problem));
        (void)close(trace->fd);
        trace->fd = -1;
    }
    (void)pthread_mutex_unlock(&trace->lock);
    base_text_free(&text);
}
