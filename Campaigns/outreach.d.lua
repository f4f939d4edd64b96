---@meta
-- What campaigns can use, for editors with the Lua language server. It is read by editors only and never run.

---@alias Channel "sms"|"voice"|"email"|"app"
---@alias Purpose "appointment"|"wellness"|"registration"|"preoperative"|"lab_result"|"post_discharge"|"prescription"|"home_care"|string
---@alias Weekday "mon"|"tue"|"wed"|"thu"|"fri"|"sat"|"sun"
---@alias Span string a whole number and minutes, hours, days or weeks, such as "7 days"
---@alias Date string a date such as "2026-11-23"
---@alias Fact Refill|Appointment|Encounter|Measurement|SentMessage
---@alias AppointmentStatus "proposed"|"pending"|"booked"|"arrived"|"fulfilled"|"cancelled"|"noshow"|"entered-in-error"|"checked-in"|"waitlist"
---@alias EncounterKind "AMB"|"EMER"|"FLD"|"HH"|"IMP"|"ACUTE"|"NONAC"|"OBSENC"|"PRENC"|"SS"|"VR"
---@alias EncounterStatus "planned"|"arrived"|"triaged"|"in-progress"|"onleave"|"finished"|"cancelled"|"entered-in-error"|"unknown"

-- The patient ---------------------------------------------------------------------------------------------------

---Names, numbers, addresses and birth dates are not here. What is not on record is nil.
---@class (exact) Patient
---@field age integer? completed years, today
---@field sex "female"|"male"|"other"|"unknown"|nil
---@field language string? a language such as "es"
---@field fields table<string, string|number|boolean|nil> the clinic's own columns, as clinic.lua lists them
local Patient = {}

---Whether an active problem is in a set of valuesets.lua.
---@param set string
---@return boolean
function Patient:has(set) end

---Whether an active prescription is in a set.
---@param set string
---@return boolean
function Patient:takes(set) end

---The latest measurement of a set, in a unit such as "%" or "mm[Hg]".
---@param set string
---@param unit string
---@return Measurement?
function Patient:latest(set, unit) end

---The earliest due of the active prescriptions of a set; nil where none is known.
---@param set string
---@return Refill?
function Patient:refill(set) end

---The appointments ahead (`within`) or back (`ago`), the earliest first; those expected unless `status` says otherwise.
---@param options? { within?: Span, ago?: Span, status?: AppointmentStatus|AppointmentStatus[] }
---@return Appointment[]
function Patient:appointments(options) end

---The next appointment at which the patient is expected.
---@return Appointment?
function Patient:next_appointment() end

---Visits and stays, the latest first; `within` looks back from today by when they ended.
---@param options? { within?: Span, kind?: EncounterKind|EncounterKind[], status?: EncounterStatus|EncounterStatus[] }
---@return Encounter[]
function Patient:encounters(options) end

---Whether a vaccination of a set was given, at all or `within` so many days.
---@param set string
---@param options? { within?: Span }
---@return boolean
function Patient:immunized(set, options) end

---The last time a message of this campaign went out.
---@param message string
---@param options? { about?: Fact|string }
---@return SentMessage?
function Patient:last_sent(message, options) end

---How many messages of this campaign went out.
---@param options? { message?: string, within?: Span }
---@return integer
function Patient:sent_count(options) end

---The code of the latest reply to a message of this campaign.
---@param message string
---@param options? { about?: Fact|string }
---@return string?
function Patient:replied(message, options) end

---@class (exact) Refill
---@field due_on Date
---@field days_until_due integer negative when it is overdue

---@class (exact) Appointment
---@field starts_at Instant? nil where the zone of its place is unknown
---@field days_until integer? days on the calendar of its place
---@field status AppointmentStatus
---@field kind string?
---@field location string?

---@class (exact) Encounter
---@field kind EncounterKind
---@field status EncounterStatus
---@field started_on Date
---@field ended_on Date? nil while it lasts
---@field days_since_end integer? nil while it lasts

