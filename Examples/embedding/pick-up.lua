-- A campaign of the embedding program: `pager` is its channel and `needs_help` its function.
return campaign {
  id       = "pick-up",
  title    = "Pick-up with help",
  owner    = "Dispatch",
  purpose  = "appointment",
  channels = { "pager" },
  uses     = { "fields.stairs" },

  messages = {
    help_comes = {
      en = "Hi {$patient.first_name}, {$clinic.name} sends two people today. Questions: {$clinic.phone}. {$opt_out}",
    },
  },

  decide = function(patient)
    if needs_help(patient.fields.stairs) then
      return send("help_comes")
    end
  end,
}
