-- What the clinic allows. A campaign can narrow it and never widen it.
-- Each rule says where it comes from and when somebody last looked.

return policy {
  name = "us-primary-care",

  -- By the patient's own clock, in every zone the patient may be in. 08:00 to 21:00 is the law's bound.
  quiet_hours = {
    from = "09:00", to = "20:00",
    days = { "mon", "tue", "wed", "thu", "fri", "sat" },
    federal_holidays = true,
    source = "47 CFR 64.1200(c)(1), and the window that all but two states' solicitation laws share",
    checked_on = "2026-11-22",
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
  },

  -- How old the last import may be when a message goes out.
  facts = { maximum_age = "3 days", appointment = "1 day", source = "our choice" },

  -- How long a number counts as the patient's after the last sign that it is.
  contact = { fresh_for = "540 days", source = "our choice" },

  message = { characters = 160, expires_after = "7 days", source = "47 CFR 64.1200(a)(9)(iv)(E)" },

  -- A patient who has written in is not talked over.
  reply = { hold = "1 hour", source = "our choice" },
}