---@class (exact) Measurement
---@field value number? nil where it cannot be said in the unit
---@field unit string
---@field on Date
---@field days_ago integer

---@class (exact) SentMessage
---@field on Date
---@field days_ago integer
---@field status "sent"|"delivered"|"undelivered"|"in_doubt" undelivered is not silence
---@field about string? what it was about, such as "refill 2026-11-25"

---@class (exact) Instant
---@field date Date
---@field time string such as "09:30"
---@field weekday Weekday
---@field days_until integer
---@field hours_until number

-- What a campaign answers ---------------------------------------------------------------------------------------

---@class (exact) Proposal
local Proposal = {}

---Proposes a message. Without `about` it is sent once ever, or every `repeat_after`.
---@param message string
---@param options? { about?: Fact, due?: Instant, expires?: Instant, channel?: Channel, on_refused?: Proposal }
---@return Proposal
function send(message, options) end

---Asks for work by a person, of a kind that clinic.lua lists under `tasks`.
---@param kind string
---@param options? { about?: Fact, due?: Instant|Span }
---@return Proposal
function task(kind, options) end

---Says why nothing is to be done; shown by `outreach explain`.
---@param why string
---@return Proposal
function skip(why) end

---The instant so long before a fact: an appointment's start, a stay's end, the day a refill is due.
---@param fact Fact|Instant|Today
---@param span Span
---@return Instant
function before(fact, span) end

---The instant so long after a fact.
---@param fact Fact|Instant|Today
---@param span Span
---@return Instant
function after(fact, span) end

---True for a share of the patients, the same ones on every run.
---@param share number from 0 to 1
---@return boolean
function chance(share) end

-- The world -----------------------------------------------------------------------------------------------------

---@class (exact) ClinicInfo
---@field name string
---@field phone string
---@field time_zone string
---@field country string
---@field language string

---@class (exact) Today
---@field date Date
---@field weekday Weekday
---@field year integer
---@field month integer
---@field day integer

---@type Today
today = nil
---@type Instant
now = nil

-- The files -----------------------------------------------------------------------------------------------------

---@class (exact) Reply
---@field code string
---@field task? string

---Texts by language ("en", "es"), then `voice`, `email` and other channels that need other words, and `replies`.
---@class Message: table<string, any>
---@field en? string
---@field es? string
---@field sms? table<string, string>
---@field voice? table<string, string>
---@field app? table<string, string>
---@field email? table<string, { subject: string, body: string }>
---@field replies? table<string, Reply>

---@class (exact) Campaign
---@field id string small letters, digits and hyphens
---@field title string
---@field owner string
---@field purpose Purpose
---@field programme? "substance_use"|"sexual_health"|"mental_health"|"reproductive"|"violence" care whose messages are sealed
---@field channels Channel[] best first
---@field priority? integer 1 goes first, 9 last; 5 unless said
---@field schedule? { every?: Span, weekdays?: Weekday[], at?: string } when it is looked at, on the clinic's clock
---@field send_between? string[] two times of the patient's day
---@field repeat_after? Span
---@field pilot? string[] handles of the only patients it speaks to while it is new
---@field uses? string[] the facts it may read: age, sex, language, refill, appointment, encounter, history, fields.NAME, sets
---@field messages table<string, Message>
---@field audience? fun(patient: Patient): boolean?
---@field decide fun(patient: Patient): Proposal|Proposal[]|nil

---@param campaign Campaign
---@return Campaign
function campaign(campaign) end

---In clinic.lua a function that takes the clinic; in campaigns what can be read of it.
---@type ClinicInfo|fun(clinic: { name: string, phone: string, time_zone: string, country?: string, language?: string, tasks?: string[], fields?: string[], places?: table<string, string>, link_host?: string, providers?: table<string, table> }): any
clinic = nil

---@param policy table
---@return any
function policy(policy) end

---@param sets table<string, { icd10?: string[], snomed?: string[], rxnorm?: string[], loinc?: string[], cvx?: string[] }>
---@return any
function valuesets(sets) end
