package import OutreachCore

import GRDB

extension Registry {
  /// What a person says to an override that somebody else asked for.
  package enum OverrideAnswer: Int64, Sendable {
    /// It holds from now on.
    case confirmed = 1
    /// It ends now.
    case withdrawn = 2
  }

  /// Records that somebody asks to allow a word.
  ///
  /// - Returns: its number.
  package func requestOverride(
    _ scope: WordingOverride.Scope, reason: String, by signature: WordingOverride.Signature,
    until expiresAt: Instant
  ) throws(StoreError) -> Int {
    let request = WordingRequest(scope: scope, reason: reason, requested: signature, expiresAt: expiresAt)
    return try StoreError.wrapping(path) {
      let tools = try makeTools()
      return try pool.write { database in
        let id =
          try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM wording_override") ?? 1
        let insert = try Query(database, "INSERT INTO wording_override (id, at, detail) VALUES ($1, $2, $3)")
        try insert.bind(id, at: 1)
        try insert.bind(signature.at.secondsSinceEpoch, at: 2)
        try insert.bind(
          tools.sealer.seal(request.blob(), key: tools.registryKey, binding: Place.wordingOverride(id)), at: 3
        )
        try insert.run()
        return Int(id)
      }
    }
  }

  /// Records what somebody says to an override; each can be said once.
  package func answerOverride(
    _ number: Int, _ answer: OverrideAnswer, by signature: WordingOverride.Signature
  ) throws(StoreError) {
    try StoreError.wrapping(path) {
      let tools = try makeTools()
      try pool.write { database in
        let id =
          try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM wording_signature") ?? 1
        let insert = try Query(
          database,
          "INSERT INTO wording_signature (id, wording_override, kind, detail) VALUES ($1, $2, $3, $4)")
        try insert.bind(id, at: 1)
        try insert.bind(Int64(number), at: 2)
        try insert.bind(answer.rawValue, at: 3)
        try insert.bind(
          tools.sealer.seal(signature.blob(), key: tools.registryKey, binding: Place.wordingSignature(id)),
          at: 4)
        try insert.run()
      }
    }
  }

  /// All overrides by number, those that are only asked for or over included.
  package func overrides() throws(StoreError) -> [WordingOverride] {
    try StoreError.wrapping(path) {
      try read { connections in
        let tools = connections.tools
        var overrides: [Int64: WordingOverride] = [:]
        let select = try Query(connections.database, "SELECT id, detail FROM wording_override")
        defer { select.reset() }
        while try select.step() {
          let id = select.integer(0)
          let request = try tools.sealer.withOpened(
            select.bytes(1), key: tools.registryKey, binding: Place.wordingOverride(id)
          ) { try WordingRequest(blob: $0) }
          overrides[id] = WordingOverride(
            number: Int(id), scope: request.scope, reason: request.reason, requested: request.requested,
            expiresAt: request.expiresAt)
        }
        let answers = try Query(
          connections.database, "SELECT id, wording_override, kind, detail FROM wording_signature")
        defer { answers.reset() }
        while try answers.step() {
          let signature = try tools.sealer.withOpened(
            answers.bytes(3), key: tools.registryKey, binding: Place.wordingSignature(answers.integer(0))
          ) { try WordingOverride.Signature(blob: $0) }
          switch OverrideAnswer(rawValue: answers.integer(2)) {
          case .confirmed: overrides[answers.integer(1)]?.confirmed = signature
          case .withdrawn, nil: overrides[answers.integer(1)]?.withdrawn = signature
          }
        }
        return overrides.values.sorted { $0.number < $1.number }
      }
    }
  }
}
