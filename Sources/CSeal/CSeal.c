#include "CSeal.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

// OpenSSL keeps a queue of errors for each thread. Nobody reads it here, so a failure empties it again.
static cseal_status failed(cseal_status status) {
  ERR_clear_error();
  return status;
}

// A pointer that may be followed: an empty Swift buffer has none.
static const void *some(const void *bytes) {
  return bytes != NULL ? bytes : "";
}

// MARK: AES-256-GCM

// Two contexts, since turning one from sealing to opening costs a new set-up.
struct cseal_aead {
  EVP_CIPHER *cipher;
  EVP_CIPHER_CTX *sealing;
  EVP_CIPHER_CTX *opening;
};

cseal_aead *cseal_aead_create(void) {
  cseal_aead *aead = OPENSSL_zalloc(sizeof *aead);
  if (aead == NULL) {
    failed(CSEAL_LIBRARY);
    return NULL;
  }
  aead->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  aead->sealing = EVP_CIPHER_CTX_new();
  aead->opening = EVP_CIPHER_CTX_new();
  if (aead->cipher == NULL || aead->sealing == NULL || aead->opening == NULL
      || EVP_EncryptInit_ex2(aead->sealing, aead->cipher, NULL, NULL, NULL) != 1
      || EVP_DecryptInit_ex2(aead->opening, aead->cipher, NULL, NULL, NULL) != 1) {
    failed(CSEAL_LIBRARY);
    cseal_aead_destroy(aead);
    return NULL;
  }
  return aead;
}

void cseal_aead_destroy(cseal_aead *aead) {
  if (aead == NULL) {
    return;
  }
  EVP_CIPHER_CTX_free(aead->sealing);
  EVP_CIPHER_CTX_free(aead->opening);
  EVP_CIPHER_free(aead->cipher);
  OPENSSL_free(aead);
}

cseal_status cseal_aead_seal(cseal_aead *aead, const uint8_t *key, const uint8_t *nonce,
                             const void *associated, size_t associated_length,
                             const void *plain, size_t plain_length, void *sealed, uint8_t *tag) {
  if (plain_length > INT_MAX || associated_length > INT_MAX) {
    return CSEAL_TOO_LONG;
  }
  EVP_CIPHER_CTX *context = aead->sealing;
  int written = 0;
  if (EVP_EncryptInit_ex2(context, NULL, key, nonce, NULL) != 1
      || (associated_length > 0
          && EVP_EncryptUpdate(context, NULL, &written, associated, (int)associated_length) != 1)
      || (plain_length > 0 && EVP_EncryptUpdate(context, sealed, &written, plain, (int)plain_length) != 1)
      || EVP_EncryptFinal_ex(context, tag, &written) != 1
      || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, CSEAL_TAG_BYTES, tag) != 1) {
    return failed(CSEAL_LIBRARY);
  }
  return CSEAL_OK;
}

cseal_status cseal_aead_open(cseal_aead *aead, const uint8_t *key, const uint8_t *nonce,
                             const void *associated, size_t associated_length,
                             const void *sealed, size_t sealed_length, const uint8_t *tag, void *plain) {
  if (sealed_length > INT_MAX || associated_length > INT_MAX) {
    return CSEAL_TOO_LONG;
  }
  EVP_CIPHER_CTX *context = aead->opening;
  uint8_t rest[CSEAL_TAG_BYTES];
  int written = 0;
  if (EVP_DecryptInit_ex2(context, NULL, key, nonce, NULL) != 1
      || (associated_length > 0
          && EVP_DecryptUpdate(context, NULL, &written, associated, (int)associated_length) != 1)
      || (sealed_length > 0 && EVP_DecryptUpdate(context, plain, &written, sealed, (int)sealed_length) != 1)
      || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CSEAL_TAG_BYTES, (void *)tag) != 1) {
    cseal_cleanse(plain, sealed_length);
    return failed(CSEAL_LIBRARY);
  }
  // The only step that says whether the bytes are the ones that were sealed.
  if (EVP_DecryptFinal_ex(context, rest, &written) != 1) {
    cseal_cleanse(plain, sealed_length);
    return failed(CSEAL_NOT_AUTHENTIC);
  }
  return CSEAL_OK;
}

// MARK: HMAC-SHA256

struct cseal_mac {
  EVP_MAC_CTX *context;
};

