import OutreachCore
import OutreachScripting
import Testing

struct MeasurementMemberTests {
  private func observed(
    _ value: Double, _ unit: String, _ at: String = "2026-11-20T12:00:00Z", code: String = "4548-4",
    id: String = "O/1"
  ) -> Observation {
    Observation(
      id: ResourceID(id), codes: [Coding(.loinc, code)], value: value, unit: unit, at: Fixture.instant(at))
  }

  private func latest(_ observations: [Observation], _ set: String = "hba1c", _ unit: String = "%") throws
    -> String
  {
    var facts = PatientFacts()
    facts.observations = observations
    return try Fixture.say(
      """
      (function()
        local m = p:latest('\(set)', '\(unit)')
        if not m then return 'none' end
        local value = m.value
        return (value and string.format('%.2f', value) or 'nil') .. ' ' .. m.unit .. ' ' .. m.on .. ' ' .. m.days_ago
      end)()
      """, of: facts)
  }

  @Test func `the latest measurement of the set counts, up to now`() throws {
    let old = observed(8, "%", "2026-01-01T12:00:00Z", id: "O/9")
    let new = observed(7, "%", "2026-11-20T12:00:00Z", id: "O/1")
    let planned = observed(5, "%", "2026-11-23T16:00:01Z", id: "O/2")
    #expect(try latest([old, new, planned]) == "7.00 % 2026-11-20 3")
    #expect(try latest([new, old]) == "7.00 % 2026-11-20 3")
    #expect(try latest([observed(7, "%", code: "2339-0")]) == "none")
    #expect(try latest([]) == "none")
  }

  @Test func `of two measurements at one instant the one with the later identifier counts`() throws {
    let (first, second) = (observed(7, "%", id: "O/1"), observed(8, "%", id: "O/2"))
    #expect(try latest([first, second]) == "8.00 % 2026-11-20 3")
    #expect(try latest([second, first]) == "8.00 % 2026-11-20 3")
  }

  @Test(arguments: [
    (53.0, "mmol/mol", "%", "4548-4", "hba1c", "7.00"), (7.0, "%", "mmol/mol", "59261-8", "hba1c", "53.00"),
    (5.5, "mmol/L", "mg/dL", "2339-0", "glucose", "99.09"),
    (180.0, "mg/dl", "mmol/l", "2339-0", "glucose", "9.99"),
    (120.0, "mmHg", "mm[Hg]", "8480-6", "systolic", "120.00"),
    (120.0, "", "mm[Hg]", "8480-6", "systolic", "nil"),
    (5.5, "mmol/L", "mg/dL", "8480-6", "systolic", "nil"), (7.0, "mg/dL", "%", "4548-4", "hba1c", "nil"),
  ])
  func `a value is converted where that is certain, and nil otherwise`(
    value: Double, from: String, to: String, code: String, set: String, expected: String
  ) throws {
    #expect(try latest([observed(value, from, code: code)], set, to).hasPrefix("\(expected) \(to) "))
  }

  @Test func `a value in a unit that cannot be converted is value_missing when it is compared`() throws {
    var facts = PatientFacts()
    facts.observations = [observed(7, "furlong")]
    let failure = try Fixture.failure(
      "if patient:latest('hba1c', '%').value > 6 then return skip('x') end", of: facts)
    #expect(failure.reason == .valueMissing)
    #expect(failure.field == "measurement.value")
  }

  @Test func `days are counted on the clinic's calendar`() throws {
    #expect(try latest([observed(7, "%", "2026-11-23T05:59:00Z")]) == "7.00 % 2026-11-22 1")
    #expect(try latest([observed(7, "%", "2026-11-23T06:00:00Z")]) == "7.00 % 2026-11-23 0")
  }

  @Test func `latest without a unit is refused`() throws {
    let failure = try Fixture.failure("return skip(tostring(patient:latest('hba1c')))")
    #expect(
      failure.message == "latest takes the unit of the value too, such as patient:latest(\"hba1c\", \"%\")")
  }
}
