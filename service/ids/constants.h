/* Which name each constant of the C form has, and whether two have the same. Threads: one at a time. */
#ifndef PRPACK_SERVICE_IDS_CONSTANTS_H
#define PRPACK_SERVICE_IDS_CONSTANTS_H

#include "base/findings.h"
#include "base/text.h"
#include "service/ids/entries.h"

/* Appends what the constants of an asset have after their first word: "_HERO". */
void service_constant_add_asset(struct base_text *text, const struct service_entry *entry);
/* The same for a sprite of the asset: "_HERO_WALK", with its service_sprites_use. */
void service_constant_add_sprite(struct base_text *text, const struct service_entry *entry,
                                 const struct service_sprite *sprite, unsigned use);

/* Adds identifier-clash for each constant that an earlier asset or sprite has, too. False when there is one, or memory
 * ran out. */
bool service_constants_check(const struct service_report *report, struct base_findings *findings);

#endif
