import OutreachCore

/// Turns a FHIR R4 Consent into what it grants and revokes, purpose by purpose and channel by channel.
///
/// **What this does not map is no consent.** A permit grants exactly the pairs of a purpose and a channel
/// that it names, by the tables of ``PurposeMapping`` (`provision.purpose`) and ``ChannelMapping``
/// (`provision.class` and `provision.code`); one that names no purpose, or no channel, grants nothing. What
/// a permit does not name it may inherit from the provisions around it.
///
/// | in the record | a permit | a denial |
/// | --- | --- | --- |
/// | `status` other than `active` | says nothing | says nothing |
/// | `scope` `treatment`, `patient-privacy` | counts | counts |
/// | `scope` `research`, `adr` | says nothing | says nothing |
/// | another scope, or none | says nothing | counts |
/// | no purpose named | grants nothing | closes every purpose |
/// | no channel named | grants nothing | closes every channel |
/// | a code that the tables do not list | grants nothing by it | closes everything of its kind |
/// | `actor`, `securityLabel`, `data`, `dataPeriod` | grants nothing | counts in full |
/// | an `action`, and none of them is `use` | grants nothing | counts in full |
/// | `period` | begins and expires with it | counts from the start, for good |
/// | a `period` that cannot be read | grants nothing | counts in full |
/// | no `dateTime` | grants nothing | counts from `meta.lastUpdated`, else from ever |
///
/// A nested provision is an exception to the one around it, within what that one speaks of: a permit inside
/// a denial opens what it names, a denial inside a permit closes it. Of two exceptions side by side the
/// denial holds. A constraint of a provision also limits the exceptions inside it.
///
/// The order of events is that of time. A date is its first second for a grant and its last for a denial,
/// so that of two records of one day the denial holds. A wide denial with exceptions is said one second
/// before them.
struct ConsentMapping {
  private let purposes: [Purpose]
  private let channels: [Channel]
  private let purposeMapping: PurposeMapping
  private let channelMapping: ChannelMapping

  /// Makes the mapping for the purposes and channels that consents may name.
  init(purposes: [Purpose], channels: [Channel]) {
    self.purposes = purposes
    self.channels = channels
    purposeMapping = PurposeMapping(purposes: purposes)
    channelMapping = ChannelMapping(channels: channels)
  }

  /// The events of one active record, wide denials first, in the order of purposes and channels.
  func events(of statement: ConsentStatement, zone: Zone, now: Instant) -> [ConsentEvent] {
    let scope = Set((statement.scope?.coding ?? []).compactMap(\.code))
    guard scope.isDisjoint(with: ["research", "adr"]) else { return [] }
    let mayGrant = !scope.isDisjoint(with: ["treatment", "patient-privacy"])
    let grantedAt = mayGrant ? statement.saidAt?.earliest(in: zone) : nil
    let deniedAt = statement.saidAt.map { min($0.end(in: zone), now) } ?? statement.changedAt ?? .earliest
    let table = VerdictTable(purposes: purposes, channels: channels) { purpose, channel in
      verdict(statement, ConsentCell(purpose, channel), zone: zone, grantedAt: grantedAt)
    }
    return table.events(deniedAt: deniedAt) { kind, purpose, channel, at, expiresAt in
      ConsentEvent(
        evidence: statement.evidence, kind: kind, purpose: purpose, channel: channel, at: at,
        expiresAt: expiresAt,
        source: statement.giver.source, grantor: statement.giver.relation, method: .record,
        wording: statement.wording, wordingLanguage: statement.wordingLanguage,
        reference: statement.reference, isScopeStated: kind != .revoked || statement.giver.isScopeStated)
    }
  }

  // MARK: - One purpose by one channel

  private func verdict(
    _ statement: ConsentStatement, _ cell: ConsentCell, zone: Zone, grantedAt: Instant?
  ) -> ConsentVerdict? {
    guard let root = statement.root else { return statement.base == .deny ? .denied : nil }
    return verdict(root, rule: statement.base, within: [], cell, zone: zone, grantedAt: grantedAt)
  }

  /// What a provision says of a cell, exceptions applied; nil when it does not speak of it.
  private func verdict(
    _ provision: ConsentResource.Provision, rule: ConsentStatement.Rule?, within: [ConsentResource.Provision],
    _ cell: ConsentCell, zone: Zone, grantedAt: Instant?
  ) -> ConsentVerdict? {
    let chain = within + [provision]
    let exceptions = (provision.provision ?? []).compactMap { child in
      verdict(
        child, rule: child.type.flatMap(ConsentStatement.Rule.init(rawValue:)), within: chain, cell,
        zone: zone,
        grantedAt: grantedAt)
    }
    if exceptions.contains(.denied) { return .denied }
    let windows = exceptions.flatMap { $0.windows }
    if !windows.isEmpty { return .granted(windows) }
    switch rule {
    case .deny: return chain.allSatisfy { closes($0, cell) } ? .denied : nil
    case .permit:
      guard let grantedAt else { return nil }
      return window(chain, cell, zone: zone, grantedAt: grantedAt).map { .granted([$0]) }
    case nil: return nil
    }
  }

  private func closes(_ provision: ConsentResource.Provision, _ cell: ConsentCell) -> Bool {
    let purposeCodes = provision.purpose ?? []
    let isPurpose =
      purposeCodes.isEmpty
      || purposeCodes.contains { code in
        switch purposeMapping.closes(code) {
        case .everything: true
        case .only(let closed): cell.purpose.map { closed.contains($0) } ?? false
        }
      }
    let channelCodes = channelCodes(provision)
    let isChannel =
      channelCodes.isEmpty
      || channelCodes.contains { code in
        guard let closed = channelMapping.entry(code)?.closes else { return true }
        return cell.channel.map { closed.contains($0) } ?? false
      }
    return isPurpose && isChannel
  }

  /// When a permit, seen with all the provisions around it, grants a cell; nil when it does not.
  private func window(
    _ chain: [ConsentResource.Provision], _ cell: ConsentCell, zone: Zone, grantedAt: Instant
  ) -> ConsentWindow? {
    guard let purpose = cell.purpose, let channel = cell.channel,
      chain.contains(where: { !($0.purpose ?? []).isEmpty }),
      chain.contains(where: { !channelCodes($0).isEmpty })
    else { return nil }
    var window = ConsentWindow(from: grantedAt, until: nil)
    for provision in chain {
      let purposeCodes = provision.purpose ?? []
      let channelCodes = channelCodes(provision)
      guard !isConstrained(provision),
        purposeCodes.isEmpty || purposeCodes.contains(where: { purposeMapping.opens($0).contains(purpose) }),
        channelCodes.isEmpty
          || channelCodes.contains(where: { channelMapping.entry($0)?.opens.contains(channel) ?? false }),
        window.narrow(to: provision.period, zone: zone)
      else { return nil }
    }
    return window
  }

  /// Whether a provision is limited by something that outreach cannot weigh.
  private func isConstrained(_ provision: ConsentResource.Provision) -> Bool {
    let actions = provision.action ?? []
    return !(provision.actor ?? []).isEmpty || !(provision.securityLabel ?? []).isEmpty
      || !(provision.data ?? []).isEmpty || provision.dataPeriod != nil
      || !(actions.isEmpty || actions.contains { $0.has("use") })
  }

  /// The codes that say how a person may be reached; a concept in words only is a code that nobody knows.
  private func channelCodes(_ provision: ConsentResource.Provision) -> [FHIR.Coding] {
    (provision.class ?? []) + (provision.code ?? []).flatMap { $0.coding ?? [FHIR.Coding()] }
  }
}
