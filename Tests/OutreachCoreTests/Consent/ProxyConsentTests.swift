import OutreachCore
import Testing

@Suite struct ProxyConsentTests {
  private typealias Trial = ConsentTrial

  /// A patient who comes of age on 1 March 2027 in Illinois.
  private func trial(_ events: [ConsentEvent], on date: String, born: String? = "2009-03-01") -> Trial {
    Trial(events) {
      $0.question.birthDate = born.map(day)
      $0.question.now = at("\(date)T12:00:00Z")
    }
  }

  private func parent(_ date: String = "2026-01-05", _ grantor: String? = "parent") -> ConsentEvent {
    Trial.word(.granted, date, by: .proxy) { $0.grantor = grantor }
  }

  @Test(arguments: ["parent", "guardian", nil])
  func `a parent's consent ends on the day the patient comes of age`(grantor: String?) {
    let grant = parent("2026-01-05", grantor)
    #expect(trial([grant], on: "2027-02-28").state == .granted(grant))
    #expect(trial([grant], on: "2027-03-01").state == .outgrown(grant, on: day("2027-03-01")))
    #expect(trial([grant], on: "2030-01-01").state == .outgrown(grant, on: day("2027-03-01")))
  }

  @Test func `a patient born on 29 February comes of age on 1 March`() {
    let grant = parent()
    #expect(trial([grant], on: "2026-02-28", born: "2008-02-29").state == .granted(grant))
    #expect(
      trial([grant], on: "2026-03-01", born: "2008-02-29").state == .outgrown(grant, on: day("2026-03-01")))
  }

  @Test func `of several places the lowest age of majority ends a parent's consent`() {
    let grant = parent()
    var trial = trial([grant], on: "2027-06-01")
    let rule = Majority(age: 18, byPlace: [.state("AL"): 19, .state("MS"): 21])
    trial.question.majority = Dated(rule)
    for (places, isGranted) in [(["AL"], true), (["MS"], true), (["AL", "IL"], false), (["IL"], false)] {
      trial.question.places = places.map(Jurisdiction.state)
      #expect(trial.state.isGranted == isGranted, "\(places)")
    }
    trial.question.places = []
    #expect(trial.state == .outgrown(grant, on: day("2027-03-01")))
  }

  @Test func `who acts for an adult goes on to act for them`() {
    let agent = parent("2026-01-05", "health_care_agent")
    #expect(trial([agent], on: "2030-01-01").state == .granted(agent))
    #expect(trial([agent], on: "2030-01-01", born: nil).state == .granted(agent))
    // Of a proxy about whom nothing is said, the patient's age on the day decides.
    let unnamed = parent("2027-03-01", nil)
    #expect(trial([unnamed], on: "2030-01-01").state == .granted(unnamed))
    let early = parent("2027-02-28", nil)
    #expect(trial([early], on: "2030-01-01").state == .outgrown(early, on: day("2027-03-01")))
  }

  @Test func `without a birth date or a rule of majority a parent's consent does not hold`() {
    let grant = parent()
    #expect(trial([grant], on: "2026-06-01", born: nil).state == .insufficient(grant, .ageUnknown))
    var ruled = trial([grant], on: "2026-06-01")
    ruled.question.majority = Dated(Majority(), Provenance(until: day("2026-05-31")))
    #expect(ruled.state == .insufficient(grant, .ageUnknown))
  }

  @Test func `a minor's own consent does not count, even after they came of age`() {
    let own = Trial.word(.granted, "2026-01-05")
    #expect(trial([own], on: "2026-06-01").state == .insufficient(own, .minor))
    #expect(trial([own], on: "2030-01-01").state == .insufficient(own, .minor))
    let grown = Trial.word(.granted, "2027-03-01")
    #expect(trial([own, grown], on: "2027-06-01").state == .granted(grown))
  }

  @Test func `a minor's own consent counts from the age that the policy names`() {
    let own = Trial.word(.granted, "2026-01-05")
    var trial = trial([own], on: "2026-06-01")
    trial.question.majority = Dated(Majority(ownConsentFrom: 16))
    #expect(trial.state == .granted(own))
    trial.question.majority = Dated(Majority(ownConsentFrom: 17))
    #expect(trial.state == .insufficient(own, .minor))
  }

  @Test func `of several places the highest age lets somebody speak for themselves`() {
    let own = Trial.word(.granted, "2027-06-01")
    var trial = trial([own], on: "2027-07-01")
    trial.question.majority = Dated(Majority(byPlace: [.state("AL"): 19]))
    #expect(trial.state == .granted(own))
    trial.question.places = [.state("IL"), .state("AL")]
    #expect(trial.state == .insufficient(own, .minor))
  }

  @Test func `where no rule of majority holds, somebody of twenty-one speaks for themselves`() {
    let own = Trial.word(.granted, "2026-01-05")
    func state(born: String?) -> ConsentState {
      var trial = trial([own], on: "2026-06-01", born: born)
      trial.question.majority = Dated(Majority(), Provenance(from: day("2026-05-01")))
      return trial.state
    }
    #expect(state(born: "2005-01-05") == .granted(own))
    #expect(state(born: "2005-01-06") == .insufficient(own, .minor))
    #expect(state(born: nil) == .insufficient(own, .ageUnknown))
  }

  @Test func `an adult's consent counts without a birth date while there is a rule`() {
    let own = Trial.word(.granted, "2026-01-05")
    #expect(trial([own], on: "2026-06-01", born: nil).state == .granted(own))
  }

  @Test(arguments: [ConsentEvent.Source.patient, .proxy])
  func `a revocation by the minor or the parent counts, before and after majority`(
    source: ConsentEvent.Source
  ) {
    let grant = parent()
    let revocation = Trial.word(.revoked, "2026-03-01", by: source) { $0.grantor = "parent" }
    #expect(trial([grant, revocation], on: "2026-06-01").state == .revoked(revocation))
    #expect(trial([grant, revocation], on: "2030-01-01").state == .revoked(revocation))
  }

  @Test func `a minor's own word does not undo a revocation, and a parent's does while it lasts`() {
    let revocation = Trial.word(.revoked, "2026-02-01")
    let own = Trial.word(.granted, "2026-03-01")
    #expect(trial([revocation, own], on: "2026-06-01").state == .revoked(revocation))
    let again = parent("2026-04-01")
    #expect(trial([revocation, own, again], on: "2026-06-01").state == .granted(again))
    #expect(trial([revocation, own, again], on: "2027-06-01").state == .revoked(revocation))
  }

  @Test func `a record that does not say who gave it is held to no age`() {
    let grant = Trial.word(.granted, "2026-01-05", by: .record)
    #expect(trial([grant], on: "2026-06-01").state == .granted(grant))
    #expect(trial([grant], on: "2030-01-01").state == .granted(grant))
  }
}
