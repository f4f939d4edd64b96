import FoundationEssentials
import OutreachCore

/// Decodes one resource of any kind that an import reads.
struct ResourceDecoder {
  /// The kinds of resources that are read.
  ///
  /// All others are counted as not used.
  static let kinds: [String: any FHIRResource.Type] = {
    let list: [any FHIRResource.Type] = [
      PatientResource.self, ConditionResource.self, MedicationRequestResource.self, MedicationResource.self,
      MedicationDispenseResource.self, ObservationResource.self, AppointmentResource.self,
      EncounterResource.self,
      ImmunizationResource.self, LocationResource.self, FlagResource.self, ConsentResource.self,
      CommunicationResource.self,
    ]
    return Dictionary(uniqueKeysWithValues: list.map { ($0.type, $0) })
  }()

  private let decoder = JSONDecoder()

  /// Reads the resource whose text is `bytes`.
  func read(
    _ kind: any FHIRResource.Type, _ bytes: [UInt8], _ context: ReadingContext
  ) throws(ResourceFault) -> Reading {
    try decode(kind, bytes, context)
  }

  private func decode<Resource: FHIRResource>(
    _ kind: Resource.Type, _ bytes: [UInt8], _ context: ReadingContext
  ) throws(ResourceFault) -> Reading {
    let decoded: Modifiable<Resource>
    do {
      decoded = try decoder.decode(Modifiable<Resource>.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw Self.fault(error)
    } catch {
      throw ResourceFault(.notJSON)
    }
    let reading =
      try decoded.isModified ? decoded.resource.readModified(context) : decoded.resource.read(context)
    guard SensitivityLabel.withholds(Resource.type, decoded.resource.meta?.security ?? []) else {
      return reading
    }
    return reading.withheld(ResourceID("\(Resource.type)/\(decoded.resource.id ?? "")"))
  }

  /// A resource, and whether something in it may change what the rest of it means.
  private struct Modifiable<Resource: FHIRResource>: Decodable {
    var resource: Resource
    var isModified: Bool

    private enum Key: CodingKey {
      case implicitRules, modifierExtension
    }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      let rules = try members.decodeIfPresent(String.self, forKey: .implicitRules)
      let modifiers = try members.decodeIfPresent([FHIR.Extension].self, forKey: .modifierExtension)
      isModified = !(rules ?? "").isEmpty || !(modifiers ?? []).isEmpty
      resource = try Resource(from: decoder)
    }
  }

  /// Keeps the path of the error, which is made of the standard's field names, and drops its text, which
  /// may quote.
  private static func fault(_ error: DecodingError) -> ResourceFault {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context): at(context.codingPath, .wrongType)
    case .keyNotFound(let key, let context): at(context.codingPath + [key], .missing)
    case .dataCorrupted(let context) where context.codingPath.isEmpty: ResourceFault(.notJSON)
    case .dataCorrupted(let context): at(context.codingPath, .wrongType)
    @unknown default: ResourceFault(.notJSON)
    }
  }

  private static func at(_ path: [any CodingKey], _ reason: ImportReason) -> ResourceFault {
    var field = ""
    for key in path {
      if let index = key.intValue {
        field += "[\(index)]"
      } else {
        field += field.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return ResourceFault(reason, at: field.isEmpty ? nil : field)
  }
}
