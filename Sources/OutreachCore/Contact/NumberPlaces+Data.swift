// Made by Scripts/number-zones.py; do not edit.
//
// phonenumbers 9.0.43, names by prefix, SHA-256:
//   6083e0537135ce1d2edd33c23c887c47662d38394a4ae2e9d428968012db9d29
//
// Derived from libphonenumber, Copyright (C) The Libphonenumber Authors, by way of the Python package
// phonenumbers 9.0.43, licensed under the Apache License, Version 2.0
// (http://www.apache.org/licenses/LICENSE-2.0). Changed: reduced to the tables below.

extension NumberPlaces {
  /// The places of area codes under country code 1.
  static let northAmerica = """
    AG: 268
    AI: 264
    BB: 246
    BM: 441
    BS: 242
    CA CA-AB: 368 403 587 780 825
    CA CA-BC: 236 250 257 604 672 778
    CA CA-MB: 204 431 584
    CA CA-NB: 428 506
    CA CA-NL: 709 879
    CA CA-NS CA-PE: 782 902
    CA CA-NT CA-NU CA-YT: 867
    CA CA-ON: 226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942
    CA CA-QC: 263 273 354 367 418 438 450 468 514 579 581 819 873
    CA CA-SK: 306 474 639
    DM: 767
    DO: 809 829 849
    GD: 473
    JM: 658 876
    KN: 869
    KY: 345
    LC: 758
    MS: 664
    SX: 721
    TC: 649
    TT: 868
    US US-AK: 907
    US US-AL: 205 251 256 334 659 938
    US US-AR: 327 479 501 870
    US US-AS: 684
    US US-AZ: 480 520 602 623 928
    US US-CA: 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 \
    707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951
    US US-CO: 303 719 720 748 970 983
    US US-CT: 203 475 860 959
    US US-DC: 202 771
    US US-DE: 302
    US US-FL: 239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954
    US US-GA: 229 404 470 478 678 706 762 770 912 943
    US US-GU: 671
    US US-HI: 808
    US US-IA: 319 515 563 641 712
    US US-ID: 208 986
    US US-IL: 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872
    US US-IN: 219 260 317 463 574 765 812 930
    US US-KS: 316 620 785 913
    US US-KY: 270 364 502 606 859
    US US-LA: 225 318 337 504 985
    US US-MA: 339 351 413 508 617 774 781 857 978
    US US-MD: 227 240 301 410 443 667
    US US-ME: 207
    US US-MI: 231 248 269 313 517 586 616 734 810 906 947 989
    US US-MN: 218 320 507 612 651 763 952
    US US-MO: 235 314 417 557 573 636 660 816 975
    US US-MP: 670
    US US-MS: 228 601 662 769
    US US-MT: 406
    US US-NC: 252 336 472 704 743 828 910 919 980 984
    US US-ND: 701
    US US-NE: 308 402 531
    US US-NH: 603
    US US-NJ: 551 609 640 732 848 856 862 908 973
    US US-NJ US-NY: 201
    US US-NM: 505 575
    US US-NV: 702 725 775
    US US-NY: 212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934
    US US-OH: 216 220 234 283 326 330 380 419 440 513 567 614 740 937
    US US-OK: 405 539 572 580 918
    US US-OR: 458 503 541 971
    US US-PA: 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
    US US-PR: 787 939
    US US-RI: 401
    US US-SC: 803 821 839 843 854 864
    US US-SD: 605
    US US-TN: 423 615 629 731 865 901 931
    US US-TX: 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 \
    940 945 956 972 979
    US US-UT: 385 435 801
    US US-VA: 276 434 540 571 686 703 757 804 826 948
    US US-VI: 340
    US US-VT: 802
    US US-WA: 206 253 360 425 509 564
    US US-WI: 262 274 353 414 534 608 715 920
    US US-WV: 304 681
    US US-WY: 307
    VC: 784
    VG: 284
    """

