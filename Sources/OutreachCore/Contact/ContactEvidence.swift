/// One thing that became known about a telephone number, whoever has it.
public struct ContactEvidence: Hashable, Sendable {
  /// What became known.
  public enum Kind: Hashable, Sendable {
    /// A neutral message asked whether the number reaches the clinic's patient.
    case confirmationAsked
    /// Whoever answers the number said that it does, or a person on the staff made sure.
    case confirmed
    /// Whoever answers the number said that it is a wrong one.
    case wrongNumber
    /// Somebody on the staff took the number out of use.
    case suspended
    /// Somebody on the staff put the number back into use.
    case reinstated
    /// The reassigned-numbers database was asked whether the number was given up since a day.
    case reassignment(ReassignmentAnswer, since: CivilDate)
  }

  /// What became known.
  public var kind: Kind
  /// When: for an answer of the database, the day of the answer.
  public var at: Instant
  /// Who said or recorded it: a name of the staff's system, never a patient's.
  public var by: String?
  /// What the evidence is, such as the number of a note or a file.
  public var reference: String?

  /// Makes a piece of evidence.
  public init(_ kind: Kind, at: Instant, by: String? = nil, reference: String? = nil) {
    self.kind = kind
    self.at = at
    self.by = by
    self.reference = reference
  }
}

/// What the reassigned-numbers database answers to a number and a date.
///
/// `yes`: it was permanently disconnected on that date or after it. `no`: it was not. `no_data`: the
/// database does not know, which is no safe harbour. FCC DA 21-1649; 47 CFR 64.1200(m).
public enum ReassignmentAnswer: String, Hashable, Sendable, CaseIterable {
  /// The number was given up since the date: it may have a new owner.
  case yes
  /// The number was not given up since the date.
  case no
  /// Nothing is known.
  case noData = "no_data"
}

/// What became known about one number.
public struct NumberEvidence: Hashable, Sendable {
  /// The number.
  public var number: PhoneNumber
  /// What became known.
  public var evidence: ContactEvidence

  /// Makes a pair.
  public init(number: PhoneNumber, evidence: ContactEvidence) {
    self.number = number
    self.evidence = evidence
  }
}

/// What is known about numbers reassigned to other people.
public protocol ReassignedNumberSource {
  /// Every answer the source holds, as evidence of the kind `reassignment`.
  ///
  /// - Throws: what stands against reading all of it; then none of it counts.
  func answers() throws -> [NumberEvidence]
}
