#include "tests/writer/kit.h"

#include <sndfile.h>
#include <stdlib.h>

void kit_sound(const char *relative, int format, int rate, int channels, const int *samples, size_t frames)
{
    unit_write_file(relative, "", 0);
    SF_INFO info = {.format = format, .samplerate = rate, .channels = channels};
    SNDFILE *file = sf_open(unit_path(relative), SFM_WRITE, &info);
    if (file == NULL || sf_writef_int(file, samples, (sf_count_t)frames) != (sf_count_t)frames || sf_close(file) != 0) {
        abort();
    }
}
