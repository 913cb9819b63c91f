#include "tests/verify/project.h"

#include "base/hash.h"
#include "tests/lib/unit.h"

#include <png.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct base_text inputs_of(const struct project *project)
{
    struct base_text inputs = BASE_TEXT_EMPTY;
    base_text_add_char(&inputs, '[');
    size_t times = project->last_source_times > 0 ? project->last_source_times : 1;
    for (size_t i = 0; i + 1 < project->source_count + times; i++) {
        char hex[BASE_HASH_HEX + 1];
        const struct source *source = &project->sources[i < project->source_count ? i : project->source_count - 1];
        base_hash_to_hex(base_hash_of(base_bytes_make(source->data, source->size)), hex);
        base_text_addf(&inputs, "%s{'path':'%s','size':%zu,'xxh3_128':'%s'}", i > 0 ? "," : "", source->path,
                       source->size, hex);
    }
    base_text_add_char(&inputs, ']');
    return inputs;
}

void registry_write(const char *pattern)
{
    struct marked registry = marked_make(pattern);
    unit_write_file("project/assets/.prometeu/index.json", registry.text, registry.size);
    marked_free(&registry);
}

static const char *type_of(const char *declaration)
{
    if (strstr(declaration, "'format':'GLYPH") != NULL) {
        return "glyph_bank";
    }
    return strstr(declaration, "'format':'SOUNDS") != NULL ? "sound_bank" : "scene_bank";
}

/* The metadata of the first entry, up to its first closing brace. */
static size_t find_metadata(const char *header, const char **metadata)
{
    static const char name[] = "'metadata':";
    *metadata = strstr(header, name) + sizeof name - 1;
    return strcspn(*metadata, "}") + 1;
}

char *declaration_make(const char *declaration, const char *header)
{
    struct base_text text = BASE_TEXT_EMPTY;
    const char *metadata;
    size_t size = find_metadata(header, &metadata);
    for (const char *at = declaration; *at != '\0'; at++) {
        if (*at == '~') {
            base_text_add(&text, base_bytes_make((const uint8_t *)metadata, size));
        } else if (*at == '@') {
            base_text_add_string(&text, type_of(declaration));
        } else {
            base_text_add_char(&text, *at);
        }
    }
    return base_text_take(&text);
}

static void write_sources(const struct project *project)
{
    char path[256];
    (void)unlink(unit_path("project/assets/root/asset.json"));
    unit_write_file("project/assets/root/.keep", "", 0);
    for (size_t i = 0; i < project->source_count; i++) {
        (void)snprintf(path, sizeof path, "project/assets/root/%s", project->sources[i].path);
        unit_write_file(path, project->sources[i].data, project->sources[i].size);
    }
    if (project->declaration != NULL) {
        char *text = declaration_make(project->declaration, project->header);
        struct marked declaration = marked_make(text);
        unit_write_file("project/assets/root/asset.json", declaration.text, declaration.size);
        marked_free(&declaration);
        free(text);
    }
    registry_write(REGISTRY("2", REGISTRY_RECORD("1", PROJECT_UUID, "root")));
}

struct build project_make(const struct project *project)
{
    struct plan plan = {.header = project->header, .payload = project->payload.size, .blank = true};
    struct base_text inputs = inputs_of(project);
    struct recorded recorded = {.asset_id = "1",
                                .root = "root",
                                .inputs = base_text_string(&inputs),
                                .tiles = project->tiles,
                                .version_1 = project->tiles == NULL,
                                .pipeline = project->pipeline,
                                .size = project->payload.size};
    struct pack pack = pack_make(&plan);
    memcpy(pack.data + pack.payload_at, project->payload.data, project->payload.size);
    struct build build = build_make(&plan, &recorded, 1);
    memcpy(build.files[ASSETS_PA].data, pack.data, pack.size);
    base_text_free(&build.files[METADATA]);
    build.files[METADATA] = document_make(&pack, &recorded, 1);
    write_sources(project);
    pack_free(&pack);
    base_text_free(&inputs);
    return build;
}

void check_sources(const struct build *build, const char *expected, const char *file, unsigned line)
{
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_build_bytes bytes = build_bytes(build);
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    check_findings(&report, build, expected, file, line);
    (void)unit_check_u64(report.loads, VERIFY_VERDICT_YES, "loads", file, line);
    verify_report_free(&report);
}

void check_project(const struct project *project, const char *expected, const char *file, unsigned line)
{
    struct build build = project_make(project);
    check_sources(&build, expected, file, line);
    build_free(&build);
}

/* ---- Images ---- */

static void die(const char *what)
{
    (void)fprintf(stderr, "cannot make the sample: %s\n", what);
    abort();
}

static void write_bytes(png_structp png, png_bytep data, size_t size)
{
    base_text_add(png_get_io_ptr(png), base_bytes_make(data, size));
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

struct base_text png_make(const struct image *image)
{
    struct base_text text = BASE_TEXT_EMPTY;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_color colours[256];
    if (info == NULL || setjmp(png_jmpbuf(png)) != 0) {
        die("png");
    }
    png_set_write_fn(png, &text, write_bytes, flush_nothing);
    png_set_IHDR(png, info, image->width, image->height, image->bit_depth, image->color_type,
                 image->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    for (int i = 0; i < image->palette_size; i++) {
        const uint8_t *colour = image->palette + (size_t)3 * (size_t)i;
        colours[i] = (png_color){colour[0], colour[1], colour[2]};
    }
    if (image->palette_size > 0) {
        png_set_PLTE(png, info, colours, image->palette_size);
    }
    if (image->alpha_size > 0) {
        png_set_tRNS(png, info, image->alpha, image->alpha_size, NULL);
    }
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < image->height; y++) {
            png_write_row(png, image->rows + y * image->row_size);
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return text;
}

/* ---- Sounds ---- */

struct base_text sound_make(const struct sound *sound)
{
    SF_INFO info = {.samplerate = sound->rate, .channels = sound->channels, .format = sound->format};
    const char *path = unit_path("sound.tmp");
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    if (file == NULL) {
        die(path);
    }
    /* Without this, files of floating-point samples would take the integers as they are. */
    (void)sf_command(file, SFC_SET_SCALE_INT_FLOAT_WRITE, NULL, SF_TRUE);
    if (sf_writef_int(file, sound->samples, (sf_count_t)sound->frames) != (sf_count_t)sound->frames ||
        sf_close(file) != 0) {
        die("sound");
    }
    struct base_text text = BASE_TEXT_EMPTY;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        die(path);
    }
    for (int byte = fgetc(stream); byte != EOF; byte = fgetc(stream)) {
        base_text_add_char(&text, (char)byte);
    }
    (void)fclose(stream);
    return text;
}
