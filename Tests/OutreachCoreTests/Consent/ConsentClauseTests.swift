import OutreachCore
import Testing

/// Single clauses of the fold of consent, each of which forbids something by itself.
@Suite struct ConsentClauseTests {
  @Test func `a minor's own grant that names the number does not answer a revocation at it`() {
    let trial = ConsentTrial([
      ConsentTrial.word(.granted, "2026-01-05", by: .proxy) { $0.grantor = "parent" },
      ConsentTrial.word(.granted, "2026-11-01") { $0.number = ConsentTrial.number },
    ]) {
      $0.question.birthDate = day("2012-01-01")
      $0.numberRevocations = [ConsentTrial.word(.revoked, "2026-06-01", by: .record)]
    }
    #expect(trial.state == .numberRevoked(trial.numberRevocations[0]))
  }

  @Test func `of two grants of one instant that both end the later end counts, in either order`() {
    let grants = ["2026-11-20", "2026-12-20"].map { end in
      ConsentTrial.word(.granted, "2026-01-05") { $0.expiresAt = at("\(end)T12:00:00Z") }
    }
    #expect(ConsentTrial(grants).state == .granted(grants[1]))
    #expect(ConsentTrial(grants.reversed()).state == .granted(grants[1]))
    let longer = ["2026-12-20", "2026-12-24"].map { end in
      ConsentTrial.word(.granted, "2026-01-05") { $0.expiresAt = at("\(end)T12:00:00Z") }
    }
    #expect(ConsentTrial(longer).state == .granted(longer[1]))
    #expect(ConsentTrial(longer.reversed()).state == .granted(longer[1]))
  }

  @Test func `an unnamed proxy of somebody who is of age in one place only is taken for a parent`() {
    let grant = ConsentTrial.word(.granted, "2026-11-01", by: .proxy)
    func state(_ places: [Jurisdiction]) -> ConsentState {
      ConsentTrial([grant]) {
        $0.question.birthDate = day("2008-03-01")
        $0.question.places = places
        $0.question.majority = Dated(Majority(byPlace: [.state("AL"): 19]))
      }.state
    }
    #expect(state([.state("IL")]) == .granted(grant))
    #expect(state([.state("IL"), .state("AL")]) == .outgrown(grant, on: day("2026-03-01")))
  }

  @Test func `what is entered by hand ends a revocation only with a reference that says something`() {
    let revoked = ConsentTrial.word(.revoked, "2026-06-01")
    func state(_ reference: String?, evidence: String) -> ConsentState {
      ConsentTrial([
        revoked,
        ConsentTrial.word(.granted, "2026-11-01") {
          $0.evidence = ResourceID(evidence)
          $0.reference = reference
        },
      ]).state
    }
    for blank in [nil, "", " \t"] {
      #expect(state(blank, evidence: "Ledger/4") == .revoked(revoked))
      #expect(state(blank, evidence: "") == .revoked(revoked))
      #expect(state(blank, evidence: "Consent/4").isGranted, "an imported record is evidence itself")
    }
    #expect(state("scan 7", evidence: "Ledger/4").isGranted)
  }

  @Test func `a proxy whom nobody knows is held to the age on the day, as one of whom nothing is said`() {
    for grantor in ["mum", "Parent", "office"] {
      let grant = ConsentTrial.word(.granted, "2026-01-05", by: .proxy) { $0.grantor = grantor }
      let trial = ConsentTrial([grant]) { $0.question.birthDate = day("2008-11-20") }
      #expect(trial.state == .outgrown(grant, on: day("2026-11-20")), "\(grantor)")
    }
  }
}
