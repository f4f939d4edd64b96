// Made by Scripts/number-zones.py; do not edit.
//
// phonenumbers 9.0.43, zones by prefix, SHA-256:
//   23676a34a0a69e799f321d029e3dad748b64f91faea5b502d847973cc9aa369f
// tzdata 2026.6 (public domain), zone.tab, SHA-256:
//   e2e8e31c4e10f44576c79345e76060591dbb3eef6ce14e006afc8a373caa9593
//
// Derived from libphonenumber, Copyright (C) The Libphonenumber Authors, by way of the Python package
// phonenumbers 9.0.43, licensed under the Apache License, Version 2.0
// (http://www.apache.org/licenses/LICENSE-2.0). Changed: reduced to the tables below.

extension NumberZones {
  /// The zones of area codes under country code 1.
  static let northAmerica = """
    America/Adak America/Anchorage America/Juneau Pacific/Honolulu: 907
    America/Anguilla: 264
    America/Antigua: 268
    America/Barbados: 246
    America/Boise America/Denver America/Los_Angeles: 208 775 986
    America/Cayman: 345
    America/Chicago: 205 210 214 217 218 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 \
    320 325 327 331 334 337 346 353 361 402 405 409 414 417 430 432 447 464 469 479 501 504 507 512 515 \
    531 534 539 557 563 572 573 580 601 608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 \
    715 726 730 731 737 763 769 773 779 806 815 816 817 830 832 847 870 872 901 903 913 918 920 931 936 \
    938 940 945 952 956 972 975 979 985
    America/Chicago America/Denver: 308 620 785
    America/Chicago America/Denver America/North_Dakota/Center: 605 701
    America/Chicago America/New_York: 219 270 364 423 448 574 606 812 850 906 930
    America/Denver: 303 307 385 406 435 505 575 719 720 748 801 915 970 983
    America/Denver America/Los_Angeles: 458 541
    America/Denver America/Phoenix: 928
    America/Dominica: 767
    America/Edmonton: 368 403 587 780 825
    America/Edmonton America/Fort_Nelson America/Toronto America/Vancouver America/Winnipeg: 867
    America/Edmonton America/Vancouver: 236 250 257 672 778
    America/Grand_Turk: 649
    America/Grenada: 473
    America/Halifax: 428 506 782 902
    America/Halifax America/Puerto_Rico America/St_Johns: 709 879
    America/Halifax America/Toronto: 367 418 581
    America/Jamaica: 658 876
    America/Los_Angeles: 206 209 213 253 279 310 323 341 350 360 369 408 415 424 425 442 503 509 510 530 \
    559 562 564 619 626 628 650 657 661 669 702 707 714 725 738 747 760 805 818 820 831 840 858 909 916 \
    925 949 951 971
    America/Lower_Princes: 721
    America/Montserrat: 664
    America/Nassau: 242
    America/New_York: 201 202 203 207 212 215 216 220 223 227 229 231 234 239 240 248 252 260 267 269 272 \
    276 283 301 302 304 305 313 315 317 321 324 326 329 330 332 336 339 347 351 352 363 380 386 401 404 \
    407 410 412 413 419 434 440 443 445 463 470 472 475 478 484 502 508 513 516 517 518 540 551 561 567 \
    570 571 582 585 586 603 607 609 610 614 616 617 631 640 645 646 656 667 678 680 681 686 689 703 704 \
    706 716 717 718 724 727 728 732 734 740 743 754 757 762 765 770 771 772 774 781 786 802 803 804 810 \
    813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 860 862 863 864 865 878 904 908 910 912 \
    914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984 989
    America/Phoenix: 480 520 602 623
    America/Port_of_Spain: 868
    America/Puerto_Rico: 787 939
    America/Regina: 306 474 639
    America/Santo_Domingo: 809 829 849
    America/St_Kitts: 869
    America/St_Lucia: 758
    America/St_Thomas: 340
    America/St_Vincent: 784
    America/Toronto: 226 249 263 273 289 343 354 365 382 416 437 438 450 468 514 519 548 579 613 647 683 \
    705 742 753 819 873 905 942
    America/Toronto America/Winnipeg: 807
    America/Tortola: 284
    America/Vancouver: 604
    America/Winnipeg: 204 431 584
    Atlantic/Bermuda: 441
    Pacific/Guam: 671
    Pacific/Honolulu: 808
    Pacific/Pago_Pago: 684
    Pacific/Saipan: 670
    """

