import OutreachCore

/// Checks how hard the texts of a campaign are to read, all of a language together.
struct GradeCheck {
  let messages: [MessageID: Message]
  let environment: ScriptEnvironment
  let list: FindingList
  /// Where the campaign's messages are written.
  let offset: Int

  func run() {
    let requirement =
      environment.day.map { environment.policy.content.inForce(on: $0) } ?? ContentRequirement()
    guard let requirement else { return }
    let variants = messages.values.sorted { $0.id < $1.id }.flatMap(\.variants)
    for language in Set(variants.map(\.language)).sorted() {
      var reading = Readability(language: language)
      for variant in variants where variant.language == language {
        for pattern in variant.body.patterns { reading.add(Self.words(of: pattern)) }
      }
      guard let grade = reading.grade else { continue }
      let shown = "\((grade * 10).rounded() / 10)"
      if grade > Double(requirement.maximumGrade) {
        list.error(
          .grade, at: offset,
          "the texts in '\(language)' read at grade \(shown); \(requirement.maximumGrade) is allowed: use shorter words and "
            + "sentences")
      } else if grade > Double(requirement.warnedGrade) {
        list.warning(
          .grade, at: offset,
          "the texts in '\(language)' read at grade \(shown); aim at \(requirement.warnedGrade) or lower")
      }
    }
  }

  /// The words of a text, with a short word for each value in the middle of a sentence, and none for those of the host.
  private static func words(of pattern: MessageTemplate.Pattern) -> String {
    pattern.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .field(let field, _): field.kind == .hostWords ? "" : " it "
      }
    }.joined()
  }
}
