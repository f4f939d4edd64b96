#!/bin/sh
# Gets the servers that the loopback tests start, without installing or starting any of them: a mail server that a test
# run leaves behind on somebody's machine would be a surprise. They are unpacked into a folder and run from there.
# usage: Scripts/test-servers.sh FOLDER
set -eu
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
"$here/install-packages.sh" python3 openssl
[ -e "$folder/complete" ] && exit 0
rm -rf "$folder"
mkdir -p "$folder/packages" "$folder/kannel" "$folder/postfix"
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update -qq
# unpack NAME PACKAGE…: downloads packages and unpacks them into the folder's part NAME.
unpack() {
  part=$1
  shift
  (cd "$folder/packages" && apt-get download -qq "$@")
  for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder/$part"; done
  rm -f "$folder"/packages/*.deb
}
unpack kannel kannel libct4 libhiredis0.14 libmariadb3 libpcre3 libxml2 libicu72
unpack postfix postfix libdb5.3 libnsl2 libtirpc3 libicu72
rm -rf "$folder/packages"
touch "$folder/complete"
