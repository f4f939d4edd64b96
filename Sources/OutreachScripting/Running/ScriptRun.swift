import Lua
import OutreachCore

/// What one interpreter's scripts reach of the host: the environment, and the patient at hand.
///
/// One object serves one interpreter. ``begin(_:shared:now:)`` starts each patient; nothing of the one before
/// is left then.
final class ScriptRun: Host {
  let environment: ScriptEnvironment
  let clinicZone: Zone
  let names: FactNames
  let matchers: [SetMatcher]
  let functions: [any HostFunction]
  /// What the campaign may do; nil while its file loads.
  var campaign: CampaignLimits?
  /// Where the file's variables get their values, for failures; nil while it loads.
  var assignments: AssignmentLines?
  /// The table that the file gave to `campaign`.
  var campaignTable: Table?

  private var entry: (any PatientEntry)?
  private var openedFacts: OpenedFacts?
  private var readSet: ReadSet
  private var places: [ResourceID: Place] = [:]
  private(set) var shared = SharedResources()
  private(set) var now = Instant.earliest
  private(set) var today = CivilDate.earliest
  /// The facts handed to the script, by slot.
  var facts: [FactObject] = []
  /// The instants handed to the script, by slot.
  var instants: [ZonedInstant] = []
  /// What the script has made with `send`, `task` and `skip`, by slot.
  var items: [Proposal.Item] = []
  private var chance: ChanceSequence?
  /// The fact whose absence made a host function refuse.
  var missing: String?

  init(_ environment: ScriptEnvironment, clinicZone: Zone, functions: [any HostFunction]) {
    self.environment = environment
    self.clinicZone = clinicZone
    self.functions = functions
    names = FactNames(clinic: environment.clinic, valueSets: environment.valueSets)
    matchers = environment.valueSets.sets.map(SetMatcher.init)
    readSet = ReadSet(count: names.names.count)
  }

  /// Turns to the next patient.
  func begin(_ entry: any PatientEntry, shared: SharedResources, now: Instant) {
    self.entry = entry
    self.shared = shared
    openedFacts = nil
    readSet.removeAll()
    // Most patients leave these as they were, and emptying what is empty takes its time too.
    if !places.isEmpty { places.removeAll(keepingCapacity: true) }
    if !facts.isEmpty { facts.removeAll(keepingCapacity: true) }
    if !instants.isEmpty { instants.removeAll(keepingCapacity: true) }
    if !items.isEmpty { items.removeAll(keepingCapacity: true) }
    missing = nil
    if self.now != now {
      self.now = now
      today = clinicZone.date(at: now)
    }
    chance = nil
  }

  /// The patient's next random number in a campaign; the sequence is made when the first one is drawn.
  func drawChance(in campaign: CampaignID) -> Double {
    let patient = entry?.handle.rawValue ?? ""
    var sequence = chance ?? ChanceSequence(campaign: campaign.rawValue, patient: patient)
    defer { chance = sequence }
    return sequence.next()
  }

  /// Lets go of the patient.
  func end() {
    entry = nil
    openedFacts = nil
    if !facts.isEmpty { facts.removeAll(keepingCapacity: true) }
    if !items.isEmpty { items.removeAll(keepingCapacity: true) }
  }

  /// The names of the facts that the script has read.
  var read: [String] { readSet.list(names) }

  // MARK: What is read

  /// Notes that a fact is read, and refuses when the campaign has not declared it.
  func note(_ fact: FactNames.Fixed) throws { try note(names.position(of: fact)) }

  /// Notes that a fact is read, by its position among the names.
  func note(_ position: Int) throws {
    if let uses = campaign?.uses, !uses[position] {
      throw HostError(Self.beyondUses(names.names[position]))
    }
    readSet.insert(position)
  }

  static func beyondUses(_ name: String) -> String {
    "'\(name)' is not among the facts this campaign uses; add it to uses = {…} if the campaign needs it"
  }

  /// The facts of the patient as far as is needed, opened when they are first read.
  func patientFacts(atLeast extent: FactsExtent = .all) throws -> OpenedFacts {
    if let openedFacts, openedFacts.extent >= extent { return openedFacts }
    guard let entry else { throw HostError("there is no patient while the file loads") }
    let facts = OpenedFacts(try entry.facts(atLeast: extent), extent)
    openedFacts = facts
    return facts
  }

  /// The instant and day of the run; they are not known while the file loads.
  func requireRunning() throws {
    guard entry != nil else {
      throw HostError("this is not known while the file loads; use it inside 'audience' or 'decide'")
    }
  }

  /// Refuses because a fact is not on record.
  func missing(_ name: String) -> HostError {
    missing = name
    return HostError("'\(name)' is not on record")
  }

