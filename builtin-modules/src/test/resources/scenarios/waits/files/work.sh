#!/bin/sh
echo "ran $1 in $PWD"
echo aside >&2
