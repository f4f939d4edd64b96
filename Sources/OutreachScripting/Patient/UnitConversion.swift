import OutreachCore

/// Says a measurement in another unit, where that is certain.
enum UnitConversion {
  /// The value in the unit; nil where the two units are not known to measure the same thing.
  ///
  /// Units are UCUM's; a few customary spellings of them are read as such. Between amounts of substance and of mass
  /// the factor depends on the substance, so the measurement's LOINC code must name it.
  static func value(of observation: Observation, in unit: String) -> Double? {
    guard observation.value.isFinite else { return nil }
    let from = canonical(observation.unit)
    let to = canonical(unit)
    if from == to { return from.isEmpty ? nil : observation.value }
    if let factor = factors[Pair(from, to)] { return observation.value * factor }
    if let factor = factors[Pair(to, from)] { return observation.value / factor }
    if isAny(of: hba1c, observation) {
      // The master equation between IFCC (mmol/mol) and NGSP (%), https://ngsp.org/ifcc.asp.
      if from == "mmol/mol", to == "%" { return 0.09148 * observation.value + 2.152 }
      if from == "%", to == "mmol/mol" { return (observation.value - 2.152) / 0.09148 }
    }
    if isAny(of: glucose, observation) {
      // The molar mass of glucose is 180.156 g/mol.
      if from == "mmol/L", to == "mg/dL" { return observation.value * 18.0156 }
      if from == "mg/dL", to == "mmol/L" { return observation.value / 18.0156 }
    }
    return nil
  }

  private struct Pair: Hashable {
    let from: String
    let to: String
    init(_ from: String, _ to: String) {
      self.from = from
      self.to = to
    }
  }

  /// Factors that hold whatever is measured.
  private static let factors: [Pair: Double] = [
    Pair("[lb_av]", "kg"): 0.453_592_37, Pair("kg", "g"): 1_000, Pair("[in_i]", "cm"): 2.54,
    Pair("m", "cm"): 100,
  ]

  /// Haemoglobin A1c in blood: NGSP, by HPLC, IFCC.
  private static let hba1c = ["4548-4", "17856-6", "4549-2", "59261-8"].map { Coding(.loinc, $0) }
  /// Glucose in blood, serum or plasma, by mass and by substance, at any time and fasting.
  private static let glucose = ["2339-0", "2345-7", "1558-6", "41653-7", "15074-8", "14749-6", "14771-0"]
    .map { Coding(.loinc, $0) }

  private static func isAny(of codings: [Coding], _ observation: Observation) -> Bool {
    observation.codes.contains(where: codings.contains)
  }

  private static func canonical(_ unit: String) -> String {
    switch unit {
    case "mmHg", "mm Hg": "mm[Hg]"
    case "mg/dl": "mg/dL"
    case "mmol/l": "mmol/L"
    case "lb", "lbs": "[lb_av]"
    case "in": "[in_i]"
    case "percent": "%"
    default: unit
    }
  }
}
