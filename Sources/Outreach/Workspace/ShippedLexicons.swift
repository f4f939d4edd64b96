import CLexicon
public import OutreachCore

extension LexiconCatalogue {
  /// The lexicons that come with the program: English and Spanish.
  ///
  /// A list with a fault leaves the catalogue empty, and then no message compiles.
  public static let shipped: LexiconCatalogue =
    (try? LexiconCatalogue(
      Lists(
        lay: [
          "en": bytes(clexicon_lay_en_pointer(), clexicon_lay_en_size),
          "es": bytes(clexicon_lay_es_pointer(), clexicon_lay_es_size),
        ],
        ordinary: ["en": bytes(clexicon_ordinary_en_pointer(), clexicon_ordinary_en_size)],
        diagnoses: bytes(clexicon_diagnoses_pointer(), clexicon_diagnoses_size),
        drugs: bytes(clexicon_drugs_pointer(), clexicon_drugs_size)))) ?? LexiconCatalogue()

  private static func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }
}