  /// The place of an appointment and its zone.
  func place(_ location: ResourceID?) -> Place {
    guard let location, let record = shared.locations[location] else {
      return Place(name: nil, zoneName: environment.clinic.timeZone, zone: clinicZone)
    }
    if let place = places[location] { return place }
    let zoneName = record.timeZone ?? environment.clinic.timeZone
    let place = Place(
      name: record.name, zoneName: zoneName, zone: try? environment.zones.zone(named: zoneName).get())
    places[location] = place
    return place
  }

  // MARK: Objects

  func hand(_ fact: FactObject, as kind: ObjectKind) -> Value {
    facts.append(fact)
    return .object(kind.reference(facts.count - 1))
  }

  func hand(_ instant: Instant, in zone: Zone) -> Value {
    instants.append(ZonedInstant(instant: instant, zone: zone))
    return .object(ObjectKind.instant.reference(instants.count - 1))
  }

  func hand(_ item: Proposal.Item) -> Value {
    items.append(item)
    return .object(ObjectKind.proposal.reference(items.count - 1))
  }

  /// The fact behind an object; nil for objects of other kinds.
  func fact(_ reference: ObjectReference) -> FactObject? {
    switch ObjectKind(reference) {
    case .refill, .appointment, .encounter, .measurement, .contact: facts[Int(reference.slot)]
    default: nil
    }
  }

  /// The instant behind an object; nil for objects of other kinds.
  func instant(_ reference: ObjectReference) -> ZonedInstant? {
    switch ObjectKind(reference) {
    case .instant: instants[Int(reference.slot)]
    case .now: ZonedInstant(instant: now, zone: clinicZone)
    default: nil
    }
  }

  // MARK: Host

  func read(_ object: ObjectReference, field: Int) throws -> Value {
    let slot = Int(object.slot)
    switch ObjectKind(object) {
    case .patient: return try read(PatientField.all[field])
    case .refill: return read(RefillField.all[field], of: facts[slot])
    case .appointment: return read(AppointmentField.all[field], of: facts[slot])
    case .encounter: return read(EncounterField.all[field], of: facts[slot])
    case .measurement: return read(MeasurementField.all[field], of: facts[slot])
    case .contact: return read(ContactField.all[field], of: facts[slot])
    case .instant: return read(InstantField.all[field], of: instants[slot])
    case .clinic: return read(ClinicField.all[field])
    case .today:
      try requireRunning()
      return read(TodayField.all[field])
    case .now:
      try requireRunning()
      return read(InstantField.all[field], of: ZonedInstant(instant: now, zone: clinicZone))
    case .fields, .proposal, .campaign, nil: throw HostError("this object has no fields")
    }
  }

  func read(_ object: ObjectReference, name: String) throws -> Value {
    guard ObjectKind(object) == .fields else { throw HostError("this object has no field '\(name)'") }
    return try readField(named: name)
  }

  func call(_ object: ObjectReference, method: Int, _ arguments: borrowing Arguments) throws -> Value {
    guard ObjectKind(object) == .patient else { throw HostError("this object has no methods") }
    let method = PatientMethod.all[method]
    let facts = try patientFacts(atLeast: method == .has ? .problems : .all)
    switch method {
    case .has: return try has(arguments, facts)
    case .takes: return try takes(arguments, facts)
    case .latest: return try latest(arguments, facts)
    case .refill: return try refill(arguments, facts)
    case .appointments: return try appointments(arguments, facts)
    case .nextAppointment: return try nextAppointment(facts)
    case .encounters: return try encounters(arguments, facts)
    case .immunized: return try immunized(arguments, facts)
    case .lastSent: return try lastSent(arguments, facts)
    case .sentCount: return try sentCount(arguments, facts)
    case .replied: return try replied(arguments, facts)
    }
  }

  func call(function: Int, _ arguments: borrowing Arguments) throws -> Value {
    try functions[function].call(arguments, in: self)
  }
}

/// The facts of one patient.
///
/// An object, because a record is a dozen lists and copying it costs a dozen counts of references a question.
final class OpenedFacts {
  let record: PatientFacts
  let extent: FactsExtent

  init(_ record: PatientFacts, _ extent: FactsExtent) {
    self.record = record
    self.extent = extent
  }
}

/// What a loaded campaign may do, as its host functions ask for it.
struct CampaignLimits {
  var id: CampaignID
  /// The messages, with the kind of fact that their texts need.
  var messages: [String: SubjectKind?]
  var channels: [Channel]
  var repeats: Bool
  /// For each fact by position whether it may be read; nil where all may be.
  var uses: [Bool]?

  init(_ campaign: Campaign, names: FactNames) {
    id = campaign.id
    channels = campaign.channels
    repeats = campaign.repeatAfter != nil
    uses = campaign.uses.map { uses in names.names.map(uses.contains) }
    messages = [:]
    for (id, message) in campaign.messages {
      let fields = message.variants.flatMap { $0.body.fields.union($0.subject?.fields ?? []) }
      messages.updateValue(fields.lazy.compactMap(\.subject).first, forKey: id.rawValue)
    }
  }
}
