import Foundation
import Outreach
import OutreachTesting
import Testing

/// The engine over the synthetic clinic, against decisions worked out by hand.
@Suite struct ExampleClinicTests {
  @Test func `every decision is the one that was worked out by hand`() throws {
    let expected = try ExampleClinic.expectations()
    try ExampleClinic.withWorkspace { workspace in
      let engine = try workspace.engine()
      for (run, expectations) in Dictionary(grouping: expected, by: { [$0.campaign, $0.at] }) {
        let script = try engine.campaign(at: ExampleClinic.file(of: run[0]))
        let now = try #require(Instant(rfc3339: run[1]))
        for expectation in expectations {
          let explanation = try engine.explain(
            .id(PatientID(expectation.patient)), campaigns: [script], at: now,
            approval: expectation.asksApproval == true ? .needed(approved: []) : .notNeeded)
          let outcome = try #require(explanation.outcomes.first)
          #expect(expectation.description == Self.summary(outcome, expectation))
        }
      }
    }
  }

  @Test func `a preview of everybody finds the same as explaining each`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let engine = try workspace.engine()
      let scripts = try ["appointment-reminder", "diabetes-adherence", "hypertension-check-in"].map {
        try engine.campaign(at: ExampleClinic.file(of: $0))
      }
      let now = try #require(Instant(rfc3339: "2026-11-23T16:00:00Z"))
      var previewed: [Decision] = []
      try engine.preview(scripts, at: now) { outcome, _ in previewed += outcome.decisions }
      var explained: [Decision] = []
      for handle in Set(previewed.map(\.patient)).sorted() {
        for outcome in try engine.explain(.handle(handle), campaigns: scripts, at: now).outcomes {
          explained += outcome.decisions
        }
      }
      #expect(previewed.count > 60)
      #expect(previewed == explained)
    }
  }

  @Test func `every reason is given to somebody`() throws {
    let given = Set(try ExampleClinic.expectations().compactMap(\.reason))
    #expect(Set(Reason.allCases.map(\.rawValue)) == given)
  }

  @Test func `the registry keeps what a source of patients promises`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let suite = PatientSourceConformance(of: workspace.patients, knownID: PatientID("lfc-001"))
      let violations = try suite.violations()
      #expect(violations == [])
    }
  }

  @Test func `patients in memory keep what a source of patients promises`() throws {
    let source = SamplePatients([SamplePatient("P-3333"), SamplePatient("P-2222")], asOf: nil)
    let suite = PatientSourceConformance(of: source, knownID: PatientID("source-of-P-3333"))
    #expect(try suite.violations() == [])
  }

  @Test func `the plan changes with what goes out and not with the minute`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let engine = try workspace.engine()
      let script = try engine.campaign(at: ExampleClinic.file(of: "diabetes-adherence"))
      let morning = try #require(Instant(rfc3339: "2026-11-23T16:00:00Z"))
      let first = try engine.preview([script], at: morning) { _, _ in }
      let minuteLater = try engine.preview([script], at: morning + .seconds(60)) { _, _ in }
      let afternoon = try engine.preview([script], at: morning + .seconds(4 * 3_600)) { _, _ in }
      #expect(first.plan == minuteLater.plan)
      #expect(first.plan != afternoon.plan)
      #expect(first.plan.count == 64)
    }
  }

  /// What an outcome came to, in the form of the expectation.
  private static func summary(_ outcome: CampaignOutcome, _ expected: ExampleClinic.Expectation) -> String {
    var actual = expected
    actual.reason = nil
    actual.message = nil
    actual.sendAt = nil
    if let decision = outcome.decisions.first(where: { $0.message?.rawValue == expected.message })
      ?? outcome.decisions.first
    {
      actual.verdict = decision.verdict.rawValue
      actual.reason = decision.reason?.rawValue
      actual.message = decision.message?.rawValue
      actual.sendAt = decision.verdict == .defer ? decision.sendAt?.rfc3339 : nil
    } else if !outcome.tasks.isEmpty {
      actual.verdict = "task"
    } else if !outcome.skips.isEmpty {
      actual.verdict = "skip"
    } else {
      actual.verdict = outcome.isInAudience ? "nothing" : "outside"
    }
    return actual.description
  }
}
