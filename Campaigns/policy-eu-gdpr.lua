-- What the clinic allows, for a clinic in the European Union: a start, to be put in place of policy.lua.
-- Not legal advice. What is marked "to be checked" was not compared with the text of the law.

return policy {
  name = "eu-gdpr",

  -- By the patient's own clock. No law of the Union says when a message of care may go out; these hours are a
  -- choice, and rest on the public holidays of every place where the patient may be.
  quiet_hours = {
    { name = "everywhere", from = "09:00", to = "20:00", days = { "mon", "tue", "wed", "thu", "fri", "sat" },
      rest_on = { "local" }, source = "our choice" },
    -- France: marketing texts not from 22:00 to 08:00, on Sundays or public holidays. Messages of care are
    -- not bound by it; a vendor may take one with a stop word for marketing all the same.
    { name = "France", places = { "FR" }, from = "08:00", to = "21:00",
      days = { "mon", "tue", "wed", "thu", "fri", "sat" }, rest_on = { "local" },
      source = "developers.brevo.com, transactional SMS", checked_on = "2026-11-22" },
  },

  -- All campaigns together, by any channel of the telephone; e-mail and the app apart.
  caps = {
    { limit = 1, per = "calendar day", channels = { "sms", "voice" }, source = "our choice" },
    { limit = 1, per = "24 hours", channels = { "sms", "voice" }, source = "our choice" },
    { limit = 3, per = "7 days", channels = { "sms", "voice" }, source = "our choice" },
    { limit = 1, per = "calendar day", channels = { "email", "app" }, source = "our choice" },
    { limit = 1, per = "24 hours", channels = { "email", "app" }, source = "our choice" },
    { limit = 3, per = "7 days", channels = { "email", "app" }, source = "our choice" },
  },

  fatigue = {
    { channels = { "sms" }, limit = 10, per = "365 days",
      source = "Steiner 2021, JAMA Netw Open 4(3):e213479", checked_on = "2026-11-22" },
    { channels = { "voice" }, limit = 2, per = "365 days",
      source = "Steiner 2021, JAMA Netw Open 4(3):e213479", checked_on = "2026-11-22" },
  },

  -- Accuracy: what is known must be kept up to date.
  facts = { maximum_age = "3 days", appointment = "1 day", source = "GDPR Art. 5(1)(d), to be checked" },
  contact = { fresh_for = "365 days", source = "GDPR Art. 5(1)(d), to be checked; the days are our choice" },

  message = { characters = 160, expires_after = "7 days", same_text_after = "2 days", source = "our choice" },

  -- Data minimisation: no more than the purpose needs, and health itself only where somebody asks for it.
  disclosure = { sms = "logistics", voice = "generic", email = "logistics", app = "logistics", unasked = "generic",
    source = "GDPR Art. 5(1)(c) and 9, to be checked; the tiers are our choice" },
  content = { sender = { "sms", "voice", "email", "app" }, call_back = { "sms", "voice", "email" }, grade = 6,
    grade_warning = 5, source = "GDPR Art. 12(1) and 13(1)(a), to be checked; the grades are our choice" },

  -- A patient who has written in is not talked over.
  reply = { hold = "1 hour", source = "our choice" },

  -- Consent is given for a purpose and a channel, can be shown, and is as easy to take back as to give: a
  -- bare stop ends everything, and nobody has to find out what to write to end more.
  revocation = { scope = "all", source = "GDPR Art. 7(1), 7(3) and 9(2)(a), to be checked" },

  majority = { age = 18, source = "the age of majority in most of the Union, to be checked" },
}
