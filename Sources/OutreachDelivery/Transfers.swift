import CCurl

/// One request to a web server or a mail to a mail server.
struct TransferRequest {
  var url: String
  var headers: [String] = []
  /// nil is a request without one: an HTTP GET.
  var body: [UInt8]?
  var user: String?
  var password: String?
  /// The envelope of a mail.
  var envelope: (from: String, to: String)?
  var certificates: String?
  var requiresTLS = false
  var timeout = Duration.seconds(30)

  init(url: String) { self.url = url }
}

/// What a transfer came to.
struct TransferResult {
  /// How far the other side can have come.
  enum Extent {
    case nothingSent
    case partlySent
    case allSent
  }

  /// libcurl's number of what went wrong; 0 for nothing.
  var failure: Int32
  /// The code of the last status line; 0 for none.
  var status: Int
  var retryAfter: Duration?
  var extent: Extent
  var body: [UInt8]

  /// What went wrong, in a word that tells nothing of the message.
  var failureWord: String { "transfer \(failure)" }
}

/// Runs transfers, several at once on the calling thread; connections are used again.
final class Transfers {
  private let client: OpaquePointer

  /// Makes a client with at most so many connections.
  init(connections: Int) throws(DeliveryError) {
    guard let client = ccurl_client_create(connections) else { throw .library("libcurl") }
    self.client = client
  }

  deinit { ccurl_client_destroy(client) }

  /// Runs all requests and tells of each as it ends.
  func perform(_ requests: [TransferRequest], done: (Int, TransferResult) -> Void) throws(DeliveryError) {
    guard !requests.isEmpty else { return }
    var results = [ccurl_result](repeating: ccurl_result(), count: requests.count)
    let kept = RequestMemory()
    let raw = requests.map(kept.request)
    let status = withoutActuallyEscaping(done) { done in
      let observer = Observer(done: done)
      return results.withUnsafeMutableBufferPointer { results in
        observer.results = results.baseAddress
        return ccurl_perform(
          client, raw, raw.count, results.baseAddress,
          { context, index in
            guard let context else { return }
            Unmanaged<Observer>.fromOpaque(context).takeUnretainedValue().tell(index)
          }, Unmanaged.passUnretained(observer).toOpaque())
      }
    }
    guard status == 0 else { throw .library("libcurl's transfers (code \(status))") }
  }

  /// Runs one request.
  func perform(_ request: TransferRequest) throws(DeliveryError) -> TransferResult {
    var result: TransferResult?
    try perform([request]) { result = $1 }
    guard let result else { throw .library("libcurl's transfer") }
    return result
  }

  private final class Observer {
    var results: UnsafeMutablePointer<ccurl_result>?
    private let done: (Int, TransferResult) -> Void

    init(done: @escaping (Int, TransferResult) -> Void) { self.done = done }

    func tell(_ index: Int) {
      guard let results else { return }
      let result = results[index]
      let extent: TransferResult.Extent =
        switch result.extent {
        case CCURL_NOTHING_SENT: .nothingSent
        case CCURL_PARTLY_SENT: .partlySent
        default: .allSent
        }
      let body = UnsafeBufferPointer(start: result.body, count: result.body_count)
      let told = TransferResult(
        failure: result.code, status: result.status,
        retryAfter: result.retry_after >= 0 ? .seconds(result.retry_after) : nil, extent: extent,
        body: Array(body))
      ccurl_result_free(&results[index])
      done(index, told)
    }
  }
}

/// Holds the texts of requests while C reads them.
private final class RequestMemory {
  private var texts: [UnsafeMutablePointer<CChar>] = []
  private var lists: [UnsafeMutablePointer<UnsafePointer<CChar>?>] = []
  private var bodies: [UnsafeMutablePointer<UInt8>] = []

  func request(_ request: TransferRequest) -> ccurl_request {
    var raw = ccurl_request()
    raw.url = text(request.url)
    let headers = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(
      capacity: max(1, request.headers.count))
    for (index, header) in request.headers.enumerated() {
      headers.advanced(by: index).initialize(to: text(header))
    }
    lists.append(headers)
    raw.headers = UnsafePointer(headers)
    raw.header_count = request.headers.count
    if let body = request.body {
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, body.count))
      copy.initialize(from: body, count: body.count)
      bodies.append(copy)
      raw.body = UnsafePointer(copy)
      raw.body_count = body.count
    }
    raw.user = request.user.map(text)
    raw.password = request.password.map(text)
    raw.mail_from = request.envelope.map { text($0.from) }
    raw.mail_to = request.envelope.map { text($0.to) }
    raw.ca_file = request.certificates.map(text)
    raw.require_tls = request.requiresTLS ? 1 : 0
    let milliseconds = Int(request.timeout.components.seconds * 1_000)
    raw.connect_ms = min(10_000, milliseconds)
    raw.total_ms = milliseconds
    return raw
  }

  private func text(_ text: String) -> UnsafePointer<CChar> {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    bytes.withUnsafeBufferPointer {
      copy.initialize(from: $0.baseAddress ?? UnsafePointer(copy), count: bytes.count)
    }
    texts.append(copy)
    return UnsafePointer(copy)
  }

  deinit {
    for text in texts { text.deallocate() }
    for list in lists { list.deallocate() }
    for body in bodies { body.deallocate() }
  }
}
