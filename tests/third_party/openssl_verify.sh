#!/bin/sh
# Checks the two signatures of a checkpoint with nothing but openssl and the shell: openssl_verify.sh DIRECTORY
set -eu
dir=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The text is what stands before the blank line, its newline included.
sed '/^$/,$d' "$dir/checkpoint-300" >"$work/text"
key_of() { sed 's/^[^+]*+[^+]*+//' "$1" | base64 -d; }
id_of() { sed 's/^[^+]*+\([^+]*\)+.*/\1/' "$1"; }
# A signature line holds four bytes of key id, then the signature.
signature_of() { # vkey file
    sed -n 's/^\xe2\x80\x94 [^ ]* //p' "$dir/checkpoint-300" | while read -r line; do
        [ "$(echo "$line" | base64 -d | head -c 4 | od -An -tx1 | tr -d ' \n')" = "$(id_of "$1")" ] || continue
        echo "$line" | base64 -d | tail -c +5
    done
}

# Ed25519: the key's 32 bytes behind the head that every such key has in DER.
{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; key_of "$dir/vkey" | tail -c +2; } >"$work/log.der"
signature_of "$dir/vkey" >"$work/log.sig"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/log.der" -rawin -in "$work/text" -sigfile "$work/log.sig"

# SM2: the type 0xff, the name GM-SM2-SM3, then the key in DER.
key_of "$dir/vkey-sm2" | tail -c +12 >"$work/sm2.der"
signature_of "$dir/vkey-sm2" >"$work/sm2.sig"
sm2_verify() { openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/sm2.der" -rawin -digest sm3 -in "$work/text" -sigfile "$work/sm2.sig" "$@"; }
sm2_verify -pkeyopt distid:1234567812345678
# Signed with the default id of GM/T 0009, not with none, which is what openssl 3 takes unless told.
if sm2_verify -pkeyopt hexdistid: || sm2_verify; then
    echo "the SM2 signature verifies with an empty id" >&2
    exit 1
fi