  /// The countries of all other country codes.
  static let countries = """
    AC: 247
    AD: 376
    AE: 971
    AF: 93
    AL: 355
    AM: 374
    AO: 244
    AR: 54
    AT: 43
    AU CC CX: 61
    AW: 297
    AX FI: 358
    AZ: 994
    BA: 387
    BD: 880
    BE: 32
    BF: 226
    BG: 359
    BH: 973
    BI: 257
    BJ: 229
    BL GP MF: 590
    BN: 673
    BO: 591
    BQ CW: 599
    BR: 55
    BT: 975
    BW: 267
    BY: 375
    BZ: 501
    CD: 243
    CF: 236
    CG: 242
    CH: 41
    CI: 225
    CK: 682
    CL: 56
    CM: 237
    CN: 86
    CO: 57
    CR: 506
    CU: 53
    CV: 238
    CY: 357
    CZ: 420
    DE: 49
    DJ: 253
    DK: 45
    DZ: 213
    EC: 593
    EE: 372
    EG: 20
    EH MA: 212
    ER: 291
    ES: 34
    ET: 251
    FJ: 679
    FK: 500
    FM: 691
    FO: 298
    FR: 33
    GA: 241
    GB GG IM JE: 44
    GE: 995
    GF: 594
    GH: 233
    GI: 350
    GL: 299
    GM: 220
    GN: 224
    GQ: 240
    GR: 30
    GT: 502
    GW: 245
    GY: 592
    HK: 852
    HN: 504
    HR: 385
    HT: 509
    HU: 36
    ID: 62
    IE: 353
    IL: 972
    IN: 91
    IO: 246
    IQ: 964
    IR: 98
    IS: 354
    IT VA: 39
    JO: 962
    JP: 81
    KE: 254
    KG: 996
    KH: 855
    KI: 686
    KM: 269
    KP: 850
    KR: 82
    KW: 965
    KZ RU: 7
    LA: 856
    LB: 961
    LI: 423
    LK: 94
    LR: 231
    LS: 266
    LT: 370
    LU: 352
    LV: 371
    LY: 218
    MC: 377
    MD: 373
    ME: 382
    MG: 261
    MH: 692
    MK: 389
    ML: 223
    MM: 95
    MN: 976
    MO: 853
    MQ: 596
    MR: 222
    MT: 356
    MU: 230
    MV: 960
    MW: 265
    MX: 52
    MY: 60
    MZ: 258
    NA: 264
    NC: 687
    NE: 227
    NF: 672
    NG: 234
    NI: 505
    NL: 31
    NO SJ: 47
    NP: 977
    NR: 674
    NU: 683
    NZ: 64
    OM: 968
    PA: 507
    PE: 51
    PF: 689
    PG: 675
    PH: 63
    PK: 92
    PL: 48
    PM: 508
    PS: 970
    PT: 351
    PW: 680
    PY: 595
    QA: 974
    RE YT: 262
    RO: 40
    RS: 381
    RW: 250
    SA: 966
    SB: 677
    SC: 248
    SD: 249
    SE: 46
    SG: 65
    SH TA: 290
    SI: 386
    SK: 421
    SL: 232
    SM: 378
    SN: 221
    SO: 252
    SR: 597
    SS: 211
    ST: 239
    SV: 503
    SY: 963
    SZ: 268
    TD: 235
    TG: 228
    TH: 66
    TJ: 992
    TK: 690
    TL: 670
    TM: 993
    TN: 216
    TO: 676
    TR: 90
    TV: 688
    TW: 886
    TZ: 255
    UA: 380
    UG: 256
    UY: 598
    UZ: 998
    VE: 58
    VN: 84
    VU: 678
    WF: 681
    WS: 685
    XK: 383
    YE: 967
    ZA: 27
    ZM: 260
    ZW: 263
    """

  /// FNV-1a (64 bits) of `northAmerica`, a line feed and `countries`.
  package static let checksum: UInt64 = 0x445F_5B80_6E1B_B399
}
