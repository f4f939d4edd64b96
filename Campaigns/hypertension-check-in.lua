-- Invites people whose last blood pressure was high to a short visit.
--
-- 180 and above is never texted: a person calls. Nobody is invited who has a visit
-- booked, or who was invited in the last four weeks.

return campaign {
  id       = "hypertension-check-in",
  title    = "Hypertension: invitation to a short visit",
  owner    = "Chronic Care Team",
  purpose  = "wellness",
  channels = { "sms", "voice" },
  schedule = { every = "1 day", at = "10:00" },
  uses     = { "age", "hypertension", "systolic", "appointment", "history" },

  messages = {
    check_in = {
      en = "Hi {$patient.first_name}, it's {$clinic.name}. It is time for a short visit with us. "
        .. "Reply R for a call, or call {$clinic.phone}. {$opt_out}",
      es = "Hola {$patient.first_name}, {$clinic.name}: le toca una cita. "
        .. "Llame al {$clinic.phone} o envíe R. {$opt_out}",
      voice = {
        en = "This is {$clinic.name}. It is time for a short visit with us. "
          .. "Please call us at {$clinic.phone}. Again, our number is {$clinic.phone}. {$opt_out}",
        es = "Le llamamos de {$clinic.name}. Ya le toca una visita corta. Llámenos al {$clinic.phone}. "
          .. "Nuestro número es {$clinic.phone}. {$opt_out}",
      },
      replies = {
        R = { code = "call_me", task = "call_back" },
      },
    },
  },

  audience = function(patient)
    return patient.age >= 18 and patient:has("hypertension")
  end,

  decide = function(patient)
    local reading = patient:latest("systolic", "mm[Hg]")
    if not reading or reading.days_ago > 180 then return skip("no reading in the last 180 days") end
    if reading.value >= 180 then
      return task("call_back", { about = reading, due = "1 day" })
    end
    if reading.value < 150 then return end

    local visit = patient:next_appointment()
    if visit and visit.status == "booked" then return skip("a visit is booked") end

    local invited = patient:last_sent("check_in")
    if invited and invited.days_ago < 28 then return skip("invited in the last four weeks") end

    return send("check_in", { about = reading })
  end,
}
