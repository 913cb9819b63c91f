#include "service/history/note.h"

enum { NAMED = 8, NAME_SHOWN = 100 };

void service_history_note_asset(struct service_history_note *note, int64_t asset_id, const char *name)
{
    if (note->assets++ >= NAMED) {
        return;
    }
    base_text_addf(&note->words, "%s asset %lld", note->assets > 1 ? "," : "", (long long)asset_id);
    if (name != NULL) {
        base_text_add_char(&note->words, ' ');
        base_text_add_quoted(&note->words, base_bytes_of_string(name), NAME_SHOWN);
    }
}

void service_history_note_end(struct service_history_note *note)
{
    if (note->assets > NAMED) {
        base_text_addf(&note->words, " and %zu more", note->assets - NAMED);
    }
}
