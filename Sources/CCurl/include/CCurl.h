/* Transfers over libcurl: several at once on one thread, connections used again, and for each an answer to the one
   question that matters: can the other side have it? */
#ifndef OUTREACH_CCURL_H
#define OUTREACH_CCURL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ccurl_client ccurl_client;

/* What to do. Texts end in 0 and must outlive the call; what is NULL is left out. */
typedef struct {
  const char *url;
  const char *method;              /* HTTP: "GET", "POST" */
  const char *const *headers;      /* HTTP: "Name: value" */
  size_t header_count;
  const uint8_t *body;             /* HTTP: the body; SMTP: the mail with CRLF line ends */
  size_t body_count;
  const char *user;
  const char *password;
  const char *mail_from;           /* SMTP: the envelope, which makes it a mail */
  const char *mail_to;
  const char *ca_file;             /* certificates to trust in place of the system's */
  int require_tls;                 /* SMTP: STARTTLS must succeed */
  long connect_ms;
  long total_ms;
} ccurl_request;

/* How far the other side can have come. */
typedef enum {
  CCURL_NOTHING_SENT = 0,          /* no byte of the message left */
  CCURL_PARTLY_SENT = 1,           /* some of it left, and not its end */
  CCURL_ALL_SENT = 2               /* all of it was handed to the network */
} ccurl_extent;

typedef struct {
  int code;                        /* 0, or libcurl's CURLcode */
  long status;                     /* the last status line's code, 0 for none */
  long retry_after;                /* seconds, -1 for none */
  ccurl_extent extent;
  uint8_t *body;                   /* at most 64 KiB; freed with ccurl_result_free */
  size_t body_count;
} ccurl_result;

/* Makes a client with at most so many connections, NULL without memory. */
ccurl_client *ccurl_client_create(size_t connections);
void ccurl_client_destroy(ccurl_client *client);

/* Runs all transfers, at most as many at once as there are connections, and returns when each has its result.
   `done` is told of each as it ends. Returns 0, or libcurl's CURLMcode. */
int ccurl_perform(
  ccurl_client *client, const ccurl_request *requests, size_t count, ccurl_result *results,
  void (*done)(void *context, size_t index), void *context);

void ccurl_result_free(ccurl_result *result);

/* libcurl's words for a code. */
const char *ccurl_describe(int code);

#ifdef __cplusplus
}
#endif
#endif
