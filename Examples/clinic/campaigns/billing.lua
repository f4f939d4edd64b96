-- What this program does not send: billing is no purpose of care, so the guard refuses each message.

return campaign {
  id       = "billing",
  title    = "Open balances",
  owner    = "Accounts",
  purpose  = "billing",
  channels = { "sms" },
  uses     = { "age", "hypertension" },

  messages = {
    please_call = {
      en = "Hi {$patient.first_name}, it's {$clinic.name}. Please call us at {$clinic.phone}. {$opt_out}",
      es = "Hola {$patient.first_name}, es {$clinic.name}. Llame al {$clinic.phone}. {$opt_out}",
    },
  },

  audience = function(patient)
    return patient.age >= 18 and patient:has("hypertension")
  end,

  decide = function(patient)
    return send("please_call")
  end,
}
