#!/bin/sh
# Removes one clause of the guard at a time and expects the tests to notice.
#
# A copy of OutreachCore is changed so that every mutant is in it behind a switch, built once with the tests
# of the guard and what it looks at, and run once for each mutant with that one switched on. A mutant that the
# tests let pass, or whose place in the source is gone, fails the run.
#
# Usage: Scripts/mutate.sh [NAME...]     without names all mutants; MUTATE_DIR keeps the scratch folder
#
# The mutants are in Scripts/mutants/*.txt, in lines of three kinds:
#   == FILE           the file below Sources/OutreachCore that the next lines change
#   NAME: OLD => NEW  a change; OLD stands there exactly once. In NEW, @ is the mutant's switch and <> is OLD; \n is
#                     a line break in both. A name may have several changes.
#   RULES             the mutants that each rule of the guard has: see below
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=${MUTATE_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/outreach-mutate.XXXXXX")}
if [ -z "${MUTATE_DIR:-}" ]; then trap 'rm -rf "$work"' EXIT INT TERM; fi
core="$work/Sources/OutreachCore"
tests="$work/Tests/OutreachCoreTests"
mkdir -p "$work"
rm -rf "$work/Sources" "$work/Tests" "$work/logs"
mkdir -p "$work/Sources" "$tests" "$work/logs"
mkdir -p "$work/Sources/CLexicon"
cp -R "$root/Sources/CLexicon/data" "$work/Sources/CLexicon/data"
cp -R "$root/Sources/OutreachCore" "$core"
for folder in Guard Policy Consent Contact Traps Message Approval Outbox; do
  cp -R "$root/Tests/OutreachCoreTests/$folder" "$tests/$folder"
done

cat > "$work/Package.swift" <<'MANIFEST'
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "mutants",
  targets: [
    .target(name: "OutreachCore"),
    .testTarget(name: "OutreachCoreTests", dependencies: ["OutreachCore"]),
  ],
  swiftLanguageModes: [.v6]
)
for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
MANIFEST

cat > "$core/Mutant.swift" <<'SWITCH'
import FoundationEssentials

/// Whether a mutant is switched on.
func mutant(_ name: StaticString) -> Bool { name.utf8CodeUnitCount == activeMutant.count && isActive(name) }

private func isActive(_ name: StaticString) -> Bool { "\(name)" == activeMutant }

/// A rule's answer, unless the mutant is on that lets it allow everything.
func outcome(of rule: any GuardRule & Sendable, _ guarded: GuardCase) -> RuleOutcome {
  !activeMutant.isEmpty && "\(type(of: rule))-allows" == activeMutant ? .allow("") : rule.outcome(guarded)
}

private let activeMutant = ProcessInfo.processInfo.environment["MUTANT"] ?? ""
SWITCH

# Each rule taken out of the guard, left in the trail but allowing everything, and, where the time or the state of
# things at a later instant matters to it, left out of the search for that instant or of the look ahead at it.
rules() {
  # With a rule left out the trail is one shorter.
  echo 'shared: decision.rules[Self.capRule].detail => decision.rules[decision.rules.count - 1].detail'
  echo 'shared: decision.rules[index] = => decision.rules[min(index, decision.rules.count - 1)] ='
  echo 'shared: known[place] ?? rule.outcome(guarded) => known[place] ?? outcome(of: rule, guarded)'
  echo 'shared: = rule.outcome(guarded) else { continue } => = outcome(of: rule, guarded) else { continue }'
  echo 'shared: Self.rules[index].outcome(guarded) => outcome(of: Self.rules[index], guarded)'
  for rule in Facts Patient Approval Purpose Consent Contact Content Occurrence Repetition Due Reply QuietHours \
    FrequencyCap; do
    printf '%s\n' "no-$rule: (place, rule) in Self.rules.enumerated() { => <>\\n      if @, rule is ${rule}Rule { continue }"
    printf '%s\n' "${rule}Rule-allows:"
  done
  for rule in Facts Patient Purpose Consent Contact Content Repetition; do
    printf '%s\n' "ahead-$rule: (index, rule) in Self.rules.enumerated() { => <>\\n      if @, rule is ${rule}Rule { continue }"
  done
  echo '== Guard/Deferral.swift'
  for rule in Due Reply QuietHours FrequencyCap; do
    printf '%s\n' "${rule}Rule-at-once: for rule in rules { => <>\\n        if @, rule is ${rule}Rule { continue }"
  done
  echo '== Guard/Guard.swift'
}

