#include "verify/sources/sound_library.h"

#include <errno.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

struct verify_sound_library {
    const struct base_file *file;
    sf_count_t at;
    int problem; /* of the file */
    SNDFILE *sound;
    SF_INFO info;
    double *fractions; /* room for samples; NULL: the file has integers */
};

/* ---- libsndfile's virtual file ---- */

static sf_count_t stream_length(void *user)
{
    const struct verify_sound_library *library = user;
    return library->file->size <= INT64_MAX ? (sf_count_t)library->file->size : 0;
}

static sf_count_t stream_seek(sf_count_t offset, int whence, void *user)
{
    struct verify_sound_library *library = user;
    sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? library->at : stream_length(user);
    if (offset < -from || offset > INT64_MAX - from) {
        return -1;
    }
    library->at = from + offset;
    return library->at;
}

static sf_count_t stream_read(void *out, sf_count_t count, void *user)
{
    struct verify_sound_library *library = user;
    sf_count_t left = stream_length(user) - library->at;
    if (left <= 0 || count <= 0) {
        return 0;
    }
    count = count < left ? count : left;
    int problem = base_file_read_at(library->file, (uint64_t)library->at, out, (size_t)count);
    if (problem != 0) {
        library->problem = problem;
        return 0;
    }
    library->at += count;
    return count;
}

static sf_count_t stream_write(const void *data, sf_count_t count, void *user)
{
    (void)data;
    (void)count;
    (void)user;
    return 0;
}

static sf_count_t stream_tell(void *user)
{
    const struct verify_sound_library *library = user;
    return library->at;
}

/* ---- The sound ---- */

static bool is_floating(const SF_INFO *info)
{
    int subtype = info->format & SF_FORMAT_SUBMASK;
    return subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE;
}

static int open_sound(struct verify_sound_library *library)
{
    SF_VIRTUAL_IO io = {.get_filelen = stream_length,
                        .seek = stream_seek,
                        .read = stream_read,
                        .write = stream_write,
                        .tell = stream_tell};
    library->sound = sf_open_virtual(&io, SFM_READ, &library->info, library);
    if (library->problem != 0 || library->sound == NULL || !is_floating(&library->info)) {
        return library->problem;
    }
    library->fractions =
        calloc((size_t)VERIFY_SOUND_AT_ONCE * (size_t)library->info.channels, sizeof *library->fractions);
    return library->fractions == NULL ? ENOMEM : 0;
}

int verify_sound_library_open(struct verify_sound_library **library, const struct base_file *file,
                              struct verify_sound_facts *facts)
{
    struct verify_sound_library *opened = calloc(1, sizeof *opened);
    *library = NULL;
    if (opened == NULL) {
        return ENOMEM;
    }
    opened->file = file;
    int problem = open_sound(opened);
    if (problem != 0 || opened->sound == NULL) {
        verify_sound_library_close(opened);
        return problem;
    }
    *facts = (struct verify_sound_facts){
        .sample_rate = opened->info.samplerate, .channels = opened->info.channels, .frames = opened->info.frames};
    *library = opened;
    return 0;
}

void verify_sound_library_close(struct verify_sound_library *library)
{
    if (library != NULL) {
        if (library->sound != NULL) {
            (void)sf_close(library->sound);
        }
        free(library->fractions);
        free(library);
    }
}

int verify_sound_library_read(struct verify_sound_library *library, int32_t *out, size_t frames, size_t *got,
                              bool *exact)
{
    *exact = true;
    if (library->fractions == NULL) {
        *got = (size_t)sf_readf_int(library->sound, out, (sf_count_t)frames);
        return library->problem;
    }
    *got = (size_t)sf_readf_double(library->sound, library->fractions, (sf_count_t)frames);
    for (size_t i = 0; i < *got * (size_t)library->info.channels && *exact; i++) {
        double sample = library->fractions[i] * 32768.0;
        *exact = sample >= -32768.0 && sample <= 32767.0 && sample == (double)(int)sample;
        out[i] = *exact ? (int)sample * 65536 : 0;
    }
    return library->problem;
}
