#include "verify/core/file_kind.h"

#include <stddef.h>
#include <strings.h>

struct kind {
    const char *begins; /* without regard to case */
    size_t size;
    const char *text;
};

#define KIND(begins, text)                                                                                             \
    {                                                                                                                  \
        begins, sizeof(begins) - 1, text                                                                               \
    }

static const struct kind binary[] = {
    KIND("version https://git-lfs", "a Git LFS pointer, which only names the file: \"git lfs pull\" fetches it"),
    KIND("PK\x03\x04", "a ZIP archive: the pack may be inside"),
    KIND("\x1F\x8B", "compressed with gzip: decompress it first"),
    KIND("\x89PNG\r\n", "a PNG"),
    KIND("RIFF", "a RIFF file, such as a WAV"),
    KIND("fLaC", "a FLAC"),
};

/* After white space and a byte-order mark. */
static const struct kind text[] = {
    KIND("<!doctype html", "an HTML page, perhaps an error of the server that it was loaded from: load the file again"),
    KIND("<html", "an HTML page, perhaps an error of the server that it was loaded from: load the file again"),
    KIND("{", "a JSON text: the pack is the file assets.pa beside it"),
    KIND("[", "a JSON text: the pack is the file assets.pa beside it"),
};

static const char *find(const struct kind *kinds, size_t count, struct base_bytes start)
{
    for (size_t i = 0; i < count; i++) {
        if (start.size >= kinds[i].size && strncasecmp((const char *)start.data, kinds[i].begins, kinds[i].size) == 0) {
            return kinds[i].text;
        }
    }
    return NULL;
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

const char *verify_file_kind(struct base_bytes start)
{
    const char *found = find(binary, sizeof binary / sizeof binary[0], start);
    size_t at = start.size >= 3 && start.data[0] == 0xEF && start.data[1] == 0xBB && start.data[2] == 0xBF ? 3 : 0;
    while (at < start.size && is_space(start.data[at])) {
        at++;
    }
    struct base_bytes rest = base_bytes_make(start.data + at, start.size - at);
    return found != NULL ? found : find(text, sizeof text / sizeof text[0], rest);
}
