import Foundation
import Outreach
import OutreachCore
import OutreachDelivery
import OutreachTesting
import Testing

/// Every provider against a server that answers.
@Suite(.serialized) struct ProviderTests {
  private static let now = Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
  private static let number = Recipient.phone(
    PhoneNumber(e164: "+13125550123") ?? { preconditionFailure("a number") }())
  private static let secret = "a shared secret of the tests"

  private static func settings(
    _ kind: ProviderSettings.Kind, _ channel: Channel = .sms, _ options: [String: String],
    concurrency: Int? = nil
  ) -> ProviderSettings {
    ProviderSettings(
      name: kind.rawValue, kind: kind, channels: [channel], concurrency: concurrency, options: options)
  }

  private static func message(
    _ number: Int, to recipient: Recipient = number, channel: Channel = .sms, subject: String? = nil,
    text: String = "Hello from the clinic."
  ) -> OutboundMessage {
    let digits = String(number, radix: 16)
    return OutboundMessage(
      id: SendID(Int64(number)), token: SendToken(String(repeating: "a", count: 32 - digits.count) + digits),
      channel: channel, recipient: recipient, language: "en", subject: subject, text: text, at: now)
  }

  private static func answer(_ provider: any Provider, _ message: OutboundMessage) throws -> ProviderAnswer {
    var given: ProviderAnswer?
    try provider.deliver([message]) { given = $1 }
    return try #require(given)
  }

  private static func phone(_ text: String) throws -> Recipient {
    .phone(try #require(PhoneNumber(e164: text)))
  }

  private static func isNotTaken(_ answer: ProviderAnswer, _ kind: Obstacle.Kind) -> Bool {
    if case .notTaken(let obstacle) = answer { obstacle.kind == kind } else { false }
  }

  /// A port at which nobody listens.
  private static func closedPort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }

  // MARK: Twilio

  private static func twilio(_ server: LoopbackServer, _ channel: Channel = .sms, token: String = "t") throws
    -> TwilioProvider
  {
    try TwilioProvider(
      settings(
        .twilio, channel,
        [
          "account": "AC1", "from": "+15005550006", "api": "http://127.0.0.1:\(server.port)",
          "callback": "https://clinic.example/receipts",
        ], concurrency: 8), secret: token)
  }

  @Test func `Twilio keeps the contract, by text and by voice`() throws {
    try LoopbackServer.inFolder { folder in
      for channel in [Channel.sms, .voice] {
        let server = try LoopbackServer("provider.py", ["--account", "AC1", "--token", "t"], in: folder)
        let suite = ProviderConformance(of: try Self.twilio(server, channel), recipient: Self.number) {
          try server.taken("key").map(SendToken.init)
        }
        #expect(try suite.violations(at: Self.now) == [])
        let path = try #require(try server.taken("path").first)
        #expect(path.hasSuffix(channel == .voice ? "/Calls.json" : "/Messages.json"))
      }
    }
  }

