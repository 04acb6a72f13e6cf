#!/bin/sh
# Makes the certificates of tests/test_fetch.py: an authority nobody trusts, and servers under it.
# They are good from 2020 to 2120, but for the one that expired in 2020, and have what RFC 5280 asks
# for, since Python 3.13 and later insist on it. Worthless as secrets.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s\n' '[ca]' 'default_ca=d' '[d]' "database=$work/index" "serial=$work/serial" \
    "new_certs_dir=$work" 'default_md=sha256' 'policy=p' 'copy_extensions=copy' \
    'unique_subject=no' '[p]' 'commonName=supplied' '[x]' 'subjectKeyIdentifier=hash' \
    'authorityKeyIdentifier=keyid' > "$work/ca.cnf"
: > "$work/index"
echo 01 > "$work/serial"

request() { # name, common name, extension, perhaps another
    openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"
    openssl req -new -key "$work/$1.key" -subj "/CN=$2" -addext "$3" ${4:+-addext "$4"} \
        -out "$work/$1.csr"
}
sign() { # name, last day, how
    name=$1 last=$2
    shift 2
    openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/$name.csr" -extensions x "$@" \
        -startdate 20200101000000Z -enddate "$last" -out "$work/$name.crt"
    cat "$work/$name.key" "$work/$name.crt" > "$name.pem"
}
request authority "Test authority" "basicConstraints=critical,CA:TRUE" \
    "keyUsage=critical,keyCertSign"
sign authority 21200101000000Z -selfsign -keyfile "$work/authority.key"
cp "$work/authority.crt" authority.pem # nobody needs its key
under="-keyfile $work/authority.key -cert $work/authority.crt"
for host in good=news.example expired=news.example other-host=elsewhere.example; do
    name=${host%%=*} last=21200101000000Z
    [ "$name" = expired ] && last=20200102000000Z
    request "$name" "${host#*=}" "subjectAltName=DNS:${host#*=}"
    sign "$name" "$last" $under
done
request self-signed news.example "subjectAltName=DNS:news.example"
sign self-signed 21200101000000Z -selfsign -keyfile "$work/self-signed.key"
