#include "export/metadata.h"
#include "export/wav.h"
#include "export/work.h"
#include "json/value.h"

enum { RATE_LEAST = 8000, RATE_MOST = 48000, FRAME = 2 };

static const char format[] = "SOUNDS/pcm16le_v1";
static const char raw_format[] = "SOUNDS/raw_v1";
static const char *const computed[] = {"sample_rate", "channels", "frames", "loop_start", "loop_end", NULL};

static bool read_loop(struct base_bytes metadata, struct export_wav *wav)
{
    int64_t start;
    int64_t end;
    bool has_start = export_metadata_has(metadata, "loop_start");
    wav->has_loop = has_start && export_metadata_has(metadata, "loop_end");
    if (!wav->has_loop) {
        return !has_start && !export_metadata_has(metadata, "loop_end");
    }
    if (!export_metadata_integer(metadata, "loop_end", 1, (int64_t)wav->frames, &end) ||
        !export_metadata_integer(metadata, "loop_start", 0, end - 1, &start)) {
        return false;
    }
    wav->loop_start = (uint64_t)start;
    wav->loop_end = (uint64_t)end;
    return true;
}

/* Whether the entry keeps the rules of its bank: assets-pa-v1.md 2.2. */
static bool read_sound(const struct pp_entry *entry, struct export_wav *wav)
{
    int64_t rate;
    int64_t channels;
    int64_t frames;
    if (!export_metadata_integer(entry->metadata, "sample_rate", RATE_LEAST, RATE_MOST, &rate) ||
        !export_metadata_integer(entry->metadata, "channels", 1, 1, &channels) ||
        !export_metadata_integer(entry->metadata, "frames", 0, JSON_EXACT_MAX, &frames)) {
        return false;
    }
    wav->sample_rate = (uint32_t)rate;
    wav->frames = (uint64_t)frames;
    return entry->size == wav->frames * FRAME && entry->decoded_size == entry->size && read_loop(entry->metadata, wav);
}

static int give_wav(struct export_work *work, const struct export_wav *wav)
{
    uint8_t head[EXPORT_WAV_HEAD];
    uint8_t loop[EXPORT_WAV_LOOP];
    export_wav_head(wav, head);
    if (wav->has_loop) {
        export_wav_loop(wav, loop);
    }
    const struct export_part parts[] = {
        {.bytes = base_bytes_make(head, sizeof head)},
        {.is_payload = true},
        {.bytes = base_bytes_make(loop, sizeof loop)},
    };
    const struct export_file file = {.path = "sound.wav", .parts = parts, .count = wav->has_loop ? 3 : 2};
    return work->sink->take(work->sink->context, &file);
}

static int give(struct export_work *work, const struct export_wav *wav)
{
    bool fits = false;
    int problem = export_work_metadata(work, computed);
    if (problem != 0) {
        return problem;
    }
    struct export_declaration declaration = export_work_declare(work, format);
    declaration.source = "sound.wav";
    problem = export_work_print(work, &declaration, wav->has_loop ? "\"loop\":\"source\"" : NULL, &fits);
    if (problem != 0 || !fits) {
        work->outcome->inexact |= fits ? 0U : EXPORT_INEXACT_LENGTH;
        return problem;
    }
    problem = export_work_give(work, format);
    return problem == 0 ? give_wav(work, wav) : problem;
}

int export_work_sound(struct export_work *work)
{
    struct export_wav wav = {.has_loop = false};
    const struct pp_entry *entry = &work->asset->entry;
    bool kept = read_sound(entry, &wav);
    work->outcome->inexact |= kept ? 0U : EXPORT_INEXACT_FORM;
    if (kept && wav.frames > 0 && entry->size <= EXPORT_WAV_MOST) {
        return give(work, &wav);
    }
    bool given;
    return export_work_raw(work, raw_format, "sound.bin", &given);
}
