#include "reader/pack.h"

#include "base/invariant.h"
#include "reader/pack_private.h"

/* ---- What is in it ---- */

static const char *const bank_names[PP_BANK_COUNT] = {
    [PP_BANK_GLYPH] = "GLYPH", [PP_BANK_SOUNDS] = "SOUNDS", [PP_BANK_SCENE] = "SCENE"};

const char *pp_bank_name(enum pp_bank bank)
{
    return (unsigned)bank < PP_BANK_COUNT ? bank_names[bank] : "";
}

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
        .name = base_bytes_make(pack->header.data + row->name_at, row->name_size),
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

/* ---- Lookups ---- */

size_t pp_pack_find_id(const struct pp_pack *pack, int32_t asset_id)
{
    return reader_table_find_id(&pack->table, asset_id);
}

const struct reader_names *reader_pack_names(const struct pp_pack *pack)
{
    struct reader_lazy_names *lazy = pack->names;
    struct reader_names *names = atomic_load_explicit(&lazy->names, memory_order_acquire);
    if (names != NULL) {
        return names;
    }
    (void)pthread_mutex_lock(&lazy->lock);
    names = atomic_load_explicit(&lazy->names, memory_order_relaxed);
    if (names == NULL) {
        names = reader_names_create(pack->header, &pack->table);
        atomic_store_explicit(&lazy->names, names, memory_order_release);
    }
    (void)pthread_mutex_unlock(&lazy->lock);
    return names;
}

size_t pp_pack_find_name(const struct pp_pack *pack, struct base_bytes name)
{
    const struct reader_names *names = reader_pack_names(pack);
    return names != NULL ? reader_names_find(names, name) : reader_names_search(pack->header, &pack->table, name);
}
