// 49 CFR part 71, "Standard time zone boundaries": 71.3 Atlantic, 71.4 Eastern, 71.5 between Eastern and
// Central, 71.6 Central, 71.7 between Central and Mountain, 71.8 Mountain, 71.9 between Mountain and Pacific,
// 71.10 Pacific, 71.11 Alaska, 71.12 Hawaii–Aleutian, 71.13 Samoa, 71.14 Chamorro. The names are those of
// tz's zone.tab.
//
// A range of postal codes is listed only when all of it lies on one side: sectional centres (the first three
// digits) that touch no boundary, and single places. What is not listed keeps all zones of its state.

extension StateZones {
  static let table: [String: Entry] = divided.merging(undivided) { first, _ in first }

  private static let undivided: [String: Entry] = {
    let lines: [(zone: String, states: String)] = [
      // 71.4
      ("America/New_York", "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV"),
      // 71.6
      ("America/Chicago", "AR IA IL LA MN MO MS WI"),
      // 71.8
      ("America/Denver", "CO MT NM UT WY"),
      // 71.10
      ("America/Los_Angeles", "CA WA"),
      // 71.12; without daylight saving by state law
      ("Pacific/Honolulu", "HI"),
      // 71.3; without daylight saving
      ("America/Puerto_Rico", "PR"),
      ("America/St_Thomas", "VI"),
      // 71.13
      ("Pacific/Pago_Pago", "AS"),
      // 71.14
      ("Pacific/Guam", "GU"),
      ("Pacific/Saipan", "MP"),
      // In free association; not in part 71.
      ("Pacific/Palau", "PW"),
    ]
    var entries: [String: Entry] = [:]
    for line in lines {
      for state in line.states.split(separator: " ") { entries[String(state)] = Entry(zones: [line.zone]) }
    }
    return entries
  }()

