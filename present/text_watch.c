/* One line per build of a watch. */
#include "present/quantity.h"
#include "present/text_answers.h"

#include <time.h>

enum { WORDS = 48 };

/* The time of day, where the user is. */
static void print_time(FILE *out, int64_t date)
{
    time_t seconds = (time_t)(date / 1000000000);
    struct tm local;
    char text[16] = "--:--:--";
    if (localtime_r(&seconds, &local) != NULL) {
        (void)strftime(text, sizeof text, "%H:%M:%S", &local);
    }
    (void)fprintf(out, "%s ", text);
}

static void print_built(FILE *out, const struct service_watch_result *result)
{
    char assets[WORDS];
    char size[PRESENT_QUANTITY_SIZE];
    char duration[PRESENT_QUANTITY_SIZE];
    (void)fprintf(out, "built %s, %s, in %s",
                  present_quantity_of(result->build.summary.assets, "asset", "assets", assets, sizeof assets),
                  present_size(result->build.summary.pack_size, size), present_duration(result->duration, duration));
}

/* A build that has published can fail afterwards: when its files may not last over a power cut. */
static void print_failed(FILE *out, const struct service_answer *answer)
{
    char errors[WORDS];
    if (answer->result.watch.build.published == SERVICE_PUBLISHED) {
        print_built(out, &answer->result.watch);
        (void)fputs(", but ", out);
    }
    (void)fprintf(out, "failed: %s",
                  present_quantity_of(service_count_errors(answer), "error", "errors", errors, sizeof errors));
}

void present_text_watch(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_watch_result *result = &answer->result.watch;
    char warnings[WORDS];
    if (output->quiet) {
        return;
    }
    print_time(output->out, result->date);
    if (answer->status != SERVICE_STATUS_WELL) {
        print_failed(output->out, answer);
    } else if (result->build.unchanged) {
        (void)fputs("nothing changed", output->out);
    } else {
        print_built(output->out, result);
    }
    if (service_count_warnings(answer) > 0) {
        (void)fprintf(
            output->out, "; %s",
            present_quantity_of(service_count_warnings(answer), "warning", "warnings", warnings, sizeof warnings));
    }
    (void)fputc('\n', output->out);
}
