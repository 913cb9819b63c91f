#include "service/quarantine/age.h"

#include <stddef.h>
#include <string.h>

/* An age of 10,000 years is beyond every record. */
enum { MOST_HOURS = 87600000 };

bool service_age_read(const char *text, int64_t *seconds)
{
    static const char units[] = "hdw";
    static const int64_t hours[] = {1, 24, 168};
    size_t length = strspn(text, "0123456789");
    const char *unit = text[length] != '\0' ? strchr(units, text[length]) : NULL;
    int64_t number = 0;
    if (length == 0 || unit == NULL || text[length + 1] != '\0') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        number = number * 10 + (text[i] - '0');
        if (number > MOST_HOURS) {
            return false;
        }
    }
    number *= hours[unit - units];
    *seconds = number * 3600;
    return number <= MOST_HOURS;
}

/* Two or four digits. -1: there are none. */
static int read_digits(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* Days from 1970-01-01 to a day of the Gregorian calendar. March is taken for the first month, so that a leap day is
 * the last day of its year. */
static int64_t days_of(int year, int month, int day)
{
    int64_t years = month <= 2 ? year - 1 : year;
    int64_t since_march = (month + 9) % 12;
    int64_t day_of_year = (153 * since_march + 2) / 5 + day - 1;
    return years * 365 + years / 4 - years / 100 + years / 400 + day_of_year - 719468;
}

bool service_time_read(const char *text, int64_t *seconds)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    if (strlen(text) != sizeof form - 1) {
        return false;
    }
    for (size_t i = 0; form[i] != '\0'; i++) {
        if (form[i] != '0' && text[i] != form[i]) {
            return false;
        }
    }
    int year = read_digits(text, 4);
    int month = read_digits(text + 5, 2);
    int day = read_digits(text + 8, 2);
    int hour = read_digits(text + 11, 2);
    int minute = read_digits(text + 14, 2);
    int second = read_digits(text + 17, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 60) {
        return false;
    }
    *seconds = ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return true;
}
