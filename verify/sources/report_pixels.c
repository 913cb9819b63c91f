#include "verify/sources/report_pixels.h"

#include "base/text.h"

#include <stdarg.h>

void verify_report_pixels(const struct verify_source_asset *asset, enum diag diagnostic, const char *shown,
                          const struct verify_tally *tally, const struct base_details *details, const char *format, ...)
{
    struct base_details complete = {.severity = BASE_ERROR};
    struct base_place place = verify_tally_place(tally);
    struct base_text text = BASE_TEXT_EMPTY;
    va_list arguments;
    if (details != NULL) {
        complete = *details;
        place.has_palette = details->place.has_palette;
        place.palette = details->place.palette;
    }
    place.file = shown;
    complete.place = place;
    va_start(arguments, format);
    base_text_addv(&text, format, arguments);
    va_end(arguments);
    base_text_addf(&text, ", %s", verify_tally_say(tally).text);
    verify_report_source_value(asset, diagnostic, &complete, "%s", base_text_string(&text));
    base_text_release(&text, &asset->sink->findings.out_of_memory);
}
