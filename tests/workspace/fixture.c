#include "tests/workspace/fixture.h"

#include "tests/lib/place.h"
#include "tests/lib/sample.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char glyph_document[] = "{\n"
                              "  'schema_version': 1,\n"
                              "  'asset_uuid': '" UUID_1 "',\n"
                              "  'name': 'hero',\n"
                              "  'type': 'glyph_bank',\n"
                              "  'inputs': {\n"
                              "    'sprites': ['a.png', 'sub/b.png'],\n"
                              "    'palettes': [{'index': 5, 'path': 'five.gpl'}, {'index': 0, 'path': 'zero.pal'}]\n"
                              "  },\n"
                              "  'output': {\n"
                              "    'format': 'GLYPH/indexed_v1',\n"
                              "    'codec': 'NONE',\n"
                              "    'metadata': {'tile_size': 16, 'author': 'me', 'nested': [1, {'x': null}, true]},\n"
                              "    'pipeline': {'step': 'draw'},\n"
                              "    'codec_configuration': {}\n"
                              "  },\n"
                              "  'preload': {'enabled': true, 'slot': 3},\n"
                              "  'build': {'threads': 1.5}\n"
                              "}\n";

const char sound_document[] =
    "{'schema_version':1,'asset_uuid':'" UUID_2 "','name':'jump','type':'sound_bank',"
    "'inputs':{'sources':['jump.wav']},'output':{'format':'SOUNDS/pcm16le_v1','codec':'NONE'},"
    "'preload':{'enabled':false}}";

const char scene_document[] = "{'schema_version':1,'asset_uuid':'" UUID_3 "','name':'level','type':'scene_bank',"
                              "'inputs':{'sources':['level.bin']},'output':{'format':'SCENE/raw_v1','codec':'NONE',"
                              "'decoded_size':9007199254740991,'metadata':{'decoded_size':9007199254740991}},"
                              "'preload':{'enabled':true}}";

char *spell(const char *document, int64_t *mark)
{
    size_t size = strlen(document);
    char *text = malloc(size + 1);
    REQUIRE(text != NULL);
    size_t length = 0;
    *mark = -1;
    for (size_t i = 0; i < size; i++) {
        if (document[i] == '^') {
            *mark = (int64_t)length;
        } else {
            bool quote = document[i] == '\'';
            text[length] = document[i];
            if (quote) {
                text[length] = '"';
            }
            length++;
        }
    }
    text[length] = '\0';
    return text;
}

char *replaced(const char *document, const char *old, const char *new)
{
    const char *at = strstr(document, old);
    if (at == NULL) {
        (void)fprintf(stderr, "no \"%s\" in the document\n", old);
    }
    REQUIRE(at != NULL);
    size_t size = strlen(document) - strlen(old) + strlen(new) + 1;
    char *text = malloc(size);
    REQUIRE(text != NULL);
    (void)snprintf(text, size, "%.*s%s%s", (int)(at - document), document, new, at + strlen(old));
    return text;
}

int64_t put(const char *relative, const char *document)
{
    int64_t mark;
    char *text = spell(document, &mark);
    unit_write_file(relative, text, strlen(text));
    free(text);
    return mark;
}

void put_registry(const char *first, const char *second, const char *third)
{
    const char *roots[] = {first, second, third};
    char document[2048];
    size_t size = (size_t)snprintf(document, sizeof document, "{'schema_version':1,'next_asset_id':4,'assets':[");
    for (unsigned i = 0; i < 3 && roots[i] != NULL; i++) {
        size += (size_t)snprintf(document + size, sizeof document - size,
                                 "%s{'asset_id':%u,'asset_uuid':'00000000-0000-4000-8000-00000000000%u','root':'%s',"
                                 "'included_in_build':true}",
                                 i == 0 ? "" : ",", i + 1, i + 1, roots[i]);
    }
    (void)snprintf(document + size, sizeof document - size, "]}");
    (void)put("assets/.prometeu/index.json", document);
}

