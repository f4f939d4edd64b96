/// The random numbers of one patient in one campaign: the same on every machine and in every run.
///
/// The seed is the 64-bit FNV-1a hash of the UTF-8 bytes of the campaign's id, one zero byte, and the patient's
/// handle. Each number is the next output of SplitMix64 from that seed; its upper 53 bits make a fraction from
/// 0 up to 1. Neither a campaign nor a patient changes what another draws.
struct ChanceSequence {
  private var state: UInt64

  init(campaign: String, patient: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ byte: UInt8) {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01B3
    }
    campaign.utf8.forEach(mix)
    mix(0)
    patient.utf8.forEach(mix)
    state = hash
  }

  /// The next number, at least 0 and less than 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) * 0x1p-53
  }
}