cat "$root"/Scripts/mutants/*.txt | while IFS= read -r line; do
  if [ "$line" = RULES ]; then rules; else printf '%s\n' "$line"; fi
done > "$work/changes"

cat > "$work/change.pl" <<'CHANGE'
use strict;
use warnings;
my ($core, $file, $text, $missing, %seen) = (shift, "", "", 0);
sub save {
  return if $file eq "";
  open my $out, ">", "$core/$file" or die "$file: $!";
  print $out $text;
}
while (<STDIN>) {
  chomp;
  next if /^\s*(#|$)/;
  if (/^== (\S+)$/) {
    save();
    $file = $1;
    open my $in, "<", "$core/$file" or die "$file: $!";
    local $/;
    $text = <$in>;
    next;
  }
  my ($name, $change) = /^([\w-]+): ?(.*)$/ or die "what is '$_'?\n";
  print "$name|$file\n" unless $seen{$name}++ or $name eq "shared";
  next if $change eq "";
  my ($old, $new) = split / => /, $change, 2;
  s/\\n/\n/g for $old, $new;
  $new =~ s/\@/mutant("$name")/g;
  $new =~ s/<>/$old/g;
  my $places = () = $text =~ /\Q$old\E/g;
  if ($places != 1) {
    print STDERR "$name: its text is in $file $places times\n";
    $missing++;
  }
  $text =~ s/\Q$old\E/$new/;
}
save();
exit($missing ? 1 : 0);
CHANGE
perl "$work/change.pl" "$core" < "$work/changes" > "$work/mutants"

cd "$work"
echo "building $(grep -c . mutants) mutants into one program"
if ! swift build -c release --build-tests > logs/build.log 2>&1; then
  grep -E 'error:' logs/build.log | head -20 >&2
  exit 1
fi

# A tenth of the property loops is enough, and is green without a mutant.
OUTREACH_TEST_SCALE=${OUTREACH_TEST_SCALE:-0.1}
export OUTREACH_TEST_SCALE
cat > try.sh <<'TRY'
#!/bin/sh
# Runs the tests with a mutant switched on, or with none, and tells in a line what they made of it.
if MUTANT=$1 SWIFT_BACKTRACE=enable=no timeout 120 .build/release/mutantsPackageTests.xctest \
  --testing-library swift-testing > "logs/${1:-none}.log" 2>&1; then
  result=SURVIVED
else
  result="red, $(grep -c 'recorded an issue' "logs/$1.log") findings"
fi
printf '%-24s %-30s %s\n' "$1" "$2" "$result"
TRY
if ! sh try.sh '' '' | grep -q SURVIVED; then
  echo 'the tests fail without a mutant; mend them first' >&2
  exit 1
fi

wanted=" $* "
while IFS='|' read -r name file; do
  case "$wanted" in '  ' | *" $name "*) printf '%s %s\n' "$name" "$file" ;; esac
done < mutants > chosen
if [ ! -s chosen ]; then
  echo 'no mutant has that name' >&2
  exit 2
fi
printf '%-24s %-30s %s\n' mutant file result
xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 2 sh try.sh < chosen | tee results
survivors=$(grep -c 'SURVIVED$' results || true)
printf '%s mutants, %s survived\n' "$(grep -c . results)" "$survivors"
[ "$survivors" -eq 0 ]
