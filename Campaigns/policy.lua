-- What the clinic allows, for a primary-care clinic in the United States. A campaign can narrow it and never
-- widen it. Not legal advice: have it read by somebody who knows the law where your patients live.
--
-- Every rule can say where it comes from (source), when somebody last compared it (checked_on) and between
-- which days it holds (from_date, until_date). Nothing is sent under a rule that has ended; look it up and
-- put in its next version beside it.

local every_day = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }
local not_sundays = { "mon", "tue", "wed", "thu", "fri", "sat" }
local weekdays = { "mon", "tue", "wed", "thu", "fri" }

-- Tables of state laws that others keep, where the law itself was not at hand.
local drop_cowboy = "dropcowboy.com/state-compliance, 1 Nov 2025"
local click_point = "leadmanagerhelp.clickpointsoftware.com, article 5753977"
local referrizer = "support.referrizer.com, calling hours by state"

return policy {
  name = "us-primary-care",

  -- By the patient's own clock, in every zone and place where the patient may be. Lines of one name complete
  -- each other; different names hold together. 08:00 to 21:00 is the law's bound and cannot be widened.
  quiet_hours = {
    { name = "everywhere", from = "09:00", to = "20:00", days = not_sundays, rest_on = { "federal" },
      source = "47 CFR 64.1200(c)(1), and the window that all but two states' solicitation laws share",
      checked_on = "2026-11-22" },

    -- The states' laws are about calls and texts that sell, which messages of care are not. They cost little
    -- inside the line above, and they hold when somebody widens it. Left out are Kentucky (10:00–21:00) and
    -- Rhode Island (09:00–18:00, Saturday 10:00–17:00), which bind unsolicited sales only and would take five
    -- hours off every day; and states whose hours nobody could confirm.
    -- Alabama: a holiday on a Sunday rests on Monday too, one on a Saturday on Friday too.
    { name = "Alabama", places = { "US-AL" }, from = "08:00", to = "20:00", days = not_sundays,
      rest_on = { "local" }, source = drop_cowboy, checked_on = "2026-11-22" },
    -- Connecticut: some say 21:00; the narrower of the two.
    { name = "Connecticut", places = { "US-CT" }, from = "09:00", to = "20:00", days = every_day,
      source = "PA 23-98, by " .. drop_cowboy, checked_on = "2026-11-22" },
    { name = "Florida", places = { "US-FL" }, from = "08:00", to = "20:00", days = every_day,
      source = "Fla. Stat. 501.616(6)", checked_on = "2026-11-22" },
    { name = "Illinois", places = { "US-IL" }, channels = { "voice" }, from = "09:00", to = "21:00",
      days = every_day, source = click_point, checked_on = "2026-11-22" },
    -- Louisiana: holds even where a customer has agreed.
    { name = "Louisiana", places = { "US-LA" }, from = "08:00", to = "20:00", days = not_sundays,
      rest_on = { "local" }, source = "La. R.S. 45:844.31 and General Order R-29617, section V",
      checked_on = "2026-11-22" },
    { name = "Maryland", places = { "US-MD" }, from = "08:00", to = "20:00", days = every_day,
      source = "Md. Com. Law 14-4502", checked_on = "2026-11-22" },
    { name = "Massachusetts", places = { "US-MA" }, from = "08:00", to = "20:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "Michigan", places = { "US-MI" }, from = "09:00", to = "21:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "Minnesota", places = { "US-MN" }, from = "09:00", to = "21:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    -- Mississippi: Central Standard Time all year, as the law says. Another of its laws says 21:00; the
    -- narrower of the two. Holidays are open since June 2024.
    { name = "Mississippi", places = { "US-MS" }, from = "08:00", to = "20:00", days = not_sundays,
      clock = "Etc/GMT+6", source = "Miss. Code 77-3-723", checked_on = "2026-11-22" },
    -- Nebraska: about recorded voices only. Holidays are open in the afternoon; closed here.
    { name = "Nebraska", places = { "US-NE" }, channels = { "voice" }, from = "08:00", to = "21:00",
      days = not_sundays, rest_on = { "local" }, source = "291 NAC 11, section 3",
      checked_on = "2026-11-22" },
    { name = "Nebraska", places = { "US-NE" }, channels = { "voice" }, from = "13:00", to = "21:00",
      days = { "sun" }, source = "291 NAC 11, section 3", checked_on = "2026-11-22" },
    { name = "Nevada", places = { "US-NV" }, from = "09:00", to = "20:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "New Jersey", places = { "US-NJ" }, from = "08:00", to = "20:00", days = every_day,
      source = referrizer, checked_on = "2026-11-22" },
    { name = "New Mexico", places = { "US-NM" }, from = "09:00", to = "21:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "Oklahoma", places = { "US-OK" }, from = "08:00", to = "20:00", days = every_day,
      source = drop_cowboy, checked_on = "2026-11-22" },
    -- Pennsylvania: what is said of its weekends contradicts itself; this is open in every reading.
    { name = "Pennsylvania", places = { "US-PA" }, from = "08:00", to = "21:00", days = weekdays,
      rest_on = { "local" }, source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "Pennsylvania", places = { "US-PA" }, from = "08:00", to = "12:00", days = { "sat" },
      rest_on = { "local" }, source = drop_cowboy, checked_on = "2026-11-22" },
    { name = "South Dakota", places = { "US-SD" }, from = "09:00", to = "21:00", days = weekdays,
      source = "SDCL 37-30-28", checked_on = "2026-11-22" },
    { name = "Texas", places = { "US-TX" }, from = "09:00", to = "21:00", days = not_sundays,
      source = "Texas SB 140 of 2025, by " .. referrizer, checked_on = "2026-11-22" },
    { name = "Texas", places = { "US-TX" }, from = "12:00", to = "21:00", days = { "sun" },
      source = "Texas SB 140 of 2025, by " .. referrizer, checked_on = "2026-11-22" },
    { name = "Utah", places = { "US-UT" }, from = "08:00", to = "21:00", days = not_sundays,
      rest_on = { "local" }, source = "dnc.com, holiday alerts (the hours are not confirmed)",
      checked_on = "2026-11-22" },
    { name = "Virginia", places = { "US-VA" }, from = "08:00", to = "21:00", days = every_day,
      source = "Virginia SB 1339, by mcwllc.com, 13 May 2025", checked_on = "2026-11-22" },
    { name = "Washington", places = { "US-WA" }, from = "08:00", to = "20:00", days = every_day,
      source = "RCW 19.158.040", checked_on = "2026-11-22" },
  },

  -- All campaigns together. Nobody says whether a day is a calendar day or 24 hours, so both hold.
  caps = {
    { limit = 1, per = "calendar day", channels = { "sms", "voice" },
      source = "47 CFR 64.1200(a)(9)(iv)(F)", checked_on = "2026-11-22" },
    { limit = 1, per = "24 hours", channels = { "sms", "voice" },
      source = "47 CFR 64.1200(a)(9)(iv)(F)", checked_on = "2026-11-22" },
    { limit = 3, per = "7 days", channels = { "sms", "voice" },
      source = "47 CFR 64.1200(a)(9)(iv)(F)", checked_on = "2026-11-22" },
    { limit = 1, per = "calendar day", channels = { "email", "app" }, source = "our choice" },
    { limit = 1, per = "24 hours", channels = { "email", "app" }, source = "our choice" },
    { limit = 3, per = "7 days", channels = { "email", "app" }, source = "our choice" },

    -- Never reached under the caps above; they hold for a clinic that loosens those.
    { name = "3 on one subject (Florida)", limit = 3, per = "24 hours", each = "purpose",
      channels = { "sms", "voice" }, places = { "US-FL" }, source = "Fla. Stat. 501.616(6)",
      checked_on = "2026-11-22" },
    { name = "3 on one subject (Maryland)", limit = 3, per = "24 hours", each = "purpose",
      channels = { "sms", "voice" }, places = { "US-MD" }, source = "Md. Com. Law 14-4502",
      checked_on = "2026-11-22" },
    { name = "3 on one subject (Oklahoma)", limit = 3, per = "24 hours", each = "purpose",
      channels = { "sms", "voice" }, places = { "US-OK" }, source = "15 O.S. 775C.4",
      checked_on = "2026-11-22" },
  },

  -- From here on people opt out markedly more often; somebody should look.
  fatigue = {
    { channels = { "sms" }, limit = 10, per = "365 days",
      source = "Steiner 2021, JAMA Netw Open 4(3):e213479", checked_on = "2026-11-22" },
    { channels = { "voice" }, limit = 2, per = "365 days",
      source = "Steiner 2021, JAMA Netw Open 4(3):e213479", checked_on = "2026-11-22" },
  },

  -- How old the last import may be when a message goes out.
  facts = { maximum_age = "3 days", appointment = "1 day", source = "our choice" },

  -- How long a number counts as the patient's after the last sign that it is, and an answer of the
  -- reassigned-numbers database as true. With needs_reassigned_check = true a number must have one.
  contact = { fresh_for = "540 days", reassigned = "30 days", needs_reassigned_check = false,
    source = "our choice; carriers report every month (84 FR 11226)", checked_on = "2026-11-22" },

  message = { characters = 160, expires_after = "7 days", same_text_after = "2 days",
    source = "47 CFR 64.1200(a)(9)(iv)(E); the days are our choice", checked_on = "2026-11-22" },

  -- How much messages may show: "sealed" names neither patient nor clinic, "generic" has a first name, days and
  -- the clinic's name, "logistics" also places, "overt" says what it is about. Above "generic" a patient must have
  -- asked for it. Messages of restricted programmes and about minors are always sealed.
  disclosure = { sms = "logistics", voice = "generic", email = "logistics", app = "logistics", unasked = "generic",
    source = "HHS OCR FAQ 198; the tiers are our choice" },

  -- What a message must carry, by channel. The grades are those of school years.
  content = { sender = { "sms", "voice" }, call_back = { "sms", "voice" }, grade = 6, grade_warning = 5,
    source = "47 CFR 64.1200(a)(9)(iv)(B), (b)(1) and (2); AHRQ Health Literacy Precautions, tool 11",
    checked_on = "2026-11-22" },

  -- A patient who has written in is not talked over.
  reply = { hold = "1 hour", source = "our choice" },

  -- What a bare STOP ends: "topic", "channel" or "all". Until 2027-01-30 the law asks that it end the
  -- messages that were answered ("topic" would do); from 2027-01-31 on it asks that it end all calls and
  -- texts, unless that day is put off again. Ending everything keeps both.
  revocation = {
    { scope = "all", until_date = "2027-01-30", checked_on = "2026-11-22",
      source = "47 CFR 64.1200(a)(10), its revoke-all part waived by DA 26-12; more is our choice" },
    { scope = "all", from_date = "2027-01-31", checked_on = "2026-11-22",
      source = "47 CFR 64.1200(a)(10), in force as a whole after DA 26-12" },
  },

  -- The age from which on a parent's consent no longer counts.
  majority = {
    age = 18, places = { ["US-AL"] = 19, ["US-NE"] = 19, ["US-MS"] = 21, ["US-PR"] = 21 },
    source = "Ala. Code 26-1-1, Neb. Rev. Stat. 43-2101, Miss. Code 1-3-27, Puerto Rico's Civil Code; "
      .. "all to be checked",
  },
}
