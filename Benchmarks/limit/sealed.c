// Keys and sealed blobs, as Sources/OutreachStore/Sealing has them.

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <stdio.h>
#include <string.h>

#include "limit.h"

enum { HEADER_BYTES = 5, NONCE_BYTES = 12, TAG_BYTES = 16 };
enum { OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES };

// HKDF-SHA256 (RFC 5869) without salt, for one block of output.
static void derive(const uint8_t key[KEY_BYTES], const char *label, uint8_t output[KEY_BYTES]) {
  static const uint8_t zeros[KEY_BYTES];
  uint8_t extracted[KEY_BYTES], information[128];
  unsigned length = 0;
  size_t label_length = strlen(label);
  memcpy(information, label, label_length);
  information[label_length] = 1;
  if (HMAC(EVP_sha256(), zeros, sizeof zeros, key, KEY_BYTES, extracted, &length) == NULL
      || HMAC(EVP_sha256(), extracted, KEY_BYTES, information, label_length + 1, output, &length) == NULL)
    die("libcrypto cannot derive a key");
}

static void read_master_key(const char *path, uint8_t key[KEY_BYTES]) {
  char digits[2 * KEY_BYTES + 1];
  FILE *file = fopen(path, "r");
  if (file == NULL || fscanf(file, "outreach-key-1 %64[0-9a-f]", digits) != 1) die("no key in %s", path);
  fclose(file);
  for (int i = 0; i < KEY_BYTES; i++)
    if (sscanf(digits + 2 * i, "%2hhx", &key[i]) != 1) die("no key in %s", path);
}

static EVP_CIPHER_CTX *opening;

size_t open_sealed(const uint8_t *blob, size_t length, const uint8_t key[KEY_BYTES], const char *table, int64_t row,
                   uint32_t version, uint8_t *plain) {
  uint8_t associated[64];
  int written = 0;
  size_t table_length = strlen(table), count = length - OVERHEAD_BYTES;
  if (length < OVERHEAD_BYTES || count > BUFFER_BYTES || blob[0] != 1)
    die("%s %lld is not sealed", table, (long long)row);
  memcpy(associated, blob, HEADER_BYTES);
  uint64_t big_row = __builtin_bswap64((uint64_t)row);
  uint32_t big_version = __builtin_bswap32(version);
  memcpy(associated + HEADER_BYTES, &big_row, 8);
  memcpy(associated + HEADER_BYTES + 8, &big_version, 4);
  memcpy(associated + HEADER_BYTES + 12, table, table_length);
  const uint8_t *nonce = blob + HEADER_BYTES, *sealed = nonce + NONCE_BYTES;
  if (EVP_DecryptInit_ex2(opening, NULL, key, nonce, NULL) != 1
      || EVP_DecryptUpdate(opening, NULL, &written, associated, (int)(HEADER_BYTES + 12 + table_length)) != 1
      || EVP_DecryptUpdate(opening, plain, &written, sealed, (int)count) != 1
      || EVP_CIPHER_CTX_ctrl(opening, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, (void *)(sealed + count)) != 1
      || EVP_DecryptFinal_ex(opening, associated, &written) != 1)
    die("%s %lld cannot be opened", table, (long long)row);
  return count;
}

static EVP_MAC_CTX *number_hash;

void hash_number(text number, uint8_t hash[KEY_BYTES]) {
  size_t written = 0;
  if (EVP_MAC_init(number_hash, NULL, 0, NULL) != 1
      || EVP_MAC_update(number_hash, number.bytes, number.length) != 1
      || EVP_MAC_final(number_hash, hash, &written, KEY_BYTES) != 1)
    die("libcrypto cannot hash");
}

static void prepare_crypto(const uint8_t number_key[KEY_BYTES]) {
  EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end()};
  opening = EVP_CIPHER_CTX_new();
  number_hash = EVP_MAC_CTX_new(mac);
  if (EVP_DecryptInit_ex2(opening, cipher, NULL, NULL, NULL) != 1
      || EVP_MAC_init(number_hash, number_key, KEY_BYTES, parameters) != 1)
    die("libcrypto cannot be prepared");
}

void prepare_keys(const char *path, uint8_t wrap[KEY_BYTES]) {
  uint8_t master[KEY_BYTES], lookup[KEY_BYTES], number_key[KEY_BYTES];
  read_master_key(path, master);
  derive(master, "outreach key: wrap", wrap);
  derive(master, "outreach key: lookup", lookup);
  derive(lookup, "outreach hash: phone", number_key);
  prepare_crypto(number_key);
}
