-- A campaign with three mistakes, each of which stops it for some patients and for nobody else:
-- a loop without an end, an error of its own, and a test result that not everybody has.

return campaign {
  id       = "faulty",
  title    = "A campaign with mistakes",
  owner    = "Nobody",
  purpose  = "wellness",
  channels = { "sms" },
  uses     = { "age", "hypertension", "systolic", "hba1c" },

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
    local reading = patient:latest("systolic", "mm[Hg]")
    while reading.value >= 190 do end
    if reading.value < 150 then error("this campaign expects high readings only") end

    local test = patient:latest("hba1c", "%")
    if test.value > 7 then return send("please_call") end
  end,
}
