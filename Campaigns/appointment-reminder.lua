-- Reminds of a booked visit twice: three days before and the day before.
--
-- The texts name the day and never say "tomorrow": a reminder can be put off over a
-- Sunday or a holiday. It is void as soon as the visit is moved or cancelled.

return campaign {
  id       = "appointment-reminder",
  title    = "Reminders of booked visits",
  owner    = "Front Desk",
  purpose  = "appointment",
  channels = { "sms", "voice" },
  priority = 2,
  schedule = { every = "1 day", at = "09:30" },
  uses     = { "appointment" },

  messages = {
    three_days = {
      en = "Hi {$patient.first_name}, it's {$clinic.name}. Your visit is {$appointment.date} at "
        .. "{$appointment.time}. Reply C to confirm, R for a call. {$clinic.phone}. {$opt_out}",
      es = "Hola {$patient.first_name}, {$clinic.name}: cita {$appointment.date}, {$appointment.time}. "
        .. "C=sí, R=llamada. {$clinic.phone}. {$opt_out}",
      voice = {
        en = "This is {$clinic.name}. You have a visit on {$appointment.date} at {$appointment.time}. "
          .. "To change it, call us at {$clinic.phone}. {$opt_out}",
        es = "Le llamamos de {$clinic.name}. Tiene una cita el {$appointment.date} "
          .. "a las {$appointment.time}. Para cambiarla, llámenos al {$clinic.phone}. {$opt_out}",
      },
      replies = {
        C = { code = "confirmed" },
        R = { code = "call_me", task = "call_back" },
      },
    },
    day_before = {
      en = "Hi {$patient.first_name}, {$clinic.name} will see you {$appointment.date} "
        .. "at {$appointment.time}. Reply R if you need a call. {$clinic.phone}. {$opt_out}",
      es = "Hola {$patient.first_name}, {$clinic.name} le espera: {$appointment.date}, {$appointment.time}. "
        .. "R=llámenme. {$clinic.phone}. {$opt_out}",
      voice = {
        en = "This is {$clinic.name}. We will see you on {$appointment.date} at {$appointment.time}. "
          .. "To change it, call us at {$clinic.phone}. {$opt_out}",
        es = "Le llamamos de {$clinic.name}. Le esperamos el {$appointment.date} a las {$appointment.time}. "
          .. "Para cambiarla, llámenos al {$clinic.phone}. {$opt_out}",
      },
      replies = {
        R = { code = "call_me", task = "call_back" },
      },
    },
  },

  audience = function(patient)
    return patient:next_appointment() ~= nil
  end,

  decide = function(patient)
    local visit = patient:next_appointment()
    if visit.status ~= "booked" then return skip("the visit is not booked") end
    if visit.days_until > 4 then return end

    local last = send("day_before", {
      about = visit, due = before(visit, "1 day"), expires = visit.starts_at,
    })
    -- Booked at short notice: one reminder is enough.
    if visit.days_until < 2 then return last end

    return {
      send("three_days", { about = visit, due = before(visit, "3 days"), expires = before(visit, "1 day") }),
      last,
    }
  end,
}
