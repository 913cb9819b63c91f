#include "writer/header.h"

#include "writer/canonical_json.h"
#include "writer/report.h"

#include <inttypes.h>
#include <string.h>

/* The header around its two arrays; keys ascend. */
static const char before_table[] = "{\"asset_table\":";
static const char before_preload[] = ",\"preload\":";
static const char after_preload[] = "}";

static void print_entry(struct pp_text *text, const struct pp_planned *planned)
{
    const struct pp_declaration *declaration = &planned->asset->declaration;
    pp_text_addf(text, "{\"asset_id\":%" PRId32 ",\"asset_name\":", planned->asset->record->asset_id);
    pp_writer_canonical_string(text, declaration->name);
    pp_text_addf(text, ",\"bank_type\":\"%s\",\"codec\":\"NONE\",\"decoded_size\":%" PRIu64 ",\"metadata\":",
                 pp_asset_bank_name(declaration->type), planned->decoded_size);
    pp_text_add_string(text, planned->metadata);
    pp_text_addf(text, ",\"offset\":%" PRIu64 ",\"size\":%" PRIu64 "}", planned->offset, planned->size);
}

static void print_table(struct pp_text *text, const struct pp_plan *plan, uint64_t limit)
{
    pp_text_add_char(text, '[');
    for (size_t i = 0; i < plan->count && text->size <= limit; i++) {
        if (i > 0) {
            pp_text_add_char(text, ',');
        }
        print_entry(text, &plan->assets[i]);
    }
    pp_text_add_char(text, ']');
}

static void print_preload(struct pp_text *text, const struct pp_slots *slots)
{
    const char *comma = "";
    pp_text_add_char(text, '[');
    for (unsigned bank = 0; bank < PP_LAYOUT_BANKS; bank++) {
        for (unsigned slot = 0; slot < PP_LAYOUT_SLOTS; slot++) {
            const struct pp_asset *holder = slots->holder[bank][slot];
            if (holder != NULL) {
                pp_text_addf(text, "%s{\"asset_id\":%" PRId32 ",\"slot\":%u}", comma, holder->record->asset_id, slot);
                comma = ",";
            }
        }
    }
    pp_text_add_char(text, ']');
}

bool pp_writer_header_print(struct pp_header *header, const struct pp_plan *plan, uint64_t limit)
{
    *header = (struct pp_header){.asset_table = PP_TEXT_EMPTY, .preload = PP_TEXT_EMPTY};
    print_table(&header->asset_table, plan, limit);
    print_preload(&header->preload, &plan->slots);
    header->length = strlen(before_table) + header->asset_table.size + strlen(before_preload) + header->preload.size +
                     strlen(after_preload);
    return !pp_text_failed(&header->asset_table) && !pp_text_failed(&header->preload) && header->length <= limit;
}

void pp_writer_header_free(struct pp_header *header)
{
    pp_text_free(&header->asset_table);
    pp_text_free(&header->preload);
}

uint64_t pp_writer_payload_offset(const struct pp_header *header)
{
    return PP_LAYOUT_PRELUDE_SIZE + header->length;
}

static void store_prelude(uint8_t out[PP_LAYOUT_PRELUDE_SIZE], const struct pp_header *header)
{
    memset(out, 0, PP_LAYOUT_PRELUDE_SIZE);
    pp_store_le32(out + PP_LAYOUT_AT_MAGIC, PP_LAYOUT_PRELUDE_MAGIC);
    pp_store_le32(out + PP_LAYOUT_AT_SCHEMA_VERSION, PP_LAYOUT_SCHEMA_VERSION);
    pp_store_le32(out + PP_LAYOUT_AT_HEADER_LEN, (uint32_t)header->length);
    pp_store_le64(out + PP_LAYOUT_AT_PAYLOAD_OFFSET, pp_writer_payload_offset(header));
}

bool pp_writer_header_write(struct pp_header *header, struct pp_out *pack, struct pp_findings *findings)
{
    const struct pp_bytes pieces[] = {
        pp_bytes_of_string(before_table), pp_text_bytes(&header->asset_table), pp_bytes_of_string(before_preload),
        pp_text_bytes(&header->preload),  pp_bytes_of_string(after_preload),
    };
    struct pp_hasher *hasher = pp_hasher_create();
    if (hasher == NULL) {
        return pp_writer_report_memory(findings);
    }
    uint8_t prelude[PP_LAYOUT_PRELUDE_SIZE];
    store_prelude(prelude, header);
    bool done = pp_writer_out_write(pack, 0, pp_bytes_make(prelude, sizeof prelude), findings);
    uint64_t position = sizeof prelude;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        done = done && pp_writer_out_write(pack, position, pieces[i], findings);
        pp_hasher_add(hasher, pieces[i]);
        position += pieces[i].size;
    }
    header->hash = pp_hasher_result(hasher);
    pp_hasher_destroy(hasher);
    return done;
}
