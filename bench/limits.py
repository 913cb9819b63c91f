"""Why a row that does not hold cannot, by measurement. Shown in docs/benchmarks.md for the rows that do not hold."""

LIMITS = {}
