#include "workspace/edit/choose_name.h"

#include "base/path.h"
#include "workspace/edit/set_text.h"
#include "workspace/model/name.h"

#include <string.h>

/* The end of a root that has one component more than `name`, which is an end of it, too. */
static const char *take_more(const char *root, const char *name)
{
    name--; /* the '/' before it */
    while (name > root && name[-1] != '/') {
        name--;
    }
    return name;
}

/* Writes the name into the text of asset.json. */
static bool rename(struct workspace_addition *add, const char *name)
{
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_set_text(base_text_bytes(&add->text), "name", name, &text);
    base_text_free(&add->text);
    add->text = text;
    return workspace_add_check_text(add);
}

bool workspace_add_choose_name(struct workspace_addition *add)
{
    const char *name = base_path_name(add->root);
    if (!add->made || add->options->name != NULL) {
        return true;
    }
    while (name > add->root && workspace_taken_name(add->taken, name) != 0 &&
           workspace_name_fault(take_more(add->root, name)) == NULL) {
        name = take_more(add->root, name);
    }
    return strcmp(name, add->declaration.name) == 0 || rename(add, name);
}
