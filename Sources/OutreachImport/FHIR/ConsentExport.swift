package import OutreachCore

import FoundationEssentials

/// Writes what a patient's consent ledger says as Consent resources of FHIR R4, which ``ConsentMapping`` reads
/// back to the same grants and revocations.
///
/// | in the ledger | in FHIR |
/// | --- | --- |
/// | a grant | an active permit of each purpose by each channel, from `dateTime` to `period.end` |
/// | a grant for every purpose or channel | a permit that names all of them, as one that names none grants none |
/// | a revocation | an active denial of what it names, and of everything where it names nothing |
/// | an undated revocation | a denial without `dateTime` |
/// | the clinic ended it | the permits end then, and an inactive Consent says so |
/// | a question, a transfer | a proposed Consent, since FHIR has no word for them; it grants nothing |
/// | a grant for one sender | a permit with an `actor`, which grants nothing when it is read back |
/// | a revocation for one sender | a denial with an `actor`, which is read back as one for all of them |
///
/// Numbers, and who recorded it, stay behind. Events of one record that differ in nothing but purpose and
/// channel become one resource. Equal ledgers give equal bytes.
package struct ConsentExport {
  private let purposes: [Purpose]
  private let channels: [Channel]

  /// Makes an export for the purposes and channels that consents may name.
  package init(purposes: [Purpose], channels: [Channel] = Channel.all) {
    self.purposes = purposes
    self.channels = channels
  }

  /// A Bundle of type `collection` as JSON text, with sorted keys and a line's end.
  ///
  /// - Parameters:
  ///   - events: What was said and is not superseded, in the order of the ledger.
  ///   - patient: The name by which the resources refer to the patient: the source's identifier, or a handle.
  package func bundle(_ events: [ConsentEvent], of patient: PatientID) throws -> [UInt8] {
    var numbers: [String: Int] = [:]
    let entries = statements(events).map { words in
      let name = Self.name(words.event.evidence)
      let number = (numbers[name] ?? 0) + 1
      numbers[name] = number
      return ConsentDocument.Entry(
        resource: ConsentDocument.Consent(words, of: patient, id: "\(name)-\(number)"))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(ConsentDocument(entry: entries))) + [UInt8(ascii: "\n")]
  }

  /// The beginning of a resource's identifier, made of the evidence's: letters, digits, `-` and `.`, as FHIR
  /// allows.
  private static func name(_ evidence: ResourceID) -> String {
    let name = evidence.rawValue.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
        byte
      default: UInt8(ascii: "-")
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  // MARK: - What the resources say

  private func statements(_ events: [ConsentEvent]) -> [ConsentWords] {
    var statements: [ConsentWords] = []
    var positions: [ConsentEvent: Int] = [:]
    for event in events.flatMap({ parts(of: $0, among: events) }) {
      var key = event
      key.purpose = nil
      // A resource names purposes by channels, so every channel gets one of its own; nil is its own too.
      if let position = positions[key], let purpose = event.purpose,
        !statements[position].purposes.isEmpty
      {
        if !statements[position].purposes.contains(purpose) { statements[position].purposes.append(purpose) }
      } else {
        positions[key] = statements.count
        statements.append(ConsentWords(event: key, purposes: event.purpose.map { [$0] } ?? []))
      }
    }
    return statements
  }

  /// What an event comes to in FHIR: a grant becomes one for each purpose and channel, cut short where the
  /// clinic ended it.
  private func parts(of event: ConsentEvent, among events: [ConsentEvent]) -> [ConsentEvent] {
    guard event.kind == .granted else { return [event] }
    let ends = events.filter { $0.kind == .expired && $0.at >= event.at }
    return (event.channel.map { [$0] } ?? channels).flatMap { channel in
      (event.purpose.map { [$0] } ?? purposes).map { purpose in
        var part = event
        part.purpose = purpose
        part.channel = channel
        for end in ends
        where (end.purpose ?? purpose) == purpose && (end.channel ?? channel) == channel
          && (end.sender == nil || end.sender == event.sender)
        {
          part.expiresAt = min(part.expiresAt ?? .latest, end.at)
        }
        return part
      }
    }
  }
}

/// Events that one resource says: all alike but for the purpose.
struct ConsentWords {
  /// What is said, without a purpose.
  var event: ConsentEvent
  /// The purposes it speaks of; empty is every purpose.
  var purposes: [Purpose]
}
