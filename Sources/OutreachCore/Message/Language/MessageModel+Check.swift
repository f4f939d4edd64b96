extension MessageModel {
  /// The errors of the data model that MessageFormat 2 names, in the order of the text.
  package func faults() -> [MessageFault] {
    var faults = declarationFaults() + optionFaults()
    if !selectors.isEmpty { faults += selectorFaults() + variantFaults() }
    return faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// 'Duplicate Declaration': a name that is declared twice, or that was used before as one from outside.
  private func declarationFaults() -> [MessageFault] {
    var faults: [MessageFault] = []
    var taken: Set<String> = []
    for declaration in declarations {
      // What a declaration mentions counts as known from then on, its own name too.
      var mentioned = declaration.value.names
      if declaration.isInput { mentioned.removeFirst() }
      if taken.contains(declaration.name) || mentioned.contains(declaration.name) {
        faults.append(
          MessageFault(
            .declaration, declaration.range,
            "'$\(declaration.name)' is declared twice, or used before it is declared; declare it once, first")
        )
      }
      taken.insert(declaration.name)
      taken.formUnion(mentioned)
    }
    return faults
  }

  /// 'Duplicate Option Name'.
  private func optionFaults() -> [MessageFault] {
    functions.flatMap { function in
      function.options.indices.compactMap { index in
        let option = function.options[index]
        guard function.options[..<index].contains(where: { $0.name == option.name }) else { return nil }
        return MessageFault(
          .option, option.range, "the option '\(option.name)' is given twice; give it once")
      }
    }
  }

  /// 'Missing Selector Annotation'.
  private func selectorFaults() -> [MessageFault] {
    selectors.compactMap { selector in
      guard !isAnnotated(selector.name) else { return nil }
      return MessageFault(
        .selector, selector.range,
        "nothing says how '$\(selector.name)' is compared; write .input {$\(selector.name) :string} before '.match'"
      )
    }
  }

  private func isAnnotated(_ name: String) -> Bool {
    var name = name
    // A chain is no longer than the list: each name is declared after those that it mentions.
    for _ in 0...declarations.count {
      guard let declaration = declarations.last(where: { $0.name == name }) else { return false }
      if declaration.value.function != nil { return true }
      guard case .variable(let variable)? = declaration.value.operand, variable.name != name else {
        return false
      }
      name = variable.name
    }
    return false
  }

  /// 'Variant Key Mismatch', 'Missing Fallback Variant' and 'Duplicate Variant'.
  private func variantFaults() -> [MessageFault] {
    var faults: [MessageFault] = []
    var seen: Set<[Key]> = []
    for variant in variants {
      if variant.keys.count != selectors.count {
        faults.append(
          MessageFault(
            .variant, variant.keyRange,
            "this variant has \(variant.keys.count) key\(variant.keys.count == 1 ? "" : "s"), and '.match' chooses by "
              + "\(selectors.count); give one for each, or *"))
      } else if !seen.insert(variant.keys).inserted {
        faults.append(
          MessageFault(
            .variant, variant.keyRange, "an earlier variant has the same keys; take one of the two out"))
      }
    }
    // Stars only, if too many or too few, are meant for everything else, and their own fault is on the list.
    let hasFallback = variants.contains { variant in variant.keys.allSatisfy { $0 == .any } }
    if !hasFallback, let last = variants.last {
      let stars = selectors.map { _ in "*" }.joined(separator: " ")
      faults.append(
        MessageFault(
          .fallback, last.keyRange, "no variant serves everything else; add \(stars) {{…}} at the end"))
    }
    return faults
  }

  /// Every function in the text, in no order.
  private var functions: [Function] {
    declarations.compactMap(\.value.function)
      + variants.flatMap(\.parts).compactMap { part in
        if case .expression(let expression) = part { expression.function } else { nil }
      }
  }
}

extension MessageModel.Expression {
  /// The names that it mentions, that of its operand first.
  package var names: [String] {
    var names: [String] = []
    if case .variable(let variable)? = operand { names.append(variable.name) }
    for option in function?.options ?? [] {
      if case .variable(let variable) = option.value { names.append(variable.name) }
    }
    return names
  }
}
