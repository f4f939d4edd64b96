-- The synthetic clinic of this folder. Nobody in it exists, and 555-01xx numbers ring nowhere.

return clinic {
  name      = "Lakeside Family Care",
  phone     = "312-555-0100",
  time_zone = "America/Chicago",
  country   = "US",
  language  = "en",
  tasks     = { "call_back" },
  fields    = {},
}
