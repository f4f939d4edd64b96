/// A message text as its grammar reads it, before anybody has asked what its names mean.
///
/// It is the data model of Unicode MessageFormat 2 (LDML 48, part 9), with the place of every part.
package struct MessageModel: Hashable, Sendable {
  /// What stands before the patterns, in order.
  package var declarations: [Declaration] = []
  /// What the variants are chosen by; empty where there is one pattern.
  package var selectors: [Variable] = []
  /// The patterns with their keys; one without keys where nothing is chosen.
  package var variants: [Variant] = []

  /// A name that stands for a value.
  package struct Declaration: Hashable, Sendable {
    /// The name, without `$`.
    package var name: String
    /// What it stands for.
    package var value: Expression
    /// Whether it names a value from outside, as `.input` does, and no new one.
    package var isInput: Bool
    /// Where it is written.
    package var range: Range<Int>
  }

  /// A name with `$`.
  package struct Variable: Hashable, Sendable {
    /// The name, without `$`.
    package var name: String
    /// Where it is written.
    package var range: Range<Int>
  }

  /// A name or a literal.
  package enum Operand: Hashable, Sendable {
    /// The value of a name.
    case variable(Variable)
    /// The text itself.
    case literal(String, Range<Int>)
  }

  /// What is done with a value.
  package struct Function: Hashable, Sendable {
    /// Its name, without `:`.
    package var name: String
    /// Its options, in order.
    package var options: [Option]
    /// Where its name is written.
    package var range: Range<Int>
  }

  /// One option of a function.
  package struct Option: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// Its value.
    package var value: Operand
    /// Where it is written.
    package var range: Range<Int>
  }

  /// A value in braces.
  package struct Expression: Hashable, Sendable {
    /// What is said; nil where a function makes it of nothing.
    package var operand: Operand?
    /// How it is said; nil is as it is.
    package var function: Function?
    /// The names of its attributes, which say nothing to anybody but translators.
    package var attributes: [String]
    /// Where it is written, with its braces.
    package var range: Range<Int>
  }

  /// A part of a pattern.
  package enum Part: Hashable, Sendable {
    /// Words, and where they are written.
    case text(String, Range<Int>)
    /// A value.
    case expression(Expression)
    /// A mark such as `{#b}`, and where it is written.
    case markup(Range<Int>)
  }

  /// What a variant is chosen for.
  package enum Key: Hashable, Sendable {
    /// Everything that no other variant serves.
    case any
    /// A value.
    case literal(String)
  }

  /// A pattern with its keys.
  package struct Variant: Hashable, Sendable {
    /// One for each selector.
    package var keys: [Key]
    /// Where the keys are written.
    package var keyRange: Range<Int>
    /// What is said.
    package var parts: [Part]
  }
}

/// Something that is wrong with a text.
public struct MessageFault: Hashable, Sendable {
  /// The rule that it breaks.
  public var rule: CheckRule
  /// Where it is in the text, in bytes of UTF-8.
  public var range: Range<Int>
  /// What is wrong, and what would be right.
  public var sentence: String

  /// Makes a fault.
  public init(_ rule: CheckRule, _ range: Range<Int>, _ sentence: String) {
    self.rule = rule
    self.range = range
    self.sentence = sentence
  }
}
