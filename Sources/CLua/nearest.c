// "Did you mean": the nearest of some names, by the letters that must change.

#include <string.h>

#include "machine.h"

enum { LONGEST = 40 };

int clua_nearness(size_t length) { return length < 3 ? 1 : (int)(length + 2) / 3; }

static int least(int a, int b, int c) {
  int d = a < b ? a : b;
  return d < c ? d : c;
}

// Insertions, deletions, changes, and exchanges of neighbours each count one.
int clua_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit) {
  if (a_length > LONGEST || b_length > LONGEST) return limit + 1;
  int rows[3][LONGEST + 1];
  int *older = rows[0], *old = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b_length; j++) old[j] = (int)j;
  for (size_t i = 1; i <= a_length; i++) {
    row[0] = (int)i;
    for (size_t j = 1; j <= b_length; j++) {
      row[j] = least(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && older[j - 2] + 1 < row[j])
        row[j] = older[j - 2] + 1;
    }
    int *spare = older;
    older = old;
    old = row;
    row = spare;
  }
  return old[b_length] <= limit ? old[b_length] : limit + 1;
}

int32_t clua_name_distance(const char *name, size_t length, const char *other, size_t other_length) {
  int limit = clua_nearness(length);
  int distance = clua_distance(name, length, other, other_length, limit);
  return distance <= limit ? distance : -1;
}
