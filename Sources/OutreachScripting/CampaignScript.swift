import Lua
public import OutreachCore

/// A campaign that is loaded and ready to be asked about patients.
///
/// One object is one interpreter: it serves one worker at a time. What a script keeps from one patient is gone
/// before the next.
public final class CampaignScript {
  /// The campaign as its file declares it.
  public let campaign: Campaign
  private let interpreter: Interpreter
  private let run: ScriptRun
  private let audience: FunctionReference?
  private let decide: FunctionReference
  private let audiencePosition: SourcePosition
  private let decidePosition: SourcePosition

  private init(
    contents: CampaignTable.Contents, interpreter: Interpreter, run: ScriptRun,
    position: (String) -> SourcePosition
  ) {
    campaign = contents.campaign
    audience = contents.audience
    decide = contents.decide
    audiencePosition = position("audience")
    decidePosition = position("decide")
    self.interpreter = interpreter
    self.run = run
  }

  /// Loads a campaign's file and checks everything that can be known without a patient.
  ///
  /// - Parameters:
  ///   - source: the file's bytes.
  ///   - file: the path that findings and failures name.
  ///   - contentHash: the hash of the file, which approvals and plans name it by.
  ///   - environment: the clinic, its policy and its sets.
  /// - Returns: the campaign, unless there is an error among the findings.
  public static func load(
    _ source: [UInt8], file: String, contentHash: String, in environment: ScriptEnvironment
  ) -> Reading<CampaignScript> {
    let list = FindingList(source, file: file, function: "campaign")
    guard let clinicZone = clinicZone(of: environment, list) else { return list.reading(nil) }
    guard let functions = functions(of: environment, list) else { return list.reading(nil) }
    let run = ScriptRun(environment, clinicZone: clinicZone, functions: functions)
    let interpreter: Interpreter
    let result: Value
    do {
      interpreter = try Interpreter(
        limits: environment.limits, types: ObjectKind.types, functions: functions.map(\.name), host: run)
      for (name, kind) in [("clinic", ObjectKind.clinic), ("today", .today), ("now", .now)] {
        try interpreter.setGlobal(name, .object(kind.reference()))
      }
      result = try interpreter.load(source: list.source, chunkName: file)
    } catch {
      var finding = error.finding(in: file)
      if let name = ["clinic", "policy", "valuesets"].first(where: { error.message.contains("'\($0)'") }) {
        finding.message += "; a file that returns \(name) {…} is a workspace's settings and no campaign"
      }
      list.add(finding)
      return list.reading(nil)
    }
    guard let table = run.campaignTable, result == .object(ObjectKind.campaign.reference()) else {
      list.add("the file must end in 'return campaign {…}'")
      return list.reading(nil)
    }
    let map = list.map
    for repetition in map.repetitions {
      list.error(.key, at: repetition.offset, "'\(repetition.key)' is given twice")
    }
    let reader = TableReader(
      table, node: map.root, what: "the campaign", list: list, fallback: map.root?.valueOffset ?? 0)
    let contents = CampaignTable(table: reader, environment: environment, names: run.names)
      .read(contentHash: contentHash)
    checkCode(of: table, reader, run)
    guard let contents, !list.hasErrors else { return list.reading(nil) }
    run.campaign = CampaignLimits(contents.campaign, names: run.names)
    run.assignments = AssignmentLines(tokens: map.tokens, lines: map.lines)
    return list.reading(
      CampaignScript(contents: contents, interpreter: interpreter, run: run) { key in
        map.position(map.root?[key]?.keyOffset ?? 0)
      })
  }

  private static func clinicZone(of environment: ScriptEnvironment, _ list: FindingList) -> Zone? {
    switch environment.zones.zone(named: environment.clinic.timeZone) {
    case .success(let zone): return zone
    case .failure(let error):
      list.add("the clinic's zone: \(error)")
      return nil
    }
  }

  /// The functions of the program and of the embedding one, nil when two have one name.
  private static func functions(of environment: ScriptEnvironment, _ list: FindingList) -> [any HostFunction]?
  {
    var functions = HostFunctions.all
    for function in environment.functions {
      if !Name.isIdentifier(function.name) {
        list.add(
          "'\(function.name)', which the embedding program adds, is no name; use small letters, digits and '_'"
        )
      } else if (functions.map(\.name) + StaticCheck.globals).contains(function.name) {
        list.add("'\(function.name)', which the embedding program adds, is the name of something else")
      }
      functions.append(EmbeddedFunction(function: function))
    }
    return list.hasErrors ? nil : functions
  }

  private static func checkCode(of table: Table, _ reader: TableReader, _ run: ScriptRun) {
    let map = reader.list.map
    let node = map.root?["messages"]
    let messages: [(name: String, offset: Int)]
    if case .table(let entries)? = table["messages"] {
      messages = entries.fields.compactMap { field in
        guard case .string(let name) = field.key else { return nil }
        return (name, node?[name]?.keyOffset ?? reader.offset)
      }
    } else {
      messages = []
    }
    var uses: Set<String>?
    if case .table(let list)? = table["uses"] {
      uses = Set(list.array.compactMap { if case .string(let name) = $0 { name } else { nil } })
    }
    StaticCheck(
      tokens: map.tokens, list: reader.list, environment: run.environment, names: run.names,
      functions: run.functions.map(\.name), messages: messages, uses: uses
    ).run()
  }

  /// Asks the campaign about one patient.
  ///
  /// - Parameters:
  ///   - patient: the patient; the facts are opened only when the script reads one.
  ///   - shared: places and medications that the facts refer to.
  ///   - now: the instant for which to decide.
  /// - Returns: what the script proposes; nil when the patient is outside the audience.
  /// - Throws: ``ScriptFailure`` when the script fails for this patient; ``ScriptJobFailure``, or what the entry or
  ///   an embedding program's function threw, when the job cannot go on.
  public func propose(
    for patient: any PatientEntry, shared: SharedResources, at now: Instant
  ) throws -> Proposal? {
    if let pilot = campaign.pilot, !pilot.contains(patient.handle) { return nil }
    run.begin(patient, shared: shared, now: now)
    defer { run.end() }
    interpreter.beginGeneration()
    let object = ObjectKind.patient.reference()
    do {
      if let audience {
        switch try interpreter.call(audience, object) {
        case .boolean(true): break
        case .boolean(false), .null: return nil
        case let other:
          throw run.nonsense(
            "'audience' must return true or false, not \(other.kindInWords)", audiencePosition)
        }
      }
      let items = try run.items(of: interpreter.call(decide, object), position: decidePosition)
      return Proposal(items: items, read: run.read)
    } catch let error as LuaError {
      throw run.failure(of: error, file: campaign.position.file)
    }
  }
}