  @Test func `Twilio's codes come to what they mean`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer("provider.py", ["--account", "AC1", "--token", "t"], in: folder)
      let provider = try Self.twilio(server)
      let codes: [(String, Refusal.Kind, String)] = [
        ("+15005550001", .invalidRecipient, "21211"), ("+15005550004", .optedOut, "21610"),
        ("+15005550006", .invalidRecipient, "21614"),
      ]
      for (number, kind, code) in codes {
        let answer = try Self.answer(provider, Self.message(1, to: try Self.phone(number)))
        #expect(answer == .refused(Refusal(kind, code: code)))
      }
      let stranger = try Self.twilio(server, token: "wrong")
      #expect(Self.isNotTaken(try Self.answer(stranger, Self.message(2)), .account))
      #expect(try server.taken().isEmpty)
    }
  }

  @Test func `Twilio says aloud what a text says, with its signs`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer("provider.py", ["--account", "AC1", "--token", "t"], in: folder)
      let words = "Hi Ana & Co, it's <us>. Año: 50 % + 1."
      _ = try Self.answer(try Self.twilio(server, .voice), Self.message(1, channel: .voice, text: words))
      let body = try #require(try server.taken("body").first)
      #expect(body.contains("<Say language=\"en-US\">Hi Ana &amp; Co, it's &lt;us&gt;. Año: 50 % + 1.</Say>"))
      _ = try Self.answer(try Self.twilio(server), Self.message(2, text: words))
      #expect(try server.taken("body").last == words)
    }
  }

  @Test func `a lost answer of Twilio's is in doubt, and the list tells`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "provider.py", ["--account", "AC1", "--token", "t", "--drop-in", "1"], in: folder)
      let provider = try Self.twilio(server)
      let message = Self.message(1)
      guard case .unknown = try Self.answer(provider, message) else {
        return #expect(Bool(false), "it may be there")
      }
      #expect(try server.taken().count == 1, "the request is not sent a second time by the library")
      guard case .taken(let reference) = try provider.lookUp(message, at: Self.now) else {
        return #expect(Bool(false), "it is there")
      }
      #expect(reference?.hasPrefix("SM") == true)
      let other = Self.message(2, text: "Another text.")
      #expect(try provider.lookUp(other, at: Self.now) == .cannotTell, "it may not be in the list yet")
      #expect(try provider.lookUp(other, at: Self.now + .seconds(300)) == .notTaken)
    }
  }

  // MARK: Troubles that every web server can make

  @Test func `what was refused, throttled or never connected was surely not taken`() throws {
    try LoopbackServer.inFolder { folder in
      let closing = try LoopbackServer(
        "provider.py", ["--refuse-in", "1", "--secret", Self.secret], in: folder)
      let throttling = try LoopbackServer(
        "provider.py", ["--throttle-in", "1", "--secret", Self.secret], in: folder)
      let answer = try Self.answer(try Self.webhook(throttling.port), Self.message(1))
      #expect(answer == .notTaken(Obstacle(.throttled, code: "429", retryAfter: .seconds(1))))
      let nobody = try Self.webhook(try Self.closedPort())
      #expect(Self.isNotTaken(try Self.answer(nobody, Self.message(2)), .passing))
      // It closes after the head of the request: whether the body was read nobody can tell from here.
      switch try Self.answer(try Self.webhook(closing.port), Self.message(3)) {
      case .notTaken, .unknown: break
      case let other: Issue.record("\(other)")
      }
      #expect(try closing.taken().isEmpty && throttling.taken().isEmpty)
    }
  }

  @Test func `a dropped answer is in doubt and the connection's next message is not harmed`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer("provider.py", ["--drop-in", "3", "--secret", Self.secret], in: folder)
      let provider = try Self.webhook(server.port, concurrency: 1)
      var answers: [ProviderAnswer] = []
      try provider.deliver((1...30).map { Self.message($0) }) { answers.append($1) }
      let doubts = answers.filter { if case .unknown = $0 { true } else { false } }
      #expect(doubts.count == 10 && answers.count == 30)
      let keys = try server.taken("key")
      #expect(keys.count == 30 && Set(keys).count == 30, "each arrived once")
    }
  }

  // MARK: Webhook

  private static func webhook(_ port: Int, concurrency: Int = 8, secret: String = secret) throws
    -> WebhookProvider
  {
    try WebhookProvider(
      settings(.webhook, .app, ["url": "http://127.0.0.1:\(port)/webhook"], concurrency: concurrency),
      secret: secret)
  }

  @Test func `a webhook keeps the contract, signs, and is refused with another secret`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer("provider.py", ["--secret", Self.secret], in: folder)
      let suite = ProviderConformance(of: try Self.webhook(server.port), recipient: .address("unit-7")) {
        try server.taken("key").map(SendToken.init)
      }
      #expect(try suite.violations(at: Self.now) == [])
      let stranger = try Self.webhook(server.port, secret: "another secret of the tests")
      #expect(Self.isNotTaken(try Self.answer(stranger, Self.message(99)), .account))
      #expect(throws: DeliveryError.self) { try Self.webhook(server.port, secret: "short") }
    }
  }

  // MARK: Kannel

  private static func kannel(_ port: Int, password: String = "test") throws -> KannelProvider {
    try KannelProvider(
      settings(
        .kannel, .sms,
        [
          "url": "http://127.0.0.1:\(port)/cgi-bin/sendsms", "user": "test", "from": "12345",
          "callback": "http://127.0.0.1:9/receipts",
        ], concurrency: 4), secret: password)
  }

  @Test func `a real Kannel takes messages with every sign, and says what it refuses`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "kannel.py", ["--root", "\(LoopbackServer.servers)/kannel", "--silent"], in: folder)
      let provider = try Self.kannel(server.port)
      let texts = [
        "Plain text.", "Año 50% & more + ?", "Привет, 你好 😀", String(repeating: "long ", count: 60),
      ]
      for (index, text) in texts.enumerated() {
        #expect(try Self.answer(provider, Self.message(index, text: text)) == .accepted(reference: nil))
      }
      let deadline = Date().addingTimeInterval(20)
      while try server.taken().count < texts.count, Date() < deadline { usleep(20_000) }
      #expect(try Set(server.taken("text")) == Set(texts))
      #expect(try Set(server.taken("to")).count == 1)
      #expect(
        Self.isNotTaken(
          try Self.answer(try Self.kannel(server.port, password: "x"), Self.message(9)), .account))
      #expect(try provider.lookUp(Self.message(0), at: Self.now) == .cannotTell)
      #expect(
        Self.isNotTaken(try Self.answer(try Self.kannel(try Self.closedPort()), Self.message(10)), .passing))
    }
  }

  @Test func `a Kannel whose line is down and whose queue is full has not taken what it says so of`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "kannel.py", ["--root", "\(LoopbackServer.servers)/kannel", "--down", "--queue-limit", "3"],
        in: folder)
      let provider = try Self.kannel(server.port)
      var accepted = 0
      var throttled = 0
      for number in 1...8 {
        switch try Self.answer(provider, Self.message(number)) {
        case .accepted: accepted += 1
        case .notTaken(let obstacle) where obstacle.kind == .throttled: throttled += 1
        case let other: Issue.record("\(other)")
        }
      }
      #expect(accepted >= 3 && throttled >= 3 && accepted + throttled == 8)
    }
  }

  // MARK: Mail

  private static func smtp(
    _ port: Int, _ options: [String: String] = ["security": "none"], secret: String? = nil
  ) throws
    -> SMTPProvider
  {
    var all = ["host": "127.0.0.1", "port": "\(port)", "from": "clinic@example.org"]
    all.merge(options) { $1 }
    return try SMTPProvider(settings(.smtp, .email, all, concurrency: 4), secret: secret)
  }

  private static func mail(
    _ number: Int, to address: String = "ana@example.net", text: String = "Hello.\n.\nBye."
  ) -> OutboundMessage {
    message(number, to: .address(address), channel: .email, subject: "A note from us – año", text: text)
  }

  private static func tokens(_ server: LoopbackServer) throws -> [SendToken] {
    try server.taken("data").compactMap { data in
      data.firstMatch(of: /Message-ID: <([0-9a-f]{32})@example.org>/).map { SendToken(String($0.1)) }
    }
  }

  @Test func `a mail server gets the whole mail, under TLS and with a password`() throws {
    try LoopbackServer.inFolder { folder in
      let (certificate, key) = try Self.certificate(in: folder)
      for flags in [[], ["--smtps"]] {
        let server = try LoopbackServer(
          "smtp.py", ["--tls", certificate, key, "--user", "clinic", "--password", "pw"] + flags, in: folder)
        let options = [
          "host": "localhost", "security": flags.isEmpty ? "starttls" : "tls", "user": "clinic",
          "ca_file": certificate,
          "unsubscribe": "https://clinic.example/stop",
        ]
        let provider = try Self.smtp(server.port, options, secret: "pw")
        let suite = ProviderConformance(of: provider, recipient: .address("ana@example.net")) {
          try Self.tokens(server)
        }
        #expect(try suite.violations(at: Self.now) == [])
        #expect(try Self.answer(provider, Self.mail(77)) == .accepted(reference: nil))
        let last = try #require(try server.taken().last)
        #expect(last["tls"] as? Bool == true && last["user"] as? String == "clinic")
        let data = try #require(last["data"] as? String)
        #expect(data.contains("List-Unsubscribe: <https://clinic.example/stop/"))
        #expect(data.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
        #expect(data.contains("Subject: =?utf-8?B?"))
        let body = try #require(data.range(of: "\r\n\r\n")).upperBound
        let decoded = try #require(
          Data(base64Encoded: String(data[body...]), options: .ignoreUnknownCharacters))
        #expect(String(decoding: decoded, as: UTF8.self) == "Hello.\r\n.\r\nBye.\r\n")
        let wrong = try Self.smtp(server.port, options, secret: "no")
        #expect(Self.isNotTaken(try Self.answer(wrong, Self.mail(78)), .account))
      }
      // A certificate that nobody signed is no reason to speak in the clear.
      let server = try LoopbackServer("smtp.py", ["--tls", certificate, key], in: folder)
      let careful = try Self.smtp(server.port, ["host": "localhost", "security": "starttls"])
      #expect(Self.isNotTaken(try Self.answer(careful, Self.mail(79)), .passing))
      let plain = try LoopbackServer("smtp.py", in: folder)
      let strict = try Self.smtp(plain.port, ["host": "localhost", "security": "starttls"])
      #expect(Self.isNotTaken(try Self.answer(strict, Self.mail(80)), .passing))
      #expect(try server.taken().isEmpty && plain.taken().isEmpty)
    }
  }

  @Test func `a mail is surely not taken up to the end of its data, and in doubt after it`() throws {
    try LoopbackServer.inFolder { folder in
      let deferring = try LoopbackServer(
        "smtp.py", ["--defer-in", "1", "--reject", "nobody@example.net"], in: folder)
      #expect(Self.isNotTaken(try Self.answer(try Self.smtp(deferring.port), Self.mail(1)), .passing))
      let rejecting = try LoopbackServer("smtp.py", ["--reject", "nobody@example.net"], in: folder)
      #expect(
        try Self.answer(try Self.smtp(rejecting.port), Self.mail(2, to: "nobody@example.net"))
          == .refused(Refusal(.invalidRecipient, code: "550")))
      let cutting = try LoopbackServer("smtp.py", ["--close-in-data", "1"], in: folder)
      // Larger than what fits into the socket at once, so that its end has not left when the server is gone.
      let long = String(repeating: "A line of a long mail.\n", count: 200_000)
      #expect(
        Self.isNotTaken(try Self.answer(try Self.smtp(cutting.port), Self.mail(3, text: long)), .passing))
      let losing = try LoopbackServer("smtp.py", ["--drop-after-data", "1"], in: folder)
      guard case .unknown = try Self.answer(try Self.smtp(losing.port), Self.mail(4)) else {
        return #expect(Bool(false), "the server has it")
      }
      #expect(try losing.taken().count == 1)
      #expect(try deferring.taken().isEmpty && rejecting.taken().isEmpty && cutting.taken().isEmpty)
      #expect(Self.isNotTaken(try Self.answer(try Self.smtp(try Self.closedPort()), Self.mail(5)), .passing))
    }
  }

  @Test func `only this machine may be spoken to in the clear`() throws {
    #expect(throws: DeliveryError.self) {
      try SMTPProvider(
        Self.settings(.smtp, .email, ["host": "mail.example.org", "from": "a@b.c", "security": "none"]),
        secret: nil)
    }
  }

  /// A certificate for `localhost` that signs itself.
  private static func certificate(in folder: String) throws -> (String, String) {
    let (certificate, key) = ("\(folder)/cert.pem", "\(folder)/key.pem")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
      "-subj",
      "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return (certificate, key)
  }

  // MARK: File

  @Test func `a file keeps the contract, and a torn line harms no other`() throws {
    try LoopbackServer.inFolder { folder in
      let provider = FileProvider(.file, folder: "\(folder)/sent")
      func lines() throws -> [SendToken] {
        let day = Zone.utc.date(at: Self.now)
        let text = (try? String(contentsOfFile: "\(folder)/sent/\(day).jsonl", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
          let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          return (object?["key"] as? String).map(SendToken.init)
        }
      }
      let suite = ProviderConformance(of: provider, recipient: Self.number) { try lines() }
      #expect(try suite.violations(at: Self.now) == [])
      let path = "\(folder)/sent/\(Zone.utc.date(at: Self.now)).jsonl"
      let before = try lines().count
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      let torn = Self.message(500)
      try handle.write(contentsOf: Data("{\"key\":\"\(torn.token.rawValue)\",\"at\"".utf8))
      try handle.close()
      #expect(try provider.lookUp(torn, at: Self.now) == .notTaken)
      #expect(try Self.answer(provider, Self.message(501)) == .accepted(reference: nil))
      #expect(try lines().count == before + 1)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }
}
