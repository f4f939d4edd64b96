#include "CCurl.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_ANSWER = 64 * 1024 };

typedef struct {
  CURL *easy;
  const ccurl_request *request;
  ccurl_result *result;
  size_t index;
  size_t read;
  struct curl_slist *headers;
  struct curl_slist *recipients;
} transfer;

struct ccurl_client {
  CURLM *multi;
  size_t connections;
  transfer *slots;
};

ccurl_client *ccurl_client_create(size_t connections) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
  ccurl_client *client = calloc(1, sizeof *client);
  if (!client) return NULL;
  client->connections = connections ? connections : 1;
  client->multi = curl_multi_init();
  client->slots = calloc(client->connections, sizeof *client->slots);
  if (!client->multi || !client->slots) {
    ccurl_client_destroy(client);
    return NULL;
  }
  curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, (long)client->connections);
  /* One message, one connection at a time: a broken one is then in doubt for one message alone. */
  curl_multi_setopt(client->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
  return client;
}

void ccurl_client_destroy(ccurl_client *client) {
  if (!client) return;
  if (client->slots) {
    for (size_t index = 0; index < client->connections; index++) {
      if (client->slots[index].easy) curl_easy_cleanup(client->slots[index].easy);
    }
    free(client->slots);
  }
  if (client->multi) curl_multi_cleanup(client->multi);
  free(client);
}

/* The body is read through this callback and cannot be rewound: libcurl sends a request a second time when a connection
   that was used before turns out to be dead, and then it has to ask for the beginning again, which fails. */
static size_t read_body(char *buffer, size_t size, size_t count, void *context) {
  transfer *one = context;
  size_t left = one->request->body_count - one->read;
  size_t part = size * count < left ? size * count : left;
  memcpy(buffer, one->request->body + one->read, part);
  one->read += part;
  return part;
}

static int refuse_seek(void *context, curl_off_t offset, int origin) {
  (void)origin;
  transfer *one = context;
  /* To the beginning of what was never read is no step back. */
  return offset == 0 && one->read == 0 ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

static size_t keep_answer(char *data, size_t size, size_t count, void *context) {
  transfer *one = context;
  size_t part = size * count;
  ccurl_result *result = one->result;
  size_t room = LARGEST_ANSWER - result->body_count;
  size_t kept = part < room ? part : room;
  if (kept > 0) {
    uint8_t *grown = realloc(result->body, result->body_count + kept);
    if (!grown) return 0;
    memcpy(grown + result->body_count, data, kept);
    result->body = grown;
    result->body_count += kept;
  }
  return part;
}

static void free_lists(transfer *one) {
  curl_slist_free_all(one->headers);
  curl_slist_free_all(one->recipients);
  one->headers = NULL;
  one->recipients = NULL;
}

static int begin(ccurl_client *client, transfer *one, const ccurl_request *request, ccurl_result *result, size_t index) {
  memset(result, 0, sizeof *result);
  result->retry_after = -1;
  one->request = request;
  one->result = result;
  one->index = index;
  one->read = 0;
  if (!one->easy) one->easy = curl_easy_init();
  if (!one->easy) return 0;
  CURL *easy = one->easy;
  curl_easy_reset(easy);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, one);
  curl_easy_setopt(easy, CURLOPT_URL, request->url);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, request->mail_from ? "smtp,smtps" : "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_ms);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, request->total_ms);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, one);
  /* No proxy of the environment gets to see whom a clinic writes to. */
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  if (request->ca_file) curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
  if (request->user) curl_easy_setopt(easy, CURLOPT_USERNAME, request->user);
  if (request->password) curl_easy_setopt(easy, CURLOPT_PASSWORD, request->password);
  if (request->body || request->mail_from) {
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_body);
    curl_easy_setopt(easy, CURLOPT_READDATA, one);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, refuse_seek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, one);
  }
  if (!request->body && !request->mail_from) {
    /* What has no body could be sent a second time behind our back on a connection that was used before. */
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  }
  if (request->mail_from) {
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, request->mail_from);
    one->recipients = curl_slist_append(NULL, request->mail_to);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, one->recipients);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, request->require_tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_count);
  } else {
    /* Without "Expect:" libcurl would wait a second for servers that do not answer it. */
    one->headers = curl_slist_append(NULL, "Expect:");
    for (size_t header = 0; header < request->header_count; header++) {
      one->headers = curl_slist_append(one->headers, request->headers[header]);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, one->headers);
    if (request->body) {
      curl_easy_setopt(easy, CURLOPT_POST, 1L);
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_count);
      if (request->method) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    }
  }
  return curl_multi_add_handle(client->multi, easy) == CURLM_OK;
}

