import Foundation

/// Words of the synthetic clinic that identify a patient and must not be seen.
struct Canaries {
  private let words: Set<String>

  /// Family names, greetings by given name, telephone numbers, addresses and source identifiers of the synthetic clinic.
  static func ofExampleClinic() throws -> Canaries {
    var words: Set<String> = []
    let text = try String(contentsOfFile: "\(Program.root)/Examples/clinic/Patient.ndjson", encoding: .utf8)
    for line in text.split(separator: "\n") {
      guard let patient = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        continue
      }
      if let id = patient["id"] as? String { words.insert(id) }
      for name in patient["name"] as? [[String: Any]] ?? [] {
        if let family = name["family"] as? String, family.count >= 5 { words.insert(family) }
        // A given name alone can be any word; as the texts greet somebody it can be nothing else.
        for given in name["given"] as? [String] ?? [] { words.formUnion(["Hi \(given),", "Hola \(given),"]) }
      }
      for contact in patient["telecom"] as? [[String: Any]] ?? [] {
        guard let value = contact["value"] as? String, value.count >= 7 else { continue }
        words.insert(value)
        let digits = value.filter(\.isNumber)
        if digits.count >= 10 { words.insert(String(digits.suffix(10))) }
      }
      for address in patient["address"] as? [[String: Any]] ?? [] {
        for line in address["line"] as? [String] ?? [] where line.count >= 6 { words.insert(line) }
        if let city = address["city"] as? String, city.count >= 8 { words.insert(city) }
      }
    }
    // The clinic itself and the zones' cities are no secret.
    let open = try String(contentsOfFile: "\(Program.root)/Examples/clinic/clinic.lua", encoding: .utf8)
    let zones = TimeZone.knownTimeZoneIdentifiers.joined().replacing("_", with: " ")
    return Canaries(words: words.filter { !open.contains($0) && !zones.contains($0) })
  }

  private init(words: Set<String>) { self.words = words }

  /// The words that a text contains.
  func found(in text: String) -> [String] { words.filter(text.contains).sorted() }
}
