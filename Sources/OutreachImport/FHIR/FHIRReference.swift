import OutreachCore

/// What a FHIR reference points to (https://hl7.org/fhir/R4/references.html).
enum FHIRReference: Hashable {
  /// A record of the source.
  case record(type: String, id: String)
  /// A resource inside the one that refers to it.
  case contained(String)
  /// Something that cannot be followed: a query, a version-4 `urn:` without its Bundle, an address without
  /// an id.
  case unresolved

  /// Reads `Type/id`, an address that ends so, `#id`, or a `urn:` that the Bundle around it explains.
  init(_ text: String, bundle: [String: ResourceID] = [:]) {
    if text.hasPrefix("#") {
      self = .contained(String(text.dropFirst()))
      return
    }
    if text.hasPrefix("urn:") {
      guard let id = bundle[text] else {
        self = .unresolved
        return
      }
      self = id.reference
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let current = parts.count >= 4 && parts[parts.count - 2] == "_history" ? parts.dropLast(2) : parts[...]
    guard current.count >= 2, let id = current.last, let type = current.dropLast().last, Self.isID(id),
      type.first?.isUppercase == true, type.utf8.allSatisfy(Self.isLetter)
    else {
      self = .unresolved
      return
    }
    self = .record(type: String(type), id: String(id))
  }

  /// Whether the text can be the identifier of a record.
  ///
  /// Wider than the standard, which servers stretch.
  static func isID(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 256
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "|"): false
        default: true
        }
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension ResourceID {
  /// The identifier of a record of that type.
  init(type: String, id: String) {
    self.init("\(type)/\(id)")
  }

  fileprivate var reference: FHIRReference {
    let parts = rawValue.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return .unresolved }
    return .record(type: String(parts[0]), id: String(parts[1]))
  }
}
