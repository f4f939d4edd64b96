import OutreachCore
import Testing

@Suite struct PurposeTests {
  @Test func `the closed list is the eight purposes of the rule, in its order`() {
    #expect(
      Purpose.all.map(\.rawValue) == [
        "appointment", "wellness", "registration", "preoperative", "lab_result", "post_discharge",
        "prescription",
        "home_care",
      ])
  }

  @Test func `a policy knows the closed list and what it adds, and no more`() {
    var policy = Policy()
    #expect(Purpose.all.allSatisfy(policy.purposes.contains))
    for refused in ["billing", "marketing", "survey", "", "Prescription"] {
      #expect(!policy.purposes.contains(Purpose(refused)))
    }
    policy.addedPurposes = [AddedPurpose(Purpose("survey"))]
    #expect(policy.purposes.contains(Purpose("survey")))
    #expect(!policy.purposes.contains(Purpose("billing")))
  }
}
