-- Reminds people with diabetes to plan their next pick-up, from five days before
-- their supply runs out until two weeks after.
--
-- To make it yours, change the owner, the days below and the words in `messages`.
-- The words never say what is picked up: others may read them on a locked phone.

return campaign {
  id       = "diabetes-adherence",
  title    = "Diabetes: pick-up reminders",
  owner    = "Chronic Care Team",
  purpose  = "prescription",
  channels = { "sms", "voice" },
  schedule = { every = "1 day", at = "10:00" },
  send_between = { "09:00", "12:00" },
  uses     = { "age", "diabetes", "refill" },

  messages = {
    refill_due = {
      en = "Hi {$patient.first_name}, it's {$clinic.name}. Let's plan your next pick-up: {$clinic.phone}. "
        .. "Reply C if all set, R for a call. {$opt_out}",
      es = "Hola {$patient.first_name}, es {$clinic.name}. Su pedido: {$clinic.phone}. "
        .. "C=listo, R=llámenme. {$opt_out}",
      voice = {
        en = "This is {$clinic.name}. Please call us at {$clinic.phone} to plan your next pick-up. "
          .. "Again, our number is {$clinic.phone}. {$opt_out}",
        es = "Le llamamos de {$clinic.name}. Llámenos al {$clinic.phone} para planear su próximo pedido. "
          .. "Nuestro número es {$clinic.phone}. {$opt_out}",
      },
      replies = {
        C = { code = "confirmed" },
        R = { code = "call_me", task = "call_back" },
      },
    },
  },

  audience = function(patient)
    return patient.age >= 18 and patient:has("diabetes")
  end,

  decide = function(patient)
    -- Of all active orders, the one that runs out first.
    local refill = patient:refill("glucose-lowering")
    if not refill then return skip("nothing to pick up") end
    if refill.days_until_due <= 5 and refill.days_until_due > -14 then
      return send("refill_due", { about = refill })
    end
  end,
}