  /// The zones of all other country codes.
  static let countries = """
    Africa/Abidjan: 225
    Africa/Accra: 233
    Africa/Addis_Ababa: 251
    Africa/Algiers: 213
    Africa/Asmara: 291
    Africa/Bamako: 223
    Africa/Bangui: 236
    Africa/Banjul: 220
    Africa/Bissau: 245
    Africa/Blantyre: 265
    Africa/Brazzaville: 242
    Africa/Bujumbura: 257
    Africa/Cairo: 20
    Africa/Casablanca Africa/El_Aaiun: 212
    Africa/Ceuta Atlantic/Canary Europe/Madrid: 34
    Africa/Conakry: 224
    Africa/Dakar: 221
    Africa/Dar_es_Salaam: 255
    Africa/Djibouti: 253
    Africa/Douala: 237
    Africa/Freetown: 232
    Africa/Gaborone: 267
    Africa/Harare: 263
    Africa/Johannesburg: 27
    Africa/Juba: 211
    Africa/Kampala: 256
    Africa/Khartoum: 249
    Africa/Kigali: 250
    Africa/Kinshasa Africa/Lubumbashi: 243
    Africa/Lagos: 234
    Africa/Libreville: 241
    Africa/Lome: 228
    Africa/Luanda: 244
    Africa/Lusaka: 260
    Africa/Malabo: 240
    Africa/Maputo: 258
    Africa/Maseru: 266
    Africa/Mbabane: 268
    Africa/Mogadishu: 252
    Africa/Monrovia: 231
    Africa/Nairobi: 254
    Africa/Ndjamena: 235
    Africa/Niamey: 227
    Africa/Nouakchott: 222
    Africa/Ouagadougou: 226
    Africa/Porto-Novo: 229
    Africa/Sao_Tome: 239
    Africa/Tripoli: 218
    Africa/Tunis: 216
    Africa/Windhoek: 264
    America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande America/Cuiaba \
    America/Eirunepe America/Fortaleza America/Maceio America/Manaus America/Noronha America/Porto_Velho \
    America/Recife America/Rio_Branco America/Santarem America/Sao_Paulo: 55
    America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/Cordoba \
    America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza \
    America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan \
    America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia: 54
    America/Aruba: 297
    America/Asuncion: 595
    America/Bahia_Banderas America/Cancun America/Chihuahua America/Ciudad_Juarez America/Hermosillo \
    America/Matamoros America/Mazatlan America/Merida America/Mexico_City America/Monterrey \
    America/Ojinaga America/Tijuana: 52
    America/Belize: 501
    America/Bogota: 57
    America/Caracas: 58
    America/Cayenne: 594
    America/Costa_Rica: 506
    America/Coyhaique America/Punta_Arenas America/Santiago Pacific/Easter: 56
    America/Curacao America/Kralendijk: 599
    America/Danmarkshavn America/Nuuk America/Scoresbysund America/Thule: 299
    America/El_Salvador: 503
    America/Guadeloupe America/Marigot America/St_Barthelemy: 590
    America/Guatemala: 502
    America/Guayaquil Pacific/Galapagos: 593
    America/Guyana: 592
    America/Havana: 53
    America/La_Paz: 591
    America/Lima: 51
    America/Managua: 505
    America/Martinique: 596
    America/Miquelon: 508
    America/Montevideo: 598
    America/Panama: 507
    America/Paramaribo: 597
    America/Port-au-Prince: 509
    America/Tegucigalpa: 504
    Antarctica/Macquarie Australia/Adelaide Australia/Brisbane Australia/Broken_Hill Australia/Darwin \
    Australia/Eucla Australia/Hobart Australia/Lindeman Australia/Lord_Howe Australia/Melbourne \
    Australia/Perth Australia/Sydney Indian/Christmas Indian/Cocos: 61
    Arctic/Longyearbyen Europe/Oslo: 47
    Asia/Aden: 967
    Asia/Almaty Asia/Anadyr Asia/Aqtau Asia/Aqtobe Asia/Atyrau Asia/Barnaul Asia/Chita Asia/Irkutsk \
    Asia/Kamchatka Asia/Khandyga Asia/Krasnoyarsk Asia/Magadan Asia/Novokuznetsk Asia/Novosibirsk \
    Asia/Omsk Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Sakhalin Asia/Srednekolymsk Asia/Tomsk \
    Asia/Ust-Nera Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Europe/Astrakhan Europe/Kaliningrad \
    Europe/Kirov Europe/Moscow Europe/Samara Europe/Saratov Europe/Ulyanovsk Europe/Volgograd: 7
    Asia/Amman: 962
    Asia/Ashgabat: 993
    Asia/Baghdad: 964
    Asia/Bahrain: 973
    Asia/Baku: 994
    Asia/Bangkok: 66
    Asia/Beirut: 961
    Asia/Bishkek: 996
    Asia/Brunei: 673
    Asia/Colombo: 94
    Asia/Damascus: 963
    Asia/Dhaka: 880
    Asia/Dili: 670
    Asia/Dubai: 971
    Asia/Dushanbe: 992
    Asia/Famagusta Asia/Nicosia: 357
    Asia/Gaza Asia/Hebron: 970
    Asia/Ho_Chi_Minh: 84
    Asia/Hong_Kong: 852
    Asia/Hovd Asia/Ulaanbaatar: 976
    Asia/Jakarta Asia/Jayapura Asia/Makassar Asia/Pontianak: 62
    Asia/Jerusalem: 972
    Asia/Kabul: 93
    Asia/Karachi: 92
    Asia/Kathmandu: 977
    Asia/Kolkata: 91
    Asia/Kuala_Lumpur Asia/Kuching: 60
    Asia/Kuwait: 965
    Asia/Macau: 853
    Asia/Manila: 63
    Asia/Muscat: 968
    Asia/Phnom_Penh: 855
    Asia/Pyongyang: 850
    Asia/Qatar: 974
    Asia/Riyadh: 966
    Asia/Samarkand Asia/Tashkent: 998
    Asia/Seoul: 82
    Asia/Shanghai Asia/Urumqi: 86
    Asia/Singapore: 65
    Asia/Taipei: 886
    Asia/Tbilisi: 995
    Asia/Tehran: 98
    Asia/Thimphu: 975
    Asia/Tokyo: 81
    Asia/Vientiane: 856
    Asia/Yangon: 95
    Asia/Yerevan: 374
    Atlantic/Azores Atlantic/Madeira Europe/Lisbon: 351
    Atlantic/Cape_Verde: 238
    Atlantic/Faroe: 298
    Atlantic/Reykjavik: 354
    Atlantic/St_Helena: 247 290
    Atlantic/Stanley: 500
    Europe/Amsterdam: 31
    Europe/Andorra: 376
    Europe/Athens: 30
    Europe/Belgrade: 381 383
    Europe/Berlin Europe/Busingen: 49
    Europe/Bratislava: 421
    Europe/Brussels: 32
    Europe/Bucharest: 40
    Europe/Budapest: 36
    Europe/Chisinau: 373
    Europe/Copenhagen: 45
    Europe/Dublin: 353
    Europe/Gibraltar: 350
    Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London: 44
    Europe/Helsinki Europe/Mariehamn: 358
    Europe/Istanbul: 90
    Europe/Kyiv Europe/Simferopol: 380
    Europe/Ljubljana: 386
    Europe/Luxembourg: 352
    Europe/Malta: 356
    Europe/Minsk: 375
    Europe/Monaco: 377
    Europe/Paris: 33
    Europe/Podgorica: 382
    Europe/Prague: 420
    Europe/Riga: 371
    Europe/Rome Europe/Vatican: 39
    Europe/San_Marino: 378
    Europe/Sarajevo: 387
    Europe/Skopje: 389
    Europe/Sofia: 359
    Europe/Stockholm: 46
    Europe/Tallinn: 372
    Europe/Tirane: 355
    Europe/Vaduz: 423
    Europe/Vienna: 43
    Europe/Vilnius: 370
    Europe/Warsaw: 48
    Europe/Zagreb: 385
    Europe/Zurich: 41
    Indian/Antananarivo: 261
    Indian/Chagos: 246
    Indian/Comoro: 269
    Indian/Mahe: 248
    Indian/Maldives: 960
    Indian/Mauritius: 230
    Indian/Mayotte Indian/Reunion: 262
    Pacific/Apia: 685
    Pacific/Auckland Pacific/Chatham: 64
    Pacific/Bougainville Pacific/Port_Moresby: 675
    Pacific/Chuuk Pacific/Kosrae Pacific/Pohnpei: 691
    Pacific/Efate: 678
    Pacific/Fakaofo: 690
    Pacific/Fiji: 679
    Pacific/Funafuti: 688
    Pacific/Gambier Pacific/Marquesas Pacific/Tahiti: 689
    Pacific/Guadalcanal: 677
    Pacific/Kanton Pacific/Kiritimati Pacific/Tarawa: 686
    Pacific/Kwajalein Pacific/Majuro: 692
    Pacific/Nauru: 674
    Pacific/Niue: 683
    Pacific/Norfolk: 672
    Pacific/Noumea: 687
    Pacific/Palau: 680
    Pacific/Rarotonga: 682
    Pacific/Tongatapu: 676
    Pacific/Wallis: 681
    """

  /// FNV-1a (64 bits) of `northAmerica`, a line feed and `countries`.
  package static let checksum: UInt64 = 0x1216_E415_9BDC_27BE
}
