#include "workspace/edit/copy_name.h"

#include "base/array.h"
#include "base/report.h"
#include "json/object.h"
#include "json/walk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Names of assets outside of the build set; those of the build set are known already. False with the reason in
 * findings when memory ran out, or the machine does not let a declaration be read. */
static bool read_excluded(struct workspace_taken *taken, const struct workspace *workspace,
                          struct base_findings *findings)
{
    const struct workspace_registry *registry = &workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && !taken->excluded_read && i < registry->count; i++) {
        struct workspace_declaration declaration;
        struct base_findings unused;
        base_findings_init(&unused);
        if (!registry->records[i].included_in_build &&
            workspace_load_record(workspace, &registry->records[i], &declaration, &unused)) {
            fine = base_index_add(&taken->excluded_names, base_bytes_of_string(declaration.name), 1);
            workspace_declaration_free(&declaration);
        }
        if (!fine) {
            base_report_out_of_memory(findings, NULL);
        } else if (unused.out_of_memory || base_findings_any(&unused, DIAG_CLASS_E)) {
            base_findings_move(findings, &unused);
            fine = false;
        }
        base_findings_free(&unused);
    }
    taken->excluded_read = fine;
    return fine;
}

static bool is_taken(const struct workspace_taken *taken, const char *name)
{
    int64_t number;
    return workspace_taken_name(taken, name) != 0 ||
           base_index_find(&taken->excluded_names, base_bytes_of_string(name), &number);
}

/* The lowest number that NAME-N may have still; names are taken and never given back. NULL when memory ran out. */
static uint64_t *number_of(struct workspace_taken *taken, const char *name)
{
    int64_t position;
    if (base_index_find(&taken->copied_names, base_bytes_of_string(name), &position)) {
        return &taken->copy_numbers[position];
    }
    uint64_t *numbers = base_array_grow(taken->copy_numbers, taken->copy_number_count, &taken->copy_number_capacity,
                                        sizeof *taken->copy_numbers);
    if (numbers == NULL) {
        return NULL;
    }
    taken->copy_numbers = numbers;
    if (!base_index_add(&taken->copied_names, base_bytes_of_string(name), (int64_t)taken->copy_number_count)) {
        return NULL;
    }
    numbers[taken->copy_number_count] = 2;
    return &numbers[taken->copy_number_count++];
}

/* Inserts the end of the name into the text of asset.json, before the quote after the name. */
static bool insert(struct workspace_addition *add, uint64_t number)
{
    struct base_bytes old = base_text_bytes(&add->text);
    struct json_token value = json_object_member(old, json_root(old, NULL), "name");
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add(&text, base_bytes_make(old.data, value.end));
    base_text_addf(&text, "-%" PRIu64, number);
    base_text_add(&text, base_bytes_make(old.data + value.end, old.size - value.end));
    base_text_free(&add->text);
    add->text = text;
    const struct base_content seen = add->declaration.anchor;
    bool fine = workspace_add_check_text(add);
    add->declaration.anchor = seen; /* places are those of the file as it is */
    return fine;
}

static bool choose(struct workspace_addition *add, uint64_t *number)
{
    struct base_text name = BASE_TEXT_EMPTY;
    do {
        base_text_clear(&name);
        base_text_addf(&name, "%s-%" PRIu64, add->declaration.name, (*number)++);
    } while (!base_text_out_of_memory(&name) && is_taken(add->taken, base_text_string(&name)));
    bool fine = !base_text_out_of_memory(&name);
    base_text_free(&name);
    add->old_name = fine ? strdup(add->declaration.name) : NULL;
    return add->old_name != NULL;
}

bool workspace_add_choose_copy_name(struct workspace_addition *add)
{
    if (!read_excluded(add->taken, add->workspace, add->findings)) {
        return false;
    }
    if (!is_taken(add->taken, add->declaration.name)) {
        return true;
    }
    uint64_t *number = number_of(add->taken, add->declaration.name);
    if (number == NULL || !choose(add, number)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    return insert(add, *number - 1);
}
