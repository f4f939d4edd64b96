#!/bin/sh
# Removes one rule of the guard at a time and expects the tests to notice.
#
# A copy of OutreachCore is changed so that every mutant is in it behind a switch, built once with the tests
# of Guard, Policy and Consent, and run once for each mutant with that one switched on. A mutant that the
# tests let pass, or whose place in the source is gone, fails the run.
#
# Usage: Scripts/mutate.sh [NAME...]     without names all mutants; MUTATE_DIR keeps the scratch folder
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=${MUTATE_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/outreach-mutate.XXXXXX")}
if [ -z "${MUTATE_DIR:-}" ]; then trap 'rm -rf "$work"' EXIT INT TERM; fi
core="$work/Sources/OutreachCore"
tests="$work/Tests/OutreachCoreTests"
mkdir -p "$work/logs"
rm -rf "$work/Sources" "$work/Tests"
mkdir -p "$work/Sources" "$tests"
cp -R "$root/Sources/OutreachCore" "$core"
for folder in Guard Policy Consent; do cp -R "$root/Tests/OutreachCoreTests/$folder" "$tests/$folder"; done

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
func mutant(_ name: String) -> Bool { activeMutant == name }

/// A rule's answer, unless the mutant is on that lets it allow everything.
func outcome(of rule: any GuardRule & Sendable, _ guarded: GuardCase) -> RuleOutcome {
  mutant("\(type(of: rule))-allows") ? .allow("") : rule.outcome(guarded)
}

private let activeMutant = ProcessInfo.processInfo.environment["MUTANT"] ?? ""
SWITCH

# name | file | sed expression; in it, @ stands for the switch of the mutant.
cat > "$work/mutants" <<'MUTANTS'
order|Guard/Guard.swift|s/for (place, rule) in Self.rules.enumerated() {/for (place, rule) in @ ? Array(Self.rules.enumerated().reversed()) : Array(Self.rules.enumerated()) {/
died|Guard/PatientRule.swift|s/if facts.isDeceased /if !@, facts.isDeceased /
replaced|Guard/PatientRule.swift|s/case .replaced: return/case .replaced: if @ { break } else { return/;/case .replaced: if/s/$/ }/
deleted|Guard/PatientRule.swift|s/case .deleted: return/case .deleted: if @ { break } else { return/;/case .deleted: if/s/$/ }/
cyclic|Guard/PatientRule.swift|s/case .cyclic: return/case .cyclic: if @ { break } else { return/;/case .cyclic: if/s/$/ }/
inactive|Guard/PatientRule.swift|s/if !facts.isActive /if !@, !facts.isActive /
test-record|Guard/PatientRule.swift|s/if facts.isTest /if !@, facts.isTest /
flag-end|Guard/PatientRule.swift|s/flag.endsAt.map { $0 > now }/flag.endsAt.map { @ ? $0 >= now : $0 > now }/
flag-start|Guard/PatientRule.swift|s/(flag.startsAt ?? now) <= now/(@ || (flag.startsAt ?? now) <= now)/
stay|Guard/PatientRule.swift|s/if facts.encounters.contains/if !@, facts.encounters.contains/
stay-end|Guard/PatientRule.swift|s/encounter.endedAt.map { $0 > now }/encounter.endedAt.map { @ || $0 > now }/
last-word|Consent/ConsentState.swift|s/if new > old /if (@ ? new < old : new > old) /
undated-refusal|Consent/ConsentState.swift|s/event.kind == .revoked \&\& event.at == .earliest/!@ \&\& event.kind == .revoked \&\& event.at == .earliest/
tie-revokes|Consent/ConsentState.swift|s/return event.kind == .revoked/return event.kind == (@ ? .granted : .revoked)/
consent-end|Consent/ConsentState.swift|s/end <= instant/@ ? end < instant : end <= instant/
any-purpose|Consent/ConsentState.swift|s/(event.purpose ?? purpose) == purpose/(@ || (event.purpose ?? purpose) == purpose)/
any-channel|Consent/ConsentState.swift|s/(event.channel ?? channel) == channel/(@ || (event.channel ?? channel) == channel)/
future-word|Consent/ConsentState.swift|s/where event.at <= instant/where (@ || event.at <= instant)/
shared|Guard/ContactRule.swift|s/if case .phone(let number) = recipient,/if !@, case .phone(let number) = recipient,/
fresh|Guard/ContactRule.swift|s/guard guarded.environment.now - evidence/guard @ || guarded.environment.now - evidence/
delivered-only|Guard/ContactRule.swift|s/ contact.status == .delivered/ (@ || contact.status == .delivered)/
unknown-channel|Guard/FrequencyCapRule.swift|s/guard own.isEmpty else/guard !@, own.isEmpty else/
work-number|Guard/ContactChoice.swift|s/case .sms: point.use != .work/case .sms: (@ || point.use != .work)/
home-number|Guard/ContactChoice.swift|s/point.use != .home)/(@ || point.use != .home))/
work-call|Guard/ContactChoice.swift|s/case .voice: point.system == .phone && point.use != .work/case .voice: point.system == .phone \&\& (@ || point.use != .work)/
former-number|Guard/ContactChoice.swift|s/point.use != .old/(@ || point.use != .old)/
first-day|Guard/ContactChoice.swift|s/(point.startsOn ?? day) <= day/(@ || (point.startsOn ?? day) <= day)/
last-day|Guard/ContactChoice.swift|s/(point.endsOn ?? day) >= day/(@ || (point.endsOn ?? day) >= day)/
landline|Guard/ContactChoice.swift|s/guard channel == .voice ?/guard @ || channel == .voice ?/
rank|Guard/ContactChoice.swift|s/point.rank ?? Int.max/@ ? 0 : point.rank ?? Int.max/
length|Guard/ContentRule.swift|s/length > limit/length > (@ ? limit + 1 : limit)/
place-zone|Guard/ContentRule.swift|s/zones.zone(named: name)/zones.zone(named: @ ? "UTC" : name)/
name-shape|Message/RenderedMessage.swift|s/guard PersonName.isNameShaped(name)/guard @ || PersonName.isNameShaped(name)/
said-by-fact|Guard/OccurrenceRule.swift|s/said.filter { $0.key?.occurrence == /said.filter { !@ \&\& $0.key?.occurrence == /
said-once|Guard/OccurrenceRule.swift|s/if candidate.intent.about == nil,/if !@, candidate.intent.about == nil,/
repeat-after|Guard/OccurrenceRule.swift|s/if last + pause > /if !@, last + pause > /
refused-for-good|Guard/OccurrenceRule.swift|s/same.filter({ $0.status != .refused })/same.filter({ @ || $0.status != .refused })/
expired|Guard/OccurrenceRule.swift|s/guard guarded.expires > environment.now/guard @ || guarded.expires > environment.now/
facts-limit|Guard/FactsRule.swift|s/guard age <= limit/guard @ || age <= limit/
facts-purpose|Policy/Policy.swift|s/factsMaximumAgeByPurpose\[purpose\] ??/(@ ? nil : factsMaximumAgeByPurpose[purpose]) ??/
approved-hash|Guard/ApprovalRule.swift|s/where approved.contains(/where @ ? !approved.isEmpty : approved.contains(/
added-purpose|Policy/Policy.swift|s/Purpose.all.contains(purpose)/@ || Purpose.all.contains(purpose)/
one-zone|Guard/QuietHoursRule.swift|s/guarded.whereabouts.zones.filter { /guarded.whereabouts.zones.prefix(@ ? 1 : 99).filter { /
no-zone|Guard/QuietHoursRule.swift|s/if let fault = guarded/if !@, let fault = guarded/
hard-bound|Policy/QuietHours.swift|s/\[Self.hardBound, window\]/[@ ? .wholeDay : Self.hardBound, window]/
own-window|Policy/QuietHours.swift|s/(narrower.map { \[$0\] } ?? \[\])/(@ ? [] : narrower.map { [$0] } ?? [])/
weekdays|Policy/QuietHours.swift|s/weekdays.contains(day.weekday) /(@ || weekdays.contains(day.weekday)) /
holidays|Policy/QuietHours.swift|s/!(restsOnFederalHolidays /!(!@ \&\& restsOnFederalHolidays /
cap-day|Policy/FrequencyCap.swift|s/== day } < limit/== day } < (@ ? limit + 1 : limit)/
cap-rolling|Policy/FrequencyCap.swift|s/span > end } < limit/span > end } < (@ ? limit + 1 : limit)/
cap-edge|Policy/FrequencyCap.swift|s/$0 + span > end }/(@ ? $0 + span >= end : $0 + span > end) }/
cap-ahead|Policy/FrequencyCap.swift|s/counted.filter { $0 >= instant/counted.filter { !@ \&\& $0 >= instant/
cap-one-zone|Policy/FrequencyCap.swift|s/return zones.allSatisfy { zone in/return zones.prefix(@ ? 1 : 99).allSatisfy { zone in/
cap-any-channel|Policy/FrequencyCap.swift|s/channel.map(channels.contains) ?? true/channel.map(channels.contains) ?? !@/
cap-together|Policy/FrequencyCap.swift|s/\[\[.sms, .voice\], \[.email, .app\]\]/(@ ? [[.sms], [.voice], [.email, .app]] : [[.sms, .voice], [.email, .app]])/
settled-together|Guard/Guard.swift|s/if let at = decision.sendAt { counted.append/if !@, let at = decision.sendAt { counted.append/
no-priority|Guard/Guard.swift|s/candidates.sorted(by: Candidate.precedes)/candidates.sorted { @ ? Candidate.precedes($1, $0) : Candidate.precedes($0, $1) }/
lapse|Guard/Guard.swift|s/try !isStillProposed(candidate, at)/try !isStillProposed(candidate, at), !@/
ahead|Guard/Guard.swift|s/guard case .suppress(let reason, let detail) = rule.outcome(guarded)/guard !@, case .suppress(let reason, let detail) = rule.outcome(guarded)/
begun-appointment|Guard/Guard.swift|s/return min(patience, appointment.startsAt)/return @ ? patience : min(patience, appointment.startsAt)/
channel-consent|Guard/Guard.swift|s/rules\[index\] is ConsentRule/(!@ \&\& rules[index] is ConsentRule)/
channel-contact|Guard/Guard.swift|s/rules\[index\] is ContactRule/(!@ \&\& rules[index] is ContactRule)/
channel-content|Guard/Guard.swift|s/rules\[index\] is ContentRule/(!@ \&\& rules[index] is ContentRule)/
asked-channel|Guard/Guard.swift|s/candidate.intent.channel.map { \[$0\] }/(@ ? nil : candidate.intent.channel.map { [$0] })/
unknown-state|Guard/Whereabouts.swift|s/fault = "the address has an unknown state"/if !@ { fault = "the address has an unknown state" }/
abroad|Guard/Whereabouts.swift|s/if identity.timeZone == nil {/if !@, identity.timeZone == nil {/
unknown-zone|Guard/Whereabouts.swift|s/fault = name == identity.timeZone/if !@ { fault = name == identity.timeZone/;/if !mutant("unknown-zone")/s/$/ }/
number-zone|Guard/Whereabouts.swift|s/if case .phone(let number)? = recipient/if !@, case .phone(let number)? = recipient/
address-zone|Guard/Whereabouts.swift|s/names += zones$/if !@ { names += zones }/
reason-none|Guard/Deferral.swift|s/uncapped == nil/(@ || uncapped == nil)/
MUTANTS
# Each rule taken out of the guard, left in the trail but allowing everything, and left out of deferral.
for rule in Facts Patient Approval Purpose Consent Contact Content Occurrence Due Reply QuietHours FrequencyCap; do
  printf '%s\n' "no-$rule|Guard/Guard.swift|s/for (place, rule) in [^{]*{/& if @, rule is ${rule}Rule { continue };/"
  printf '%s\n' "${rule}Rule-allows|Guard/Guard.swift|s/ \\(rule\\|Self.rules\\[index\\]\\)\\.outcome(guarded)/ outcome(of: \\1, guarded)/"
done >> "$work/mutants"
for rule in Due Reply QuietHours FrequencyCap; do
  printf '%s\n' "${rule}Rule-at-once|Guard/Deferral.swift|s/for rule in rules {/& if @, rule is ${rule}Rule { continue };/"
done >> "$work/mutants"

missing=0
while IFS='|' read -r name file change; do
  # The change may hold bars of its own: everything after the second is the change.
  switched=$(printf '%s\n' "$change" | sed "s/@/mutant(\"$name\")/g")
  sed "$switched" "$core/$file" > "$work/changed"
  # All rules that allow everything share one change.
  case "$name" in
    *Rule-allows) if grep -q 'outcome(of: ' "$core/$file"; then continue; fi ;;
  esac
  if cmp -s "$work/changed" "$core/$file"; then
    echo "$name: its place in $file is gone" >&2
    missing=$((missing + 1))
  fi
  cp "$work/changed" "$core/$file"
done < "$work/mutants"
[ "$missing" -eq 0 ] || exit 1

cd "$work"
echo "building $(grep -c . mutants) mutants into one program"
if ! swift build -c release --build-tests > logs/build.log 2>&1; then
  grep -E 'error:' logs/build.log | head -20 >&2
  exit 1
fi

# A tenth of the property loops is enough, and is green without a mutant.
OUTREACH_TEST_SCALE=${OUTREACH_TEST_SCALE:-0.1}
export OUTREACH_TEST_SCALE
run() { MUTANT=$1 swift test -c release --skip-build > "logs/${1:-none}.log" 2>&1; }
if ! run ''; then
  echo 'the tests fail without a mutant; mend them first' >&2
  exit 1
fi

total=0
survivors=0
wanted=" $* "
printf '%-20s %-30s %s\n' mutant file result
while IFS='|' read -r name file change; do
  case "$wanted" in '  ' | *" $name "*) ;; *) continue ;; esac
  total=$((total + 1))
  if run "$name"; then
    result=SURVIVED
    survivors=$((survivors + 1))
  else
    result="red, $(grep -c 'recorded an issue' "logs/$name.log" || true) findings"
  fi
  printf '%-20s %-30s %s\n' "$name" "$file" "$result"
done < mutants
printf '%s mutants, %s survived\n' "$total" "$survivors"
if [ "$total" -eq 0 ]; then
  echo 'no mutant has that name' >&2
  exit 2
fi
[ "$survivors" -eq 0 ]
