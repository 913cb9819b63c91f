#include "tests/verify/builder.h"

#include "base/hash.h"
#include "tests/lib/place.h"
#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

const char *const build_names[BUILD_FILES] = {"assets.pa", "asset_table.json", "preload.json",
                                              "asset_table_metadata.json"};

static void check_memory(const struct base_text *text)
{
    if (base_text_out_of_memory(text)) {
        abort();
    }
}

/* ---- Packs ---- */

/* The region of the payloads. */
static uint8_t *region_make(const struct plan *plan)
{
    uint8_t *region = calloc(1, plan->payload > 0 ? plan->payload : 1);
    if (region == NULL) {
        abort();
    }
    for (size_t i = 0; i < plan->payload && !plan->blank; i++) {
        region[i] = (uint8_t)((i * 7 + 1) & 0xFF);
    }
    return region;
}

/* What the plan says of the prelude, and what is right where the plan says nothing. */
static struct prelude_fields prelude_of(const struct plan *plan, const struct pack *pack)
{
    return (struct prelude_fields){
        .magic = plan->magic != NULL ? plan->magic : "ASPA",
        .schema_version = plan->schema_version != 0 ? plan->schema_version : 1,
        .header_len = plan->has_header_len ? plan->header_len : (uint32_t)pack->header_size,
        .payload_offset = plan->payload_offset != 0 ? plan->payload_offset : pack->payload_at,
        .flags = plan->flags,
        .reserved = plan->reserved,
        .header_checksum = plan->checksum,
    };
}

struct pack pack_make(const struct plan *plan)
{
    struct marked header = marked_make(plan->header);
    uint8_t *region = region_make(plan);
    struct pack pack = pack_build_marked(&header, plan->gap, base_bytes_make(region, plan->payload));
    struct prelude_fields prelude = prelude_of(plan, &pack);
    prelude_write(pack.data, &prelude);
    free(region);
    marked_free(&header);
    return pack;
}

/* ---- Builds ---- */

void add_pattern(struct base_text *text, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        base_text_add_char(text, (char)(*pattern == '\'' ? '"' : *pattern));
    }
}

static void add_hash(struct base_text *text, const char *name, struct base_bytes bytes)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(bytes), hex);
    base_text_addf(text, "\"%s\":\"%s\"", name, hex);
}

static void add_recorded(struct base_text *text, const struct pack *pack, const struct recorded *asset)
{
    struct base_bytes payload = base_bytes_make(pack->data + pack->payload_at + asset->offset, asset->size);
    base_text_addf(text, "{\"asset_id\":%s,\"asset_root\":\"%s\",", asset->asset_id, asset->root);
    base_text_addf(text, "\"asset_uuid\":\"%s\",",
                   asset->uuid != NULL ? asset->uuid : "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10");
    if (asset->size == GLYPH_BYTES) {
        /* Even pixels are the high nibbles. */
        uint8_t *decoded = calloc(1, (size_t)2 * PLANE_BYTES + 2048);
        for (size_t i = 0; i < PLANE_BYTES; i++) {
            decoded[2 * i] = payload.data[i] >> 4;
            decoded[2 * i + 1] = payload.data[i] & 0x0F;
        }
        memcpy(decoded + (size_t)2 * PLANE_BYTES, payload.data + PLANE_BYTES, 2048);
        add_hash(text, "decoded_xxh3_128", base_bytes_make(decoded, (size_t)2 * PLANE_BYTES + 2048));
        free(decoded);
    } else {
        add_hash(text, "decoded_xxh3_128", payload);
    }
    add_pattern(text, ",'inputs':");
    add_pattern(text, asset->inputs != NULL ? asset->inputs : "[]");
    base_text_add_char(text, ',');
    add_hash(text, "payload_xxh3_128", payload);
    if (asset->pipeline != NULL) {
        add_pattern(text, ",'pipeline':");
        add_pattern(text, asset->pipeline);
    }
    if (asset->tiles != NULL) {
        add_pattern(text, ",'tiles':");
        add_pattern(text, asset->tiles);
    }
    base_text_add_char(text, '}');
}

static const char document_member[] = "\"document_xxh3_128\":\"";

void document_rehash(struct base_text *document)
{
    char hex[BASE_HASH_HEX + 1];
    char *member = strstr(document->data, document_member);
    struct base_text without = BASE_TEXT_EMPTY;
    if (member == NULL) {
        abort();
    }
    char *behind = member + sizeof document_member - 1 + BASE_HASH_HEX + 2;
    base_text_add(&without, base_bytes_make(document->data, (size_t)(member - document->data)));
    base_text_add_string(&without, behind);
    check_memory(&without);
    base_hash_to_hex(base_hash_of(base_text_bytes(&without)), hex);
    memcpy(member + sizeof document_member - 1, hex, BASE_HASH_HEX);
    base_text_free(&without);
}

