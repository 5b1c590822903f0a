#!/bin/sh
# unpack-bundle.sh BUNDLE FOLDER NAME: brings the files of a bundle to their places below FOLDER, and prints those it brought.
# A file takes its place whole and checked, or not at all, and one that is in place is not written again: after a run that was
# broken off the next one goes on. NAME is noted down in the end, so that a bundle is known to have been unpacked.
set -eu
bundle=$(realpath "$1")
mkdir -p "$2/.kk-bundle"
cd "$2"
work=.kk-bundle
list=$work/bundle.sha256
LC_ALL=C
export LC_ALL

# The list comes first in a bundle; no need to read on. One that was packed anew by hand may call its files ./NAME.
tar -xzf "$bundle" -C $work --no-same-owner --occurrence=1 --no-anchored bundle.sha256
# lacking FOLDER LIST: the files of the list that the folder has not, or has otherwise
lacking() { (cd "$1" && sha256sum --check - 2>/dev/null | sed -n 's/: FAILED.*$//p') <"$2"; }
# of LIST those files that are named on standard input
among() { awk 'NR == FNR { wanted[$0]; next } substr($0, 67) in wanted' - "$1"; }

rm -f bundle.unpacked
lacking . $list >$work/wanted
among $list <$work/wanted >$work/wanted.sha256
# what a run that was broken off has unpacked already
lacking $work $work/wanted.sha256 >$work/packed
if [ -s $work/packed ]; then
    tar -xzf "$bundle" -C $work --no-same-owner --no-anchored -T $work/packed
fi
if [ -s $work/wanted ]; then
    (cd $work && sha256sum --check --quiet --strict -) <$work/wanted.sha256
fi
while read -r file; do
    mkdir -p "$(dirname "$file")"
    mv -f "$work/$file" "$file"
    printf '%s\n' "$file"
done <$work/wanted
mv -f $list bundle.sha256
printf '%s\n' "$3" >bundle.unpacked
rm -rf $work
