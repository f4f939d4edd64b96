#include "CLexicon.h"

// Lists of megabytes as literals of Swift take minutes to compile; here they take no time at all.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char lay_en[] = {
#embed "data/lay-en.tsv"
};
const unsigned char *clexicon_lay_en_pointer(void) { return lay_en; }
const size_t clexicon_lay_en_size = sizeof lay_en;

static const unsigned char lay_es[] = {
#embed "data/lay-es.tsv"
};
const unsigned char *clexicon_lay_es_pointer(void) { return lay_es; }
const size_t clexicon_lay_es_size = sizeof lay_es;

static const unsigned char ordinary_en[] = {
#embed "data/ordinary-en.txt"
};
const unsigned char *clexicon_ordinary_en_pointer(void) { return ordinary_en; }
const size_t clexicon_ordinary_en_size = sizeof ordinary_en;

static const unsigned char diagnoses[] = {
#embed "data/diagnoses.txt"
};
const unsigned char *clexicon_diagnoses_pointer(void) { return diagnoses; }
const size_t clexicon_diagnoses_size = sizeof diagnoses;

static const unsigned char drugs[] = {
#embed "data/drugs.txt"
};
const unsigned char *clexicon_drugs_pointer(void) { return drugs; }
const size_t clexicon_drugs_size = sizeof drugs;
