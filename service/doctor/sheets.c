#include "service/doctor/sheets.h"

#include "base/parallel.h"
#include "service/doctor/palettes.h"
#include "service/doctor/tiles.h"
#include "writer/check.h"

#include <stdlib.h>

bool service_doctor_sheets_begin(struct service_doctor_sheets *sheets, const struct service_doctor_subject *subject)
{
    *sheets = (struct service_doctor_sheets){
        .subject = subject,
        .advice = calloc(subject->count + 1, sizeof(struct base_findings *)),
        .shown = calloc(subject->count + 1, sizeof(bool)),
    };
    return sheets->advice != NULL && sheets->shown != NULL;
}

/* A list of findings is large, so an asset has one only if there is advice about it. */
static void keep(struct service_doctor_sheets *sheets, size_t index, struct base_findings *found)
{
    if (found->count > 0 || found->out_of_memory) {
        sheets->advice[index] = malloc(sizeof *sheets->advice[index]);
        if (sheets->advice[index] != NULL) {
            *sheets->advice[index] = base_findings_take(found);
        }
    }
}

void service_doctor_sheets_show(void *context, const struct writer_packed_sheet *sheet)
{
    struct service_doctor_sheets *sheets = context;
    struct base_findings found;
    base_findings_init(&found);
    const struct service_doctor_bank bank = {
        .workspace = sheets->subject->workspace, .sheet = sheet, .findings = &found};
    size_t index = service_doctor_index(sheets->subject, sheet->asset->record->asset_id);
    service_doctor_tiles(&bank);
    service_doctor_palettes(&bank);
    keep(sheets, index, &found);
    sheets->shown[index] = true;
    base_findings_free(&found);
}

/* What the workers share. */
struct packing {
    struct service_doctor_sheets *sheets;
    struct base_meter packed;
};

static void pack_one(void *context, size_t index, struct base_findings *findings)
{
    struct packing *packing = context;
    const struct service_doctor_subject *subject = packing->sheets->subject;
    const struct workspace_asset *asset = subject->assets[index];
    const struct writer_sheets shown = {.context = packing->sheets, .show = service_doctor_sheets_show};
    if (!packing->sheets->shown[index] && asset->declaration.format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        struct base_findings unsaid;
        base_findings_init(&unsaid);
        writer_check_asset(subject->task, subject->workspace, asset, 0, &shown, &unsaid);
        findings->out_of_memory = findings->out_of_memory || unsaid.out_of_memory;
        base_findings_free(&unsaid);
    }
    base_meter_add(&packing->packed, 1);
}

void service_doctor_sheets_end(struct service_doctor_sheets *sheets)
{
    const struct service_doctor_subject *subject = sheets->subject;
    struct packing packing = {.sheets = sheets};
    base_meter_begin(&packing.packed, subject->task, BASE_PHASE_EXAMINING, BASE_UNIT_ASSETS, subject->count);
    base_parallel_each(subject->task, subject->request->jobs, subject->count, pack_one, &packing, subject->findings);
    base_meter_end(&packing.packed);
    for (size_t i = 0; i < subject->count; i++) {
        if (sheets->advice[i] != NULL) {
            base_findings_move(subject->findings, sheets->advice[i]);
        }
    }
}

void service_doctor_sheets_free(struct service_doctor_sheets *sheets)
{
    for (size_t i = 0; sheets->advice != NULL && i < sheets->subject->count; i++) {
        if (sheets->advice[i] != NULL) {
            base_findings_free(sheets->advice[i]);
            free(sheets->advice[i]);
        }
    }
    free(sheets->advice);
    free(sheets->shown);
}
