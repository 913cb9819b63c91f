#include "service/history/date.h"

#include <time.h>

void service_date_emit(struct json_emit *emit, int64_t date)
{
    const time_t seconds = (time_t)(date / INT64_C(1000000000));
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    struct base_text text = BASE_TEXT_EMPTY;
    (void)gmtime_r(&seconds, &parts);
    base_text_addf(&text, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                   parts.tm_hour, parts.tm_min, parts.tm_sec);
    json_emit_key(emit, "time");
    json_emit_string(emit, base_text_string(&text));
    base_text_release(&text, &emit->text->out_of_memory);
}