struct base_text document_make(const struct pack *pack, const struct recorded *assets, size_t count)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "{\"assets\":[");
    for (size_t i = 0; i < count; i++) {
        base_text_add_string(&text, i > 0 ? "," : "");
        add_recorded(&text, pack, &assets[i]);
    }
    base_text_add_string(&text, "],\"assets_pa\":{");
    add_hash(&text, "header_xxh3_128", base_bytes_make(pack->data + PRELUDE_BYTES, pack->header_size));
    base_text_addf(&text, ",\"size\":%zu,", pack->size);
    add_hash(&text, "xxh3_128", pack_bytes(pack));
    base_text_addf(&text, "},%s%032d\",\"hash\":\"xxh3-128\",\"schema_version\":%d}", document_member, 0,
                   count > 0 && assets[0].version_1 ? 1 : 2);
    check_memory(&text);
    document_rehash(&text);
    return text;
}

struct build build_make(const struct plan *plan, const struct recorded *assets, size_t count)
{
    static const char before_table[] = "{\"asset_table\":";
    static const char between[] = ",\"preload\":";
    struct pack pack = pack_make(plan);
    struct build build = {.payload_at = pack.payload_at};
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add(&header, base_bytes_make(pack.data + PRELUDE_BYTES, pack.header_size));
    const char *preload = strstr(header.data, between);
    if (preload == NULL) {
        abort();
    }
    const char *table = header.data + sizeof before_table - 1;
    base_text_add(&build.files[ASSETS_PA], pack_bytes(&pack));
    base_text_add(&build.files[ASSET_TABLE], base_bytes_make(table, (size_t)(preload - table)));
    preload += sizeof between - 1;
    base_text_add(&build.files[PRELOAD_JSON], base_bytes_make(preload, strlen(preload) - 1));
    build.files[METADATA] = document_make(&pack, assets, count);
    for (size_t i = 0; i < BUILD_FILES; i++) {
        check_memory(&build.files[i]);
    }
    base_text_free(&header);
    pack_free(&pack);
    return build;
}

void build_free(struct build *build)
{
    for (size_t i = 0; i < BUILD_FILES; i++) {
        base_text_free(&build->files[i]);
    }
}

struct verify_build_bytes build_bytes(const struct build *build)
{
    return (struct verify_build_bytes){
        .assets_pa = base_text_bytes(&build->files[ASSETS_PA]),
        .asset_table = base_text_bytes(&build->files[ASSET_TABLE]),
        .preload = base_text_bytes(&build->files[PRELOAD_JSON]),
        .metadata = base_text_bytes(&build->files[METADATA]),
    };
}

void build_write(const struct build *build, const char *directory)
{
    char path[256];
    for (size_t i = 0; i < BUILD_FILES; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", directory, build_names[i]);
        unit_write_file(path, build->files[i].data, build->files[i].size);
    }
}

void build_replace(struct build *build, enum build_file file, const char *from, const char *to)
{
    struct base_text *text = &build->files[file];
    struct marked old = marked_make(from);
    struct marked new = marked_make(to);
    struct base_text replaced = BASE_TEXT_EMPTY;
    size_t at = 0;
    while (at + old.size <= text->size && memcmp(text->data + at, old.text, old.size) != 0) {
        at++;
    }
    if (at + old.size > text->size) {
        (void)fprintf(stderr, "not there: %s\n", from);
        abort();
    }
    base_text_add(&replaced, base_bytes_make(text->data, at));
    base_text_add(&replaced, marked_bytes(&new));
    base_text_add(&replaced, base_bytes_make(text->data + at + old.size, text->size - at - old.size));
    check_memory(&replaced);
    for (size_t i = 0; i < new.mark_count; i++) {
        build->marks[file][build->mark_counts[file]++] = at + new.marks[i];
    }
    marked_free(&old);
    marked_free(&new);
    base_text_free(text);
    *text = replaced;
}

const struct plan small_plan = {
    .header = HEADER(SCENE("1", "map", "0", "16") "," SOUND("7", "beep", TONE("1", "4"), "16", "8"),
                     PRELOAD("7", "0") "," PRELOAD("1", "3")),
    .payload = 24,
};

struct build small_build(void)
{
    static const struct recorded assets[] = {
        {.asset_id = "1",
         .root = "maps/one",
         .inputs = "[{'path':'one.bin','size':16,'xxh3_128':'0123456789abcdef0123456789abcdef'}]",
         .pipeline = "{'compress':false,'levels':[1,2]}",
         .size = 16},
        {.asset_id = "7", .root = "beep", .offset = 16, .size = 8},
    };
    return build_make(&small_plan, assets, sizeof assets / sizeof assets[0]);
}

/* ---- Findings ---- */