char *get(const char *relative)
{
    FILE *file = fopen(unit_path(relative), "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = calloc(1, 1 << 20);
    REQUIRE(text != NULL);
    size_t size = fread(text, 1, (1 << 20) - 1, file);
    text[size] = '\0';
    (void)fclose(file);
    return text;
}

bool exists(const char *relative)
{
    return access(unit_path(relative), F_OK) == 0;
}

void check_file(const char *relative, const char *document)
{
    int64_t mark;
    char *expected = spell(document, &mark);
    char *text = get(relative);
    CHECK_STRING(text, expected);
    free(text);
    free(expected);
}

static void fail(const char *what, const char *actual, unsigned line)
{
    char message[1024];
    (void)snprintf(message, sizeof message, "line %u: %s, not \"%s\"", line, what, actual != NULL ? actual : "(none)");
    (void)CU_assertImplementation(CU_FALSE, line, message, __FILE__, "", CU_FALSE);
}

static void print_all(const struct base_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct base_finding *finding = &findings->items[i];
        (void)fprintf(stderr, "  %zu: %s %s@%lld %s: %s | %s | %s\n", i, diag_facts(finding->diagnostic)->id,
                      finding->place.file != NULL ? finding->place.file : "-", (long long)place_byte(finding),
                      finding->place.json_pointer != NULL ? finding->place.json_pointer : "-", finding->message,
                      finding->expected != NULL ? finding->expected : "-",
                      finding->actual != NULL ? finding->actual : "-");
    }
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

void check_finding(const struct base_findings *findings, size_t index, const char *id, const char *file, int64_t offset,
                   const char *pointer, unsigned line)
{
    if (index >= findings->count) {
        fail("there is no such finding", id, line);
        print_all(findings);
        return;
    }
    const struct base_finding *finding = &findings->items[index];
    bool wrong = false;
    if (strcmp(diag_facts(finding->diagnostic)->id, id) != 0) {
        fail(id, diag_facts(finding->diagnostic)->id, line);
        wrong = true;
    }
    const char *path = file != NULL ? unit_path(file) : NULL;
    if (!same(finding->place.file, path)) {
        fail(path != NULL ? path : "no file", finding->place.file, line);
        wrong = true;
    }
    if (place_byte(finding) != offset) {
        char actual[32];
        (void)snprintf(actual, sizeof actual, "%lld", (long long)place_byte(finding));
        fail("the offset is wrong", actual, line);
        wrong = true;
    }
    if (!same(finding->place.json_pointer, pointer)) {
        fail(pointer != NULL ? pointer : "no pointer", finding->place.json_pointer, line);
        wrong = true;
    }
    if (wrong) {
        (void)fprintf(stderr, "line %u wants %s @%lld %s\n", line, id, (long long)offset,
                      pointer != NULL ? pointer : "-");
        print_all(findings);
    }
}

void check_only(const struct base_findings *findings, const char *id, const char *file, int64_t offset,
                const char *pointer, unsigned line)
{
    if (findings->count != 1) {
        fail("there is one finding", "another number", line);
        print_all(findings);
    }
    check_finding(findings, 0, id, file, offset, pointer, line);
}

void check_says(const struct base_findings *findings, size_t index, const char *text, unsigned line)
{
    if (index >= findings->count) {
        fail(text, NULL, line);
        return;
    }
    const struct base_finding *finding = &findings->items[index];
    char place[64];
    (void)snprintf(place, sizeof place, "line %llu, column %llu", (unsigned long long)finding->place.line,
                   (unsigned long long)finding->place.column);
    const char *texts[] = {finding->message, finding->expected, finding->actual,
                           finding->remedy,  finding->subject,  place};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (texts[i] != NULL && strstr(texts[i], text) != NULL) {
            return;
        }
    }
    fail(text, finding->message, line);
    print_all(findings);
}

void open_fine(struct workspace *workspace)
{
    struct base_findings findings;
    base_findings_init(&findings);
    bool opened = workspace_open(workspace, WORKSPACE_IN(unit_directory()), NULL, &findings);
    print_all(&findings);
    base_findings_free(&findings);
    REQUIRE(opened);
}

static int beginning = -1;

void go(const char *relative)
{
    if (beginning < 0) {
        beginning = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    REQUIRE(beginning >= 0 && chdir(unit_path(relative)) == 0);
}

void go_back(void)
{
    REQUIRE(fchdir(beginning) == 0);
}
