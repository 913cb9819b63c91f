/* Says of documents whether they are accepted, without a workspace around them:
 *
 *     check_documents asset|index FILE...
 *
 * Prints a line for each file: "ok", or the ids and messages of what is wrong, separated by tabs. */
#include "workspace/declaration/declaration.h"
#include "workspace/registry/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_asset(struct base_bytes text, const struct base_place *place, struct base_findings *findings)
{
    struct workspace_declaration declaration;
    (void)workspace_declaration_parse(text, place, NULL, &declaration, findings);
    workspace_declaration_free(&declaration);
}

static void check_index(struct base_bytes text, const struct base_place *place, struct base_findings *findings)
{
    struct workspace_registry registry;
    (void)workspace_registry_parse(text, NULL, place, &registry, findings);
    workspace_registry_free(&registry);
}

static void print(const struct base_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        (void)printf("%s%s: %s", i > 0 ? "\t" : "", diag_facts(findings->items[i].diagnostic)->id,
                     findings->items[i].message);
    }
    (void)puts(findings->count == 0 ? "ok" : "");
}

static uint8_t *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(1 << 20);
    if (file == NULL || data == NULL) {
        abort();
    }
    *size = fread(data, 1, 1 << 20, file);
    (void)fclose(file);
    return data;
}

int main(int argc, char **argv)
{
    bool is_asset = argc > 1 && strcmp(argv[1], "asset") == 0;
    for (int i = 2; i < argc; i++) {
        struct base_findings findings;
        const struct base_place place = {.file = argv[i]};
        size_t size;
        uint8_t *data = read_all(argv[i], &size);
        base_findings_init(&findings);
        (is_asset ? check_asset : check_index)(base_bytes_make(data, size), &place, &findings);
        print(&findings);
        base_findings_free(&findings);
        free(data);
    }
    return 0;
}