static enum build_file file_of(const char *name)
{
    size_t file = 0;
    while (file < BUILD_FILES - 1 && strcmp(name, build_names[file]) != 0) {
        file++;
    }
    return (enum build_file)file;
}

static void add_position(struct base_text *text, int64_t position, const struct build *build, enum build_file file)
{
    if (position < 0) {
        base_text_add_string(text, "-");
        return;
    }
    for (size_t i = 0; build != NULL && i < build->mark_counts[file]; i++) {
        if (build->marks[file][i] == (size_t)position) {
            base_text_addf(text, "^%zu", i);
            return;
        }
    }
    if (build != NULL && file == ASSETS_PA && (size_t)position >= build->payload_at) {
        base_text_addf(text, "+%zu", (size_t)position - build->payload_at);
    } else {
        base_text_addf(text, "@%lld", (long long)position);
    }
}

struct base_text findings_text(const struct verify_report *report, const struct build *build)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < report->findings.count; i++) {
        const struct base_finding *finding = &report->findings.items[i];
        const char *file = finding->place.file != NULL ? strrchr(finding->place.file, '/') : NULL;
        file = file != NULL ? file + 1 : finding->place.file;
        base_text_add_string(&text, i > 0 ? "; " : "");
        if (file != NULL && strcmp(file, "assets.pa") != 0) {
            base_text_addf(&text, "%s: ", file);
        }
        base_text_addf(&text, "%s:%s ", diag_facts(finding->diagnostic)->id, diag_class_letter(finding->class_));
        add_position(&text, place_byte(finding), build, file != NULL ? file_of(file) : ASSETS_PA);
        if (finding->place.json_pointer != NULL && finding->place.json_pointer[0] != '\0') {
            base_text_addf(&text, " %s", finding->place.json_pointer);
        }
        if (finding->place.has_asset_id) {
            base_text_addf(&text, " #%lld", (long long)finding->place.asset_id);
        }
    }
    check_memory(&text);
    return text;
}

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

struct base_text ids_text(const struct verify_report *report)
{
    const char *ids[DIAG_COUNT];
    size_t count = 0;
    struct base_text text = BASE_TEXT_EMPTY;
    for (unsigned i = 0; i < DIAG_COUNT; i++) {
        if (report->findings.total[i] > 0) {
            ids[count++] = diag_facts((enum diag)i)->id;
        }
    }
    qsort(ids, count, sizeof ids[0], compare_strings);
    for (size_t i = 0; i < count; i++) {
        base_text_addf(&text, "%s%s", i > 0 ? " " : "", ids[i]);
    }
    check_memory(&text);
    return text;
}

const struct base_finding *finding_of(const struct verify_report *report, enum diag diagnostic)
{
    for (size_t i = 0; i < report->findings.count; i++) {
        if (report->findings.items[i].diagnostic == diagnostic) {
            return &report->findings.items[i];
        }
    }
    return NULL;
}

/* Whatever was found, the verdicts follow from it. */
static void check_verdicts(const struct verify_report *report, const char *file, unsigned line)
{
    bool loads = !base_findings_any(&report->findings, DIAG_CLASS_L);
    bool conforms = loads && !base_findings_any(&report->findings, DIAG_CLASS_C);
    (void)unit_check_u64(report->loads, loads ? VERIFY_VERDICT_YES : VERIFY_VERDICT_NO, "loads", file, line);
    (void)unit_check_u64(report->conforms, conforms ? VERIFY_VERDICT_YES : VERIFY_VERDICT_NO, "conforms", file, line);
}

void check_plan(const struct plan *plan, const char *expected, const char *file, unsigned line)
{
    static const struct verify_options options = {.no_companions = true, .jobs = 1};
    struct pack pack = pack_make(plan);
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    struct build build = {.mark_counts = {pack.mark_count}, .payload_at = pack.payload_at};
    memcpy(build.marks[ASSETS_PA], pack.marks, sizeof pack.marks);
    struct base_text found = findings_text(&report, &build);
    (void)unit_check_string(base_text_string(&found), expected, "findings", file, line);
    check_verdicts(&report, file, line);
    base_text_free(&found);
    verify_report_free(&report);
    pack_free(&pack);
}

void check_findings(const struct verify_report *report, const struct build *build, const char *expected,
                    const char *file, unsigned line)
{
    struct base_text found = findings_text(report, build);
    (void)unit_check_string(base_text_string(&found), expected, "findings", file, line);
    base_text_free(&found);
}

void check_report(const struct verify_report *report, const char *expected, const char *file, unsigned line)
{
    check_findings(report, NULL, expected, file, line);
}

void check_build(const struct build *build, const char *expected, const char *file, unsigned line)
{
    static const struct verify_options options = {.jobs = 1};
    struct verify_build_bytes bytes = build_bytes(build);
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    check_findings(&report, build, expected, file, line);
    check_verdicts(&report, file, line);
    verify_report_free(&report);
}
