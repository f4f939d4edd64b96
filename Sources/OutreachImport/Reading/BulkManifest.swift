import FoundationEssentials
import OutreachCore

/// The manifest that a bulk export leaves beside its files (https://hl7.org/fhir/uv/bulkdata/export.html).
struct BulkManifest: Decodable {
  struct Output: Decodable {
    var type: String?
    var url: String?
  }

  var transactionTime: String?
  var output: [Output]?
  var deleted: [Output]?

  /// Decodes a manifest; nil when it is none.
  init?(_ bytes: [UInt8]) {
    guard let manifest = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
    self = manifest
  }

  /// When the server took the state of affairs that the files hold.
  var asOf: Instant? { transactionTime.flatMap { Instant(rfc3339: $0) } }

  /// The names of the NDJSON files that belong to the export, as far as their addresses end in one.
  var fileNames: [String] {
    ((output ?? []) + (deleted ?? [])).compactMap(\.url).map(InputFiles.name)
      .filter { name in
        // Anything else is an address by query, and is not repeated in a fault.
        name.hasSuffix(".ndjson") && name.utf8.allSatisfy { (0x2D...0x7A).contains($0) && $0 != 0x3F }
      }
  }
}