cseal_mac *cseal_mac_create(const void *key, size_t key_length) {
  cseal_mac *mac = OPENSSL_zalloc(sizeof *mac);
  EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
  if (mac != NULL && algorithm != NULL) {
    mac->context = EVP_MAC_CTX_new(algorithm);
  }
  EVP_MAC_free(algorithm);  // the context keeps its own reference
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0),
    OSSL_PARAM_construct_end(),
  };
  if (mac == NULL || mac->context == NULL
      || EVP_MAC_init(mac->context, some(key), key_length, parameters) != 1) {
    failed(CSEAL_LIBRARY);
    cseal_mac_destroy(mac);
    return NULL;
  }
  return mac;
}

void cseal_mac_destroy(cseal_mac *mac) {
  if (mac == NULL) {
    return;
  }
  EVP_MAC_CTX_free(mac->context);
  OPENSSL_free(mac);
}

cseal_status cseal_mac_compute(cseal_mac *mac, const void *message, size_t message_length, uint8_t *hash) {
  size_t written = 0;
  // Without a key, init goes back to the state just after the key was set.
  if (EVP_MAC_init(mac->context, NULL, 0, NULL) != 1
      || EVP_MAC_update(mac->context, some(message), message_length) != 1
      || EVP_MAC_final(mac->context, hash, &written, CSEAL_HASH_BYTES) != 1 || written != CSEAL_HASH_BYTES) {
    return failed(CSEAL_LIBRARY);
  }
  return CSEAL_OK;
}

// MARK: HKDF-SHA256

cseal_status cseal_hkdf(const void *key, size_t key_length, const void *salt, size_t salt_length,
                        const void *info, size_t info_length, void *output, size_t output_length) {
  if (output_length == 0 || output_length > 255 * CSEAL_HASH_BYTES) {
    return CSEAL_TOO_LONG;
  }
  EVP_KDF *algorithm = EVP_KDF_fetch(NULL, "HKDF", NULL);
  EVP_KDF_CTX *context = algorithm != NULL ? EVP_KDF_CTX_new(algorithm) : NULL;
  EVP_KDF_free(algorithm);
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)some(key), key_length),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)some(salt), salt_length),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)some(info), info_length),
    OSSL_PARAM_construct_end(),
  };
  const bool derived = context != NULL && EVP_KDF_derive(context, output, output_length, parameters) == 1;
  EVP_KDF_CTX_free(context);
  if (!derived) {
    cseal_cleanse(output, output_length);
    return failed(CSEAL_LIBRARY);
  }
  return CSEAL_OK;
}

// MARK: SHA-256

struct cseal_digest {
  EVP_MD *algorithm;
  EVP_MD_CTX *context;
};

cseal_digest *cseal_digest_create(void) {
  cseal_digest *digest = OPENSSL_zalloc(sizeof *digest);
  if (digest == NULL) {
    failed(CSEAL_LIBRARY);
    return NULL;
  }
  digest->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
  digest->context = EVP_MD_CTX_new();
  if (digest->algorithm == NULL || digest->context == NULL
      || EVP_DigestInit_ex2(digest->context, digest->algorithm, NULL) != 1) {
    failed(CSEAL_LIBRARY);
    cseal_digest_destroy(digest);
    return NULL;
  }
  return digest;
}

void cseal_digest_destroy(cseal_digest *digest) {
  if (digest == NULL) {
    return;
  }
  EVP_MD_CTX_free(digest->context);
  EVP_MD_free(digest->algorithm);
  OPENSSL_free(digest);
}

cseal_status cseal_digest_update(cseal_digest *digest, const void *bytes, size_t length) {
  return EVP_DigestUpdate(digest->context, some(bytes), length) == 1 ? CSEAL_OK : failed(CSEAL_LIBRARY);
}

cseal_status cseal_digest_finish(cseal_digest *digest, uint8_t *hash) {
  if (EVP_DigestFinal_ex(digest->context, hash, NULL) != 1
      || EVP_DigestInit_ex2(digest->context, digest->algorithm, NULL) != 1) {
    return failed(CSEAL_LIBRARY);
  }
  return CSEAL_OK;
}

// MARK: Bytes

cseal_status cseal_random(void *bytes, size_t length) {
  if (length > INT_MAX) {
    return CSEAL_TOO_LONG;
  }
  return length == 0 || RAND_bytes(bytes, (int)length) == 1 ? CSEAL_OK : failed(CSEAL_LIBRARY);
}

bool cseal_equal(const void *left, const void *right, size_t length) {
  return length == 0 || CRYPTO_memcmp(left, right, length) == 0;
}

void cseal_cleanse(void *bytes, size_t length) {
  if (bytes != NULL && length > 0) {
    OPENSSL_cleanse(bytes, length);
  }
}