static void end(ccurl_client *client, transfer *one, CURLcode code) {
  ccurl_result *result = one->result;
  result->code = (int)code;
  curl_easy_getinfo(one->easy, CURLINFO_RESPONSE_CODE, &result->status);
  curl_off_t wait = 0;
  if (!one->request->mail_from && curl_easy_getinfo(one->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) {
    result->retry_after = (long)wait;
  }
  long request_bytes = 0;
  curl_easy_getinfo(one->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
  if (one->request->body || one->request->mail_from) {
    result->extent = one->read == 0 ? CCURL_NOTHING_SENT
      : one->read < one->request->body_count ? CCURL_PARTLY_SENT : CCURL_ALL_SENT;
  } else {
    result->extent = request_bytes == 0 ? CCURL_NOTHING_SENT : CCURL_ALL_SENT;
  }
  curl_multi_remove_handle(client->multi, one->easy);
  free_lists(one);
  one->request = NULL;
}

int ccurl_perform(
  ccurl_client *client, const ccurl_request *requests, size_t count, ccurl_result *results,
  void (*done)(void *context, size_t index), void *context) {
  size_t next = 0, running = 0;
  CURLMcode failed = CURLM_OK;
  for (size_t slot = 0; slot < client->connections && next < count; slot++) {
    if (begin(client, &client->slots[slot], &requests[next], &results[next], next)) {
      running++;
    } else {
      results[next].code = CURLE_OUT_OF_MEMORY;
      free_lists(&client->slots[slot]);
      if (done) done(context, next);
    }
    next++;
  }
  while (running > 0) {
    int active = 0;
    failed = curl_multi_perform(client->multi, &active);
    if (failed != CURLM_OK) break;
    int left = 0;
    CURLMsg *message;
    int ended = 0;
    while ((message = curl_multi_info_read(client->multi, &left))) {
      if (message->msg != CURLMSG_DONE) continue;
      transfer *one = NULL;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&one);
      size_t index = one->index;
      end(client, one, message->data.result);
      running--;
      ended = 1;
      if (done) done(context, index);
      while (next < count) {
        size_t this = next++;
        if (begin(client, one, &requests[this], &results[this], this)) {
          running++;
          break;
        }
        results[this].code = CURLE_OUT_OF_MEMORY;
        free_lists(one);
        if (done) done(context, this);
      }
    }
    if (running > 0 && !ended) {
      failed = curl_multi_poll(client->multi, NULL, 0, 1000, NULL);
      if (failed != CURLM_OK) break;
    }
  }
  /* Of what libcurl itself gave up on nobody knows how far it came. */
  for (size_t slot = 0; slot < client->connections; slot++) {
    transfer *one = &client->slots[slot];
    if (!one->request) continue;
    size_t index = one->index;
    end(client, one, CURLE_RECV_ERROR);
    results[index].extent = CCURL_ALL_SENT;
    if (done) done(context, index);
  }
  for (; next < count; next++) {
    memset(&results[next], 0, sizeof results[next]);
    results[next].code = CURLE_COULDNT_CONNECT;
    if (done) done(context, next);
  }
  return (int)failed;
}

void ccurl_result_free(ccurl_result *result) {
  free(result->body);
  result->body = NULL;
  result->body_count = 0;
}

const char *ccurl_describe(int code) { return curl_easy_strerror((CURLcode)code); }
