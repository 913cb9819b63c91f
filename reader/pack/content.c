/* What is in an open pack. */
#include "base/invariant.h"
#include "reader/pack/private.h"

const struct pp_prelude *pp_pack_prelude(const struct pp_pack *pack)
{
    return &pack->prelude;
}

uint64_t pp_pack_file_size(const struct pp_pack *pack)
{
    return pack->file_size;
}

struct base_bytes pp_pack_header(const struct pp_pack *pack)
{
    return pack->header;
}

bool pp_pack_is_canonical(const struct pp_pack *pack)
{
    return pack->is_canonical;
}

size_t pp_pack_count(const struct pp_pack *pack)
{
    return pack->table.count;
}

struct pp_entry pp_pack_entry(const struct pp_pack *pack, size_t index)
{
    if (!BASE_INVARIANT(index < pack->table.count)) {
        return (struct pp_entry){.asset_id = 0};
    }
    const struct reader_row *row = &pack->table.rows[index];
    return (struct pp_entry){
        .asset_id = row->asset_id,
        .bank = (enum pp_bank)row->bank,
        .offset = row->offset,
        .size = row->size,
        .decoded_size = row->decoded_size,
        .name = reader_row_name(pack->header, row),
        .metadata = base_bytes_make(pack->header.data + row->metadata_at, row->metadata_size),
    };
}

size_t pp_pack_preload_count(const struct pp_pack *pack)
{
    return pack->table.preload_count;
}

struct pp_preload pp_pack_preload(const struct pp_pack *pack, size_t index)
{
    if (!BASE_INVARIANT(index < pack->table.preload_count)) {
        return (struct pp_preload){.asset_id = 0};
    }
    const struct reader_preload_row *row = &pack->table.preload[index];
    return (struct pp_preload){.asset_id = row->asset_id, .entry = row->entry, .slot = row->slot};
}
