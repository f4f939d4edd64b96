-- Asks people who came home from a hospital stay for a short call, from two to seven
-- days after they left.
--
-- The text does not speak of the stay. Who may not be texted, and who does not answer
-- within two days, is called by a person.

return campaign {
  id       = "post-discharge-follow-up",
  title    = "Follow-up after a hospital stay",
  owner    = "Care Transitions",
  purpose  = "post_discharge",
  channels = { "sms", "voice" },
  priority = 1,
  schedule = { every = "1 day", at = "10:00" },
  uses     = { "encounter", "history" },

  messages = {
    check_in = {
      en = "Hi {$patient.first_name}, it's {$clinic.name}. It is time for a short call with us. "
        .. "Reply R for a call, or call {$clinic.phone}. {$opt_out}",
      es = "Hola {$patient.first_name}, es {$clinic.name}. Hablemos un momento. "
        .. "Llame al {$clinic.phone} o envíe R. {$opt_out}",
      voice = {
        en = "This is {$clinic.name}. It is time for a short call with us. "
          .. "Please call us at {$clinic.phone}. Again, our number is {$clinic.phone}. {$opt_out}",
        es = "Le llamamos de {$clinic.name}. Queremos hablar un momento con usted. "
          .. "Llámenos al {$clinic.phone}. Nuestro número es {$clinic.phone}. {$opt_out}",
      },
      replies = {
        R = { code = "call_me", task = "call_back" },
      },
    },
  },

  audience = function(patient)
    return #patient:encounters { within = "14 days", kind = "IMP" } > 0
  end,

  decide = function(patient)
    -- The stay that ended last; one that goes on has no end yet.
    local stay
    for _, each in ipairs(patient:encounters { within = "14 days", kind = "IMP" }) do
      if each.days_since_end and (not stay or each.days_since_end < stay.days_since_end) then
        stay = each
      end
    end
    if not stay or stay.days_since_end > 7 then return end

    local call = task("call_back", { about = stay, due = "1 day" })
    local sent = patient:last_sent("check_in")
    if sent and sent.days_ago <= stay.days_since_end then
      if sent.days_ago >= 2 and not patient:replied("check_in", { about = stay }) then return call end
      return skip("asked, and may still answer")
    end

    return send("check_in", {
      about = stay,
      due = after(stay, "2 days"),
      expires = after(stay, "7 days"),
      on_refused = call,
    })
  end,
}
