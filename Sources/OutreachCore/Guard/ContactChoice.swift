/// The number or address a channel would use, or why there is none.
enum ContactChoice: Hashable {
  /// Nothing on record serves the channel.
  case missing(String)
  /// What is on record cannot be read or cannot receive this kind of message.
  case invalid(String)
  /// The best one that serves.
  case usable(Recipient, ContactPoint)

  var recipient: Recipient? {
    if case .usable(let recipient, _) = self { recipient } else { nil }
  }

  /// Chooses among a patient's contact points: the source's rank first, then a mobile before others.
  ///
  /// A work line is never used: others answer it. A home line is called but not texted unless it was given for
  /// texts, because in North America nothing in the number tells a landline from a mobile.
  init(among points: [ContactPoint], for channel: Channel, on day: CivilDate) {
    let serving = points.filter { point in
      let inUse = point.use != .old && (point.startsOn ?? day) <= day && (point.endsOn ?? day) >= day
      return inUse && Self.serves(point, channel)
    }
    .enumerated().sorted { Self.order($0.element, $0.offset) < Self.order($1.element, $1.offset) }.map(
      \.element)
    guard !serving.isEmpty else {
      self = .missing(Self.absence(of: channel, among: points))
      return
    }
    var fault = "cannot be read"
    for point in serving {
      switch point.system {
      case .phone, .sms:
        guard let reading = point.phone, let number = reading.number, reading.isValid, reading.fault == nil
        else {
          fault = Self.sentence(for: point.phone?.fault)
          continue
        }
        guard channel == .voice ? reading.canReceiveVoice : reading.canReceiveText else {
          fault = "a \(reading.kind) number cannot receive \(channel)"
          continue
        }
        self = .usable(.phone(number), point)
        return
      case .email:
        guard EmailAddress.isPlausible(point.typed) else {
          fault = "it is not an e-mail address"
          continue
        }
        self = .usable(.address(point.typed), point)
        return
      case .added:
        self = .usable(.address(point.typed), point)
        return
      case .other: continue
      }
    }
    self = .invalid(
      serving.count == 1 ? fault : "none of \(serving.count) can be used; of the last, \(fault)")
  }

  private static func serves(_ point: ContactPoint, _ channel: Channel) -> Bool {
    switch channel {
    case .sms: point.use != .work && (point.system == .sms || point.system == .phone && point.use != .home)
    case .voice: point.system == .phone && point.use != .work
    case .email: point.system == .email && point.use != .work
    case .app: false
    default: point.system == .added
    }
  }

  private static func order(_ point: ContactPoint, _ position: Int) -> (Int, Int, Int) {
    (point.rank ?? Int.max, point.use == .mobile || point.system == .sms ? 0 : 1, position)
  }

  private static func absence(of channel: Channel, among points: [ContactPoint]) -> String {
    let phones = points.filter { $0.system == .phone }
    if channel == .sms, !phones.isEmpty {
      return "only home, work or former numbers on record, which are not texted"
    }
    return channel == .email ? "no e-mail address on record" : "no number or address for \(channel) on record"
  }

  private static func sentence(for fault: PhoneNumberFault?) -> String {
    switch fault {
    case .letters: "the number has letters in it"
    case .strayCharacters: "the number has stray characters in it"
    case .notANumber: "it is not a number"
    case .unknownCountryCode: "the country code does not exist"
    case .tooShort: "the number is too short"
    case .tooLong: "the number is too long"
    case .impossible: "the number has an impossible length"
    case .notAssignable: "the number is in a range that is not assigned"
    case .hasExtension: "the number has an extension"
    case nil: "the number cannot be read"
    }
  }
}

/// The shape of an e-mail address.
enum EmailAddress {
  /// Whether a text can be an address: one `@`, a dotted host, no spaces or controls, at most 254 bytes (RFC 5321).
  static func isPlausible(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (3...254).contains(text.utf8.count), (1...64).contains(parts[0].utf8.count) else {
      return false
    }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy {
        !$0.isEmpty
          && $0.utf8.allSatisfy {
            $0 == 45 || $0 > 127 || ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 >= 48 && $0 <= 57
          }
      }
      && parts[0].unicodeScalars.allSatisfy {
        $0.value > 32 && $0.value != 127 && !"<>()[],;:\\\"".unicodeScalars.contains($0)
      }
  }
}
