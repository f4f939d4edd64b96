import OutreachCore
import Testing

@Suite struct ValueSetsTests {
  private static let sets = ValueSets([
    ValueSets.Set(
      name: "diabetes", codes: [Coding(.icd10, "E11"), Coding(.icd10, "E10.9"), Coding(.snomed, "44054006")]),
    ValueSets.Set(name: "complications", codes: [Coding(.icd10, "E11.2"), Coding(.icd10, "E11")]),
    ValueSets.Set(name: "a1c", codes: [Coding(.loinc, "4548-4")]),
  ])

  private func names(_ system: CodeSystem, _ code: String) -> [String] {
    Self.sets.indices(containing: Coding(system, code)).map { Self.sets.sets[$0].name }
  }

  @Test func `sets are in order of name, and found by it`() {
    #expect(Self.sets.names == ["a1c", "complications", "diabetes"])
    #expect(Self.sets.index(of: "diabetes") == 2)
    #expect(Self.sets.index(of: "Diabetes") == nil)
  }

  @Test func `an ICD-10 code stands for everything below it and nothing beside or above`() {
    #expect(names(.icd10, "E11") == ["complications", "diabetes"])
    #expect(names(.icd10, "E11.9") == ["complications", "diabetes"])
    #expect(names(.icd10, "E11.21") == ["complications", "diabetes"])
    #expect(names(.icd10, "E10.9") == ["diabetes"])
    #expect(names(.icd10, "E10.91") == ["diabetes"])
    #expect(names(.icd10, "E10") == [])
    #expect(names(.icd10, "E10.8") == [])
    #expect(names(.icd10, "E1") == [])
    #expect(names(.icd10, "E110") == ["complications", "diabetes"])
    #expect(names(.icd10, "E12") == [])
    #expect(names(.icd10, "") == [])
  }

  @Test func `codes of other systems stand for themselves only`() {
    #expect(names(.snomed, "44054006") == ["diabetes"])
    #expect(names(.snomed, "440540061") == [])
    #expect(names(.loinc, "4548-4") == ["a1c"])
    #expect(names(.loinc, "E11") == [])
    #expect(names(.icd10, "4548-4") == [])
  }

  @Test func `of two sets of one name the later one holds`() {
    let sets = ValueSets([
      ValueSets.Set(name: "a", codes: [Coding(.cvx, "1")]),
      ValueSets.Set(name: "a", codes: [Coding(.cvx, "2")]),
    ])
    #expect(sets.sets.count == 1)
    #expect(sets.indices(containing: Coding(.cvx, "1")) == [])
    #expect(sets.indices(containing: Coding(.cvx, "2")) == [0])
  }

  @Test func `a code twice in a set is in it once`() {
    let sets = ValueSets([ValueSets.Set(name: "a", codes: [Coding(.cvx, "1"), Coding(.cvx, "1")])])
    #expect(sets.indices(containing: Coding(.cvx, "1")) == [0])
  }
}
