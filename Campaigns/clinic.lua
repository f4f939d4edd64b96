-- Your clinic. Messages use `name` and `phone`; neither may tell what is treated there.

return clinic {
  name      = "Our Family Clinic",     -- as patients know it; at most 22 characters keep texts short
  phone     = "312-555-0100",          -- the number that messages ask patients to call
  time_zone = "America/Chicago",       -- the clinic's own clock, as an IANA name
  country   = "US",                    -- numbers and addresses without a country are read as this one's
  language  = "en",                    -- for patients whose record names no language
  tasks     = { "call_back" },         -- kinds of work that a campaign may ask people for
  fields    = {},                      -- columns of your own that campaigns may read as patient.fields.NAME
}
