#!/bin/sh
# PostgreSQL for the tests of the web application: installed where that can be done, and said where it cannot. The tests start a server of
# their own from it. Never an error: without it those tests are skipped with the reason (but never where CI=true).
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; then
        exit 0
    fi
    echo "PostgreSQL could not be installed: the tests on that database are skipped."
    exit 0
fi
echo "PostgreSQL is not here: the tests on that database are skipped. On Debian: apt-get install postgresql"
