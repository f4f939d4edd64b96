#ifndef CLEXICON_H
#define CLEXICON_H

#include <stddef.h>

/// The word lists of data/, as bytes of UTF-8; data/SOURCES.md says where each comes from.

/// What tells something in English, written by hand: term, class, severity and two examples, parted by tabs.
const unsigned char *clexicon_lay_en_pointer(void);
extern const size_t clexicon_lay_en_size;

/// The same in Spanish.
const unsigned char *clexicon_lay_es_pointer(void);
extern const size_t clexicon_lay_es_size;

/// Ordinary English words that are one letter away from a term.
const unsigned char *clexicon_ordinary_en_pointer(void);
extern const size_t clexicon_ordinary_en_size;

/// Words that name diseases and findings, one on each line.
const unsigned char *clexicon_diagnoses_pointer(void);
extern const size_t clexicon_diagnoses_size;

/// Names of medicines, one on each line.
const unsigned char *clexicon_drugs_pointer(void);
extern const size_t clexicon_drugs_size;

#endif
