#!/bin/sh
# Chromium for the tests that open a page: installed where that can be done, and said where it cannot.
# Never an error: without it those tests are skipped with the reason (but never where CI=true).
if [ -n "$PUNTLANDING_CHROMIUM" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; then
        exit 0
    fi
    echo "Chromium could not be installed: the tests that open a page are skipped."
    exit 0
fi
echo "Chromium is not here: the tests that open a page are skipped. On Debian: apt-get install chromium"
