// The first three digits of a ZIP code name a sectional centre, nearly always of one state: USPS, Domestic Mail
// Manual, labelling list L002. A centre is listed with the neighbours too when one of its codes is known to
// serve places there (Census Bureau, ZIP code tabulation areas in more than one state). Written down from
// knowledge; read against the lists once before relying on it. Military and unused centres are left out.

extension StateZones {
  /// Postal codes and the states they may lie in.
  struct PostalArea: Sendable {
    var zips: ClosedRange<Int>
    var states: [String]
  }

  /// Single codes before the centres that they are taken out of.
  static let postalAreas: [PostalArea] =
    [
      PostalArea(zips: 96799...96799, states: ["AS"]),
      PostalArea(zips: 96910...96932, states: ["GU"]),
      PostalArea(zips: 96939...96940, states: ["PW"]),
      PostalArea(zips: 96941...96944, states: ["FM"]),
      PostalArea(zips: 96950...96952, states: ["MP"]),
      PostalArea(zips: 96960...96970, states: ["MH"]),
    ] + centres.split(separator: ",").compactMap(area)

  /// Reads `010-027 MA` or `028 RI/MA`.
  private static func area(_ text: Substring) -> PostalArea? {
    let words = text.split(separator: " ")
    let ends = words.first?.split(separator: "-").compactMap { Int($0) } ?? []
    guard words.count == 2, let first = ends.first, let last = ends.last else { return nil }
    return PostalArea(
      zips: first * 100...last * 100 + 99, states: words[1].split(separator: "/").map(String.init))
  }

  private static let centres = """
    005 NY, 006-007 PR, 008 VI, 009 PR, 010-027 MA, 028 RI/MA, 029 RI, 030-034 NH, 035 NH/ME, \
    036-038 NH, 039-049 ME, 050-054 VT, 055 MA, 056-059 VT, 060-062 CT, 063 CT/NY, 064-069 CT, \
    070-089 NJ, 100-149 NY, 150-196 PA, 197-199 DE, 200 DC, 201 VA/WV, 202-204 DC, 205 DC/MD, \
    206-218 MD, 219 MD/DE, 220-246 VA, 247-268 WV, 270-289 NC, 290-299 SC, 300-318 GA, 319 GA/AL, \
    320-339 FL, 341-342 FL, 344 FL, 346-347 FL, 349 FL, 350-352 AL, 354-369 AL, 370-375 TN, 376 TN/VA, \
    377-379 TN, 380 TN/KY, 381-382 TN, 383 TN/MS, 384 TN, 385 TN/KY, 386 MS, 387 MS/AR, 388 MS/AL, \
    389-397 MS, 398-399 GA, 400-418 KY, 420-421 KY, 422 KY/TN, 423-425 KY, 426 KY/TN, 427 KY, \
    430-459 OH, 460-479 IN, 480-498 MI, 499 MI/WI, 500-509 IA, 510 IA/SD, 511-512 IA, 513 IA/MN, \
    514 IA, 515 IA/NE, 516 IA/MO, 520-524 IA, 525-526 IA/MO, 527-528 IA, 530-532 WI, 534-535 WI, \
    537-544 WI, 545 WI/MI, 546-549 WI, 550-551 MN, 553-559 MN, 560 MN/IA, 561 MN/IA/SD, 562 MN/SD, \
    563-566 MN, 567 MN/ND, 570 SD/IA/MN/NE, 571 SD, 572 SD/MN, 573 SD, 574 SD/ND, 575 SD, 576 SD/ND, \
    577 SD/MT/ND/NE/WY, 580 ND/SD, 581 ND, 582 ND/MN, 583 ND, 584-585 ND/SD, 586 ND/MT/SD, 587-588 ND, \
    590-591 MT, 592 MT/ND, 593-597 MT, 598 MT/ID, 599 MT, 600-620 IL, 622-629 IL, 630-631 MO, \
    633-635 MO, 636 MO/IL, 637-641 MO, 644 MO/IA, 645-655 MO, 656-657 MO/AR, 658 MO, 660-662 KS, \
    664 KS, 665 KS/NE, 666-678 KS, 679 KS/OK, 680-681 NE, 683 NE/KS, 684-686 NE, 687 NE/SD, 688 NE, \
    689 NE/KS, 690-691 NE, 692 NE/SD, 693 NE/SD/WY, 700-701 LA, 703-708 LA, 710-714 LA, 716 AR, \
    717 AR/LA, 718-722 AR, 723 AR/MS, 724-725 AR, 726 AR/MO, 727-729 AR, 730-731 OK, 733 TX, \
    734-738 OK, 739 OK/TX, 740-741 OK, 743-749 OK, 750-754 TX, 755 TX/AR, 756-798 TX, 799 TX/NM, \
    800-810 CO, 811 CO/NM, 812 CO, 813 CO/UT, 814-816 CO, 820 WY/CO/NE, 821-826 WY, 827 WY/SD, \
    828 WY/MT, 829 WY/UT, 830 WY, 831 WY/ID, 832 ID, 833 ID/UT, 834 ID/WY, 835-837 ID, 838 ID/WA, \
    840 UT/NV, 841-844 UT, 845 UT/AZ, 846-847 UT, 850-853 AZ, 855-857 AZ, 859 AZ, 860 AZ/UT, 863 AZ, \
    864 AZ/NV, 865 AZ/NM, 870-871 NM, 873 NM/AZ, 874-879 NM, 880 NM/TX, 881 NM, 882 NM/TX, 883 NM, \
    884 NM/OK/TX, 885 TX, 889 NV, 890 NV/CA, 891 NV, 893 NV, 894 NV/CA, 895 NV, 897 NV, 898 NV/ID, \
    900-908 CA, 910-928 CA, 930-960 CA, 961 CA/NV, 967-968 HI, 970-975 OR, 976 OR/CA, 977-978 OR, \
    979 OR/ID, 980-985 WA, 986 WA/OR, 988-989 WA, 990-991 WA/ID, 992 WA, 993 WA/OR, 994 WA, 995-999 AK
    """

  /// Other names of the zones in the table, as tz's `backward` has them.
  static let links: [String: String] = [
    "America/Atka": "America/Adak", "America/Fort_Wayne": "America/Indiana/Indianapolis",
    "America/Indianapolis": "America/Indiana/Indianapolis", "America/Knox_IN": "America/Indiana/Knox",
    "America/Louisville": "America/Kentucky/Louisville", "America/Shiprock": "America/Denver",
    "America/Virgin": "America/St_Thomas", "CST6CDT": "America/Chicago", "EST5EDT": "America/New_York",
    "HST": "Pacific/Honolulu", "Kwajalein": "Pacific/Kwajalein", "MST": "America/Phoenix",
    "MST7MDT": "America/Denver", "Navajo": "America/Denver", "PST8PDT": "America/Los_Angeles",
    "Pacific/Johnston": "Pacific/Honolulu", "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Samoa": "Pacific/Pago_Pago", "Pacific/Truk": "Pacific/Chuuk", "Pacific/Yap": "Pacific/Chuuk",
    "US/Alaska": "America/Anchorage", "US/Aleutian": "America/Adak", "US/Arizona": "America/Phoenix",
    "US/Central": "America/Chicago", "US/East-Indiana": "America/Indiana/Indianapolis",
    "US/Eastern": "America/New_York", "US/Hawaii": "Pacific/Honolulu",
    "US/Indiana-Starke": "America/Indiana/Knox", "US/Michigan": "America/Detroit",
    "US/Mountain": "America/Denver", "US/Pacific": "America/Los_Angeles", "US/Samoa": "Pacific/Pago_Pago",
  ]
}
