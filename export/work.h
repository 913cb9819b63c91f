/* An asset on its way to files: what its kinds share. Private to export/.
 *
 * Functions that return int return 0, ENOMEM, ECANCELED or what the sink returned. Threads: one at a time. */
#ifndef PRPACK_EXPORT_WORK_H
#define PRPACK_EXPORT_WORK_H

#include "base/task.h"
#include "export/declaration.h"
#include "export/exported.h"
#include "export/file.h"

struct export_work {
    const struct export_asset *asset;
    struct base_task *task;
    const struct export_sink *sink;
    struct export_outcome *outcome;
    struct base_text document; /* the asset.json that was printed last */
    struct base_text metadata;
    struct base_text pipeline; /* members of the companion's that have no meaning, in braces; or empty */
};

/* Prints the metadata of the asset without the computed members, and of the rest what a declaration can have.
 * `computed` ends with NULL. */
int export_work_metadata(struct export_work *work, const char *const *computed);

/* Begins a declaration: what is the same in all. The metadata is that which was printed. */
struct export_declaration export_work_declare(const struct export_work *work, const char *format);

/* Reads the companion's pipeline. */
int export_work_pipeline(struct export_work *work);

/* Prints the asset.json. Its pipeline has the member that `needed` is in JSON, or NULL, and those of the companion if
 * there is room for them. *fits is false when it would be too long. */
int export_work_print(struct export_work *work, const struct export_declaration *declaration, const char *needed,
                      bool *fits);

/* Hands over the asset.json that was printed, which is of this format. */
int export_work_give(struct export_work *work, const char *format);

/* The raw form: all metadata is declared, and the payload is the one input. *given is false when the asset.json would
 * be too long. */
int export_work_raw(struct export_work *work, const char *format, const char *source, bool *given);

/* The kinds of assets. */
int export_work_glyph(struct export_work *work);
int export_work_sound(struct export_work *work);
int export_work_scene(struct export_work *work);

#endif
