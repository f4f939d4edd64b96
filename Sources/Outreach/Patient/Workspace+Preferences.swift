public import OutreachCore
import OutreachStore

extension Workspace {
  /// What a patient wishes, with who recorded it and when; nil where nothing was recorded.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func preferences(of name: PatientName) throws(OutreachError) -> (
    patient: PatientHandle, recorded: (preferences: Preferences, by: String, at: Instant)?
  ) {
    do {
      guard let handle = try registry.handle(named: name) else {
        throw OutreachError(.badInput, "no patient has that handle or identifier")
      }
      return (handle, try registry.preferences(of: name).map { ($0.preferences, $0.by, $0.at) })
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Records what a patient wishes from now on; earlier wishes stay on record.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func set(
    _ preferences: Preferences, of name: PatientName, by who: String, at now: Instant
  ) throws(OutreachError) {
    do {
      guard let handle = try registry.handle(named: name) else {
        throw OutreachError(.badInput, "no patient has that handle or identifier")
      }
      try registry.set(preferences, of: handle, by: who, at: now)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

extension Workspace {
  /// The language in which a patient is spoken to: the wish, else the record's, else the clinic's.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func language(of name: PatientName) throws(OutreachError) -> String {
    var language: String?
    do {
      _ = try patients.withPatient(name) { entry in
        language = try entry.preferences().language ?? entry.facts().language ?? clinic.language
      }
    } catch {
      throw OutreachError(wrapping: error)
    }
    guard let language else { throw OutreachError(.badInput, "no patient has that handle or identifier") }
    return language
  }
}