  private static let divided: [String: Entry] = [
    // 71.11 and 71.12: the islands west of 169°30' W keep Hawaii–Aleutian time; the Pribilofs lie west of the
    // line and are said to keep Alaska's, so 995 and 996 are settled for the city of Anchorage only.
    "AK": Entry(
      zones: ["America/Adak"] + alaska,
      parts: [
        Part(zips: 99501...99524, zones: ["America/Anchorage"]),
        Part(zips: 99700...99999, zones: alaska),
      ]),
    // 71.6: all Central; but Phenix City, Lanett, Valley and Smiths Station, all of 368, live by Georgia's
    // clocks.
    "AL": Entry(
      zones: ["America/Chicago", "America/New_York"],
      parts: [
        Part(zips: 35000...36799, zones: ["America/Chicago"]),
        Part(zips: 36900...36999, zones: ["America/Chicago"]),
      ]),
    // 71.8: without daylight saving by state law, except in the Navajo Nation (859, 860 and 865 hold parts of
    // it).
    "AZ": Entry(
      zones: ["America/Denver", "America/Phoenix"],
      parts: [
        Part(zips: 85000...85399, zones: ["America/Phoenix"]),
        Part(zips: 85500...85799, zones: ["America/Phoenix"]),
        Part(zips: 86300...86499, zones: ["America/Phoenix"]),
      ]),
    // 71.5: the boundary follows the Apalachicola; Gulf County is divided, Franklin County Eastern.
    "FL": Entry(
      zones: ["America/Chicago", "America/New_York"],
      parts: [
        Part(zips: 32000...32299, zones: ["America/New_York"]),
        Part(zips: 32301...32317, zones: ["America/New_York"]),  // Tallahassee
        Part(zips: 32401...32409, zones: ["America/Chicago"]),  // Panama City
        Part(zips: 32500...32599, zones: ["America/Chicago"]),
        Part(zips: 32600...34999, zones: ["America/New_York"]),
      ]),
    // In free association, with USPS codes; not in part 71. So are MH and PW.
    "FM": Entry(zones: ["Pacific/Chuuk", "Pacific/Kosrae", "Pacific/Pohnpei"]),
    // 71.9: north of the Salmon River is Pacific.
    "ID": Entry(
      zones: ["America/Boise", "America/Los_Angeles"],
      parts: [
        Part(zips: 83200...83499, zones: ["America/Boise"]),
        Part(zips: 83501...83501, zones: ["America/Los_Angeles"]),  // Lewiston
        Part(zips: 83605...83607, zones: ["America/Boise"]),  // Caldwell
        Part(zips: 83616...83616, zones: ["America/Boise"]),  // Eagle
        Part(zips: 83634...83634, zones: ["America/Boise"]),  // Kuna
        Part(zips: 83642...83642, zones: ["America/Boise"]),  // Meridian
        Part(zips: 83646...83646, zones: ["America/Boise"]),
        Part(zips: 83651...83653, zones: ["America/Boise"]),  // Nampa
        Part(zips: 83686...83687, zones: ["America/Boise"]),
        Part(zips: 83700...83799, zones: ["America/Boise"]),
        Part(zips: 83800...83899, zones: ["America/Los_Angeles"]),
      ]),
    // 71.5: Central are Lake, Porter, LaPorte, Newton, Jasper and Starke in the north-west and Gibson, Posey,
    // Vanderburgh, Warrick, Spencer and Perry in the south-west.
    "IN": Entry(
      zones: [
        "America/Chicago", "America/Indiana/Indianapolis", "America/Indiana/Knox", "America/Indiana/Marengo",
        "America/Indiana/Petersburg", "America/Indiana/Tell_City", "America/Indiana/Vevay",
        "America/Indiana/Vincennes", "America/Indiana/Winamac",
      ],
      parts: [
        Part(zips: 46000...46299, zones: ["America/Indiana/Indianapolis"]),
        Part(zips: 46304...46304, zones: ["America/Chicago"]),  // Chesterton
        Part(zips: 46307...46308, zones: ["America/Chicago"]),  // Crown Point
        Part(zips: 46311...46312, zones: ["America/Chicago"]),  // Dyer, East Chicago
        Part(zips: 46319...46327, zones: ["America/Chicago"]),  // Griffith, Hammond, Munster, Highland
        Part(zips: 46342...46342, zones: ["America/Chicago"]),  // Hobart
        Part(zips: 46360...46361, zones: ["America/Chicago"]),  // Michigan City
        Part(zips: 46368...46368, zones: ["America/Chicago"]),  // Portage
        Part(zips: 46373...46373, zones: ["America/Chicago"]),  // Saint John
        Part(zips: 46375...46375, zones: ["America/Chicago"]),  // Schererville
        Part(zips: 46383...46385, zones: ["America/Chicago"]),  // Valparaiso
        Part(zips: 46394...46394, zones: ["America/Chicago"]),  // Whiting
        Part(zips: 46400...46499, zones: ["America/Chicago"]),
        Part(zips: 46600...46899, zones: ["America/Indiana/Indianapolis"]),
        Part(zips: 47000...47099, zones: ["America/Indiana/Indianapolis", "America/Indiana/Vevay"]),
        Part(zips: 47200...47499, zones: ["America/Indiana/Indianapolis"]),
        Part(zips: 47700...47799, zones: ["America/Chicago"]),
        Part(zips: 47800...47899, zones: ["America/Indiana/Indianapolis"]),
      ]),
    // 71.7: Sherman, Wallace, Greeley and Hamilton counties (in 677 and 678) are Mountain.
    "KS": Entry(
      zones: ["America/Chicago", "America/Denver"],
      parts: [
        Part(zips: 66000...67699, zones: ["America/Chicago"]),
        Part(zips: 67801...67801, zones: ["America/Chicago"]),  // Dodge City
        Part(zips: 67846...67846, zones: ["America/Chicago"]),  // Garden City
        Part(zips: 67900...67999, zones: ["America/Chicago"]),
      ]),
    // 71.5: the boundary runs through 401, 425, 426 and 427.
    "KY": Entry(
      zones: [
        "America/Chicago", "America/Kentucky/Louisville", "America/Kentucky/Monticello", "America/New_York",
      ],
      parts: [
        Part(zips: 40000...40099, zones: easternKentucky),
        Part(zips: 40200...41899, zones: easternKentucky),
        Part(zips: 42000...42499, zones: ["America/Chicago"]),
        Part(zips: 42701...42702, zones: easternKentucky),  // Elizabethtown
      ]),
    "MH": Entry(zones: ["Pacific/Kwajalein", "Pacific/Majuro"]),
    // 71.5: Gogebic, Iron, Dickinson and Menominee counties (in 498 and 499) are Central.
    "MI": Entry(
      zones: ["America/Detroit", "America/Menominee"],
      parts: [Part(zips: 48000...49799, zones: ["America/Detroit"])]),
    // 71.7: the boundary runs through 690, 691 and 692.
    "NE": Entry(
      zones: ["America/Chicago", "America/Denver"],
      parts: [
        Part(zips: 68000...68999, zones: ["America/Chicago"]),
        Part(zips: 69101...69103, zones: ["America/Chicago"]),  // North Platte
        Part(zips: 69300...69399, zones: ["America/Denver"]),
      ]),
    // 71.7: the south-west is Mountain, with 585 to 588 near or on the boundary.
    "ND": Entry(
      zones: [
        "America/Chicago", "America/Denver", "America/North_Dakota/Beulah", "America/North_Dakota/Center",
        "America/North_Dakota/New_Salem",
      ],
      parts: [
        Part(zips: 58000...58499, zones: ["America/Chicago"]),
        Part(zips: 58501...58505, zones: ["America/Chicago"]),  // Bismarck
        Part(zips: 58601...58602, zones: ["America/Denver"]),  // Dickinson
        Part(zips: 58701...58707, zones: ["America/Chicago"]),  // Minot
        Part(zips: 58801...58802, zones: ["America/Chicago"]),  // Williston
      ]),
    // 71.9: West Wendover is Mountain; Jackpot and its neighbours in 898 live by Idaho's clocks. 893 lies
    // beside Utah.
    "NV": Entry(
      zones: ["America/Boise", "America/Denver", "America/Los_Angeles"],
      parts: [
        Part(zips: 88900...89199, zones: ["America/Los_Angeles"]),
        Part(zips: 89400...89599, zones: ["America/Los_Angeles"]),
        Part(zips: 89700...89799, zones: ["America/Los_Angeles"]),
        Part(zips: 89801...89803, zones: ["America/Los_Angeles"]),  // Elko
        Part(zips: 89883...89883, zones: ["America/Denver"]),  // West Wendover
      ]),
    // 71.6: all Central; but Kenton, in the far west of 739, lives by Mountain clocks.
    "OK": Entry(
      zones: ["America/Chicago", "America/Denver"],
      parts: [
        Part(zips: 73000...73899, zones: ["America/Chicago"]),
        Part(zips: 74000...74999, zones: ["America/Chicago"]),
      ]),
    // 71.9: Malheur County but for its southern end is Mountain; 979 holds it with parts of its neighbours.
    "OR": Entry(
      zones: ["America/Boise", "America/Los_Angeles"],
      parts: [
        Part(zips: 97000...97899, zones: ["America/Los_Angeles"]),
        Part(zips: 97914...97914, zones: ["America/Boise"]),  // Ontario
      ]),
    // 71.7: the boundary runs through 575 and 576.
    "SD": Entry(
      zones: ["America/Chicago", "America/Denver"],
      parts: [
        Part(zips: 57000...57499, zones: ["America/Chicago"]),
        Part(zips: 57501...57501, zones: ["America/Chicago"]),  // Pierre
        Part(zips: 57700...57799, zones: ["America/Denver"]),
      ]),
    // 71.5: the boundary runs through 373, 377, 378 and 385.
    "TN": Entry(
      zones: ["America/Chicago", "America/New_York"],
      parts: [
        Part(zips: 37000...37299, zones: ["America/Chicago"]),
        Part(zips: 37311...37312, zones: ["America/New_York"]),  // Cleveland
        Part(zips: 37400...37499, zones: ["America/New_York"]),
        Part(zips: 37500...37599, zones: ["America/Chicago"]),
        Part(zips: 37600...37699, zones: ["America/New_York"]),
        Part(zips: 37801...37804, zones: ["America/New_York"]),  // Maryville
        Part(zips: 37830...37831, zones: ["America/New_York"]),  // Oak Ridge
        Part(zips: 37900...37999, zones: ["America/New_York"]),
        Part(zips: 38000...38499, zones: ["America/Chicago"]),
        Part(zips: 38501...38506, zones: ["America/Chicago"]),  // Cookeville
      ]),
    // 71.7: El Paso, Hudspeth and the north-west of Culberson County (in 798, 799 and 885) are Mountain.
    "TX": Entry(
      zones: ["America/Chicago", "America/Denver"],
      parts: [
        Part(zips: 73301...73399, zones: ["America/Chicago"]),
        Part(zips: 75000...79799, zones: ["America/Chicago"]),
        Part(zips: 79900...79999, zones: ["America/Denver"]),
        Part(zips: 88500...88599, zones: ["America/Denver"]),
      ]),
    // Uninhabited but for garrisons; not in part 71.
    "UM": Entry(zones: ["Pacific/Midway", "Pacific/Wake"]),
  ]

  private static let alaska = [
    "America/Anchorage", "America/Juneau", "America/Metlakatla", "America/Nome", "America/Sitka",
    "America/Yakutat",
  ]

  private static let easternKentucky = ["America/Kentucky/Louisville", "America/New_York"]
}
