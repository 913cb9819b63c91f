#include "writer/emit/header.h"

#include "base/hash.h"
#include "writer/canonical_json.h"
#include "writer/report.h"

#include <inttypes.h>
#include <string.h>

/* The header around its two arrays; keys ascend. */
static const char before_table[] = "{\"asset_table\":";
static const char before_preload[] = ",\"preload\":";
static const char after_preload[] = "}";

static void print_entry(struct base_text *text, const struct writer_planned *planned)
{
    const struct workspace_declaration *declaration = &planned->asset->declaration;
    base_text_addf(text, "{\"asset_id\":%" PRId32 ",\"asset_name\":", planned->asset->record->asset_id);
    writer_canonical_string(text, declaration->name);
    base_text_addf(text, ",\"bank_type\":\"%s\",\"codec\":\"NONE\",\"decoded_size\":%" PRIu64 ",\"metadata\":",
                   workspace_asset_bank_name(declaration->type), planned->decoded_size);
    base_text_add_string(text, planned->metadata);
    base_text_addf(text, ",\"offset\":%" PRIu64 ",\"size\":%" PRIu64 "}", planned->offset, planned->size);
}

static void print_table(struct base_text *text, const struct writer_plan *plan, uint64_t limit)
{
    base_text_add_char(text, '[');
    for (size_t i = 0; i < plan->count && text->size <= limit && !base_task_cancelled_in(plan->task, i); i++) {
        if (i > 0) {
            base_text_add_char(text, ',');
        }
        print_entry(text, &plan->assets[i]);
    }
    base_text_add_char(text, ']');
}

static void print_preload(struct base_text *text, const struct writer_slots *slots)
{
    const char *comma = "";
    base_text_add_char(text, '[');
    for (unsigned bank = 0; bank < WRITER_BANKS; bank++) {
        for (unsigned slot = 0; slot < WRITER_SLOTS; slot++) {
            const struct workspace_asset *holder = slots->holder[bank][slot];
            if (holder != NULL) {
                base_text_addf(text, "%s{\"asset_id\":%" PRId32 ",\"slot\":%u}", comma, holder->record->asset_id, slot);
                comma = ",";
            }
        }
    }
    base_text_add_char(text, ']');
}

bool writer_header_print(struct writer_header *header, const struct writer_plan *plan, uint64_t limit)
{
    *header = (struct writer_header){.asset_table = BASE_TEXT_EMPTY, .preload = BASE_TEXT_EMPTY};
    print_table(&header->asset_table, plan, limit);
    print_preload(&header->preload, &plan->slots);
    header->length = strlen(before_table) + header->asset_table.size + strlen(before_preload) + header->preload.size +
                     strlen(after_preload);
    return !base_text_out_of_memory(&header->asset_table) && !base_text_out_of_memory(&header->preload) &&
           header->length <= limit;
}

void writer_header_free(struct writer_header *header)
{
    base_text_free(&header->asset_table);
    base_text_free(&header->preload);
}

uint64_t writer_payload_offset(const struct writer_header *header)
{
    return WRITER_PRELUDE_SIZE + header->length;
}

static void store_prelude(uint8_t out[WRITER_PRELUDE_SIZE], const struct writer_header *header)
{
    memset(out, 0, WRITER_PRELUDE_SIZE);
    base_store_le32(out + WRITER_AT_MAGIC, WRITER_PRELUDE_MAGIC);
    base_store_le32(out + WRITER_AT_SCHEMA_VERSION, WRITER_SCHEMA_VERSION);
    base_store_le32(out + WRITER_AT_HEADER_LEN, (uint32_t)header->length);
    base_store_le64(out + WRITER_AT_PAYLOAD_OFFSET, writer_payload_offset(header));
}

bool writer_header_write(struct writer_header *header, struct writer_out *pack, struct base_findings *findings)
{
    const struct base_bytes pieces[] = {
        base_bytes_of_string(before_table), base_text_bytes(&header->asset_table), base_bytes_of_string(before_preload),
        base_text_bytes(&header->preload),  base_bytes_of_string(after_preload),
    };
    struct base_hasher *hasher = base_hasher_create();
    if (hasher == NULL) {
        return writer_report_memory(findings);
    }
    uint8_t prelude[WRITER_PRELUDE_SIZE];
    store_prelude(prelude, header);
    bool done = writer_out_write(pack, 0, base_bytes_make(prelude, sizeof prelude), findings);
    uint64_t position = sizeof prelude;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        done = done && writer_out_write(pack, position, pieces[i], findings);
        base_hasher_add(hasher, pieces[i]);
        position += pieces[i].size;
    }
    header->hash = base_hasher_result(hasher);
    base_hasher_destroy(hasher);
    return done;
}
