/* The order in which people count: frame2 comes before frame10. */
#ifndef PRPACK_BASE_NATURAL_H
#define PRPACK_BASE_NATURAL_H

/* Compares two strings as for qsort(3), from the left: where both have a decimal digit, the whole runs of digits as
 * numbers of any length; everything else byte by byte. Strings that are equal in this way are compared by bytes, so
 * only equal strings compare equal. Threads: no state; the locale does not matter. */
int base_natural_compare(const char *left, const char *right);

#endif
