#include "present/sarif/identity.h"

#include "present/location.h"

#include <inttypes.h>
#include <string.h>

static void add_asset(struct base_text *text, const struct present_from *from, const struct present_subject *subject,
                      const struct base_place *place)
{
    if (subject != NULL && subject->uuid != NULL) {
        base_text_add_string(text, subject->uuid);
    } else if (place->has_asset_id) {
        base_text_addf(text, "asset %" PRId64, place->asset_id);
    } else if (place->file != NULL) {
        present_location_add_uri(text, from, place->file);
    }
}

/* What follows the root of the asset in the path of the file; NULL when the file does not lie below it. */
static const char *below_root(const char *file, const char *root)
{
    size_t length = strlen(root);
    const char *below = NULL;
    for (const char *at = strstr(file, root); at != NULL && length > 0; at = strstr(at + 1, root)) {
        if ((at == file || at[-1] == '/') && at[length] == '/') {
            below = at + length + 1;
        }
    }
    return below;
}

/* A source, by its path in the asset. The declaration is what members are of. */
static void add_source(struct base_text *text, const struct present_subject *subject, const char *file)
{
    const char *below =
        subject != NULL && subject->root != NULL && file != NULL ? below_root(file, subject->root) : NULL;
    if (below != NULL && strcmp(below, "asset.json") != 0) {
        base_text_add_string(text, below);
    }
}

static void add_member(struct base_text *text, const char *pointer)
{
    while (*pointer == '/') {
        size_t size = strcspn(pointer + 1, "/");
        bool is_index = size > 0 && strspn(pointer + 1, "0123456789") == size;
        base_text_add_char(text, '/');
        base_text_add(text, is_index ? base_bytes_of_string("*") : base_bytes_make(pointer + 1, size));
        pointer += size + 1;
    }
}

void present_sarif_identity(struct base_text *text, const struct present_from *from,
                            const struct present_subjects *subjects, const struct base_finding *finding)
{
    const struct base_place *place = &finding->place;
    const struct present_subject *subject = place->has_asset_id ? present_subject_of(subjects, place->asset_id) : NULL;
    base_text_addf(text, "%s:", diag_facts(finding->diagnostic)->id);
    add_asset(text, from, subject, place);
    base_text_add_char(text, ':');
    add_source(text, subject, place->file);
    add_member(text, place->json_pointer != NULL ? place->json_pointer : "");
}
