#include "service/doctor/subject.h"

size_t service_doctor_index(const struct service_doctor_subject *subject, int32_t asset_id)
{
    size_t low = 0;
    size_t count = subject->count;
    while (count > 1) {
        size_t half = count / 2;
        if (subject->assets[low + half]->record->asset_id <= asset_id) {
            low += half;
            count -= half;
        } else {
            count = half;
        }
    }
    return low;
}
