extension TierChoice {
  /// Chooses how much a message may show to one patient.
  ///
  /// Somebody whose birth date is not on record is taken for an adult, as everywhere in the guard.
  init(
    for patient: GuardedPatient, of programme: RestrictedProgramme?, by contact: ContactChoice,
    on channel: Channel,
    in places: [Jurisdiction], _ environment: GuardEnvironment
  ) {
    let wish = patient.preferences.disclosure
    var question = Question(
      rule: environment.policy.disclosure.inForce(on: environment.today), channel: channel,
      programme: programme,
      wish: wish)
    if let birthDate = patient.facts.birthDate {
      let age = birthDate.age(on: environment.today)
      // Nobody is of age later than at twenty-one (Miss. Code § 1-3-27).
      let majority = environment.policy.majority.inForce(on: environment.today)?.highestAge(in: places) ?? 21
      question.isMinor = age < majority
    }
    // Only who wants more than most is asked for proof.
    if let wish, wish > .generic, case .usable(_, let point) = contact,
      let requirement = environment.policy.contact.inForce(on: environment.today)
    {
      let standing = patient.standing(
        of: point, on: channel, requirement: requirement, zone: environment.clinicZone, at: environment.now)
      if case .verified = standing.state { question.isVerified = true }
    }
    self.init(question)
  }
}
