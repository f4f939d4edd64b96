// Made by Scripts/number-zones.py; do not edit.
//
// Area codes that phonenumbers 9.0.43 has and 8.12.57, the version of Debian 12, has not.
//
// Derived from libphonenumber, Copyright (C) The Libphonenumber Authors, by way of the Python package
// phonenumbers 9.0.43, licensed under the Apache License, Version 2.0
// (http://www.apache.org/licenses/LICENSE-2.0). Changed: reduced to the tables below.

extension OpenedAreaCodes {
  /// The area codes.
  static let list = """
    227 235 257 273 274 324 327 329 350 353 354 363 369 382 428 472 557 645 683 686 728 730 738 748 821 \
    835 879 942 975 983
    """
}
