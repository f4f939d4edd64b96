// Sealing, keyed hashing and key derivation over OpenSSL's libcrypto.
//
// The contexts are made once and used many times: looking an algorithm up by name costs more than sealing a
// patient's record does. No function aborts. All but the ones that return a pointer, a bool or nothing return
// a cseal_status. A context belongs to one thread at a time; the functions that take none are safe from any
// thread.

#ifndef CSEAL_H
#define CSEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CSEAL_KEY_BYTES = 32,
  CSEAL_NONCE_BYTES = 12,
  CSEAL_TAG_BYTES = 16,
  CSEAL_HASH_BYTES = 32,
};

typedef enum cseal_status {
  CSEAL_OK = 0,
  CSEAL_NOT_AUTHENTIC = 1,  // the tag does not fit: another key, other associated data, or altered bytes
  CSEAL_TOO_LONG = 2,       // more than one call can take (INT_MAX bytes), or more than HKDF may give
  CSEAL_LIBRARY = 3,        // libcrypto failed
} cseal_status;

// AES-256-GCM with a 96-bit nonce and a 128-bit tag (NIST SP 800-38D).
typedef struct cseal_aead cseal_aead;

// NULL when libcrypto has no AES-256-GCM or memory ran out.
cseal_aead *cseal_aead_create(void);
// Cleanses the key schedule. NULL is allowed.
void cseal_aead_destroy(cseal_aead *aead);
// Writes `plain_length` bytes to `sealed` (may be `plain` itself) and the tag to `tag`.
// The same nonce must never be used twice with one key.
cseal_status cseal_aead_seal(cseal_aead *aead, const uint8_t *key, const uint8_t *nonce,
                             const void *associated, size_t associated_length,
                             const void *plain, size_t plain_length, void *sealed, uint8_t *tag);
// Writes `sealed_length` bytes to `plain` (may be `sealed` itself); on any failure they are cleansed again.
cseal_status cseal_aead_open(cseal_aead *aead, const uint8_t *key, const uint8_t *nonce,
                             const void *associated, size_t associated_length,
                             const void *sealed, size_t sealed_length, const uint8_t *tag, void *plain);

// HMAC-SHA256 (RFC 2104) under one key, for any number of messages.
typedef struct cseal_mac cseal_mac;

// Any key length. NULL when libcrypto has no HMAC or memory ran out.
cseal_mac *cseal_mac_create(const void *key, size_t key_length);
// Cleanses the key. NULL is allowed.
void cseal_mac_destroy(cseal_mac *mac);
// Writes CSEAL_HASH_BYTES to `hash`.
cseal_status cseal_mac_compute(cseal_mac *mac, const void *message, size_t message_length, uint8_t *hash);

// HKDF with SHA-256 (RFC 5869), extract and expand; at most 255 * 32 bytes of output.
cseal_status cseal_hkdf(const void *key, size_t key_length, const void *salt, size_t salt_length,
                        const void *info, size_t info_length, void *output, size_t output_length);

// SHA-256 over pieces. After `finish` the digest starts anew.
typedef struct cseal_digest cseal_digest;

// NULL when libcrypto has no SHA-256 or memory ran out.
cseal_digest *cseal_digest_create(void);
// NULL is allowed.
void cseal_digest_destroy(cseal_digest *digest);
cseal_status cseal_digest_update(cseal_digest *digest, const void *bytes, size_t length);
// Writes CSEAL_HASH_BYTES to `hash`.
cseal_status cseal_digest_finish(cseal_digest *digest, uint8_t *hash);

// Bytes of the cryptographic random generator.
cseal_status cseal_random(void *bytes, size_t length);
// Whether both are the same, in a time that does not depend on where they differ.
bool cseal_equal(const void *left, const void *right, size_t length);
// Overwrites memory in a way the compiler does not remove.
void cseal_cleanse(void *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
