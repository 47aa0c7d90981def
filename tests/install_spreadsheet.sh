#!/bin/sh
# LibreOffice for the tests that recalculate a workbook: installed where that can be done, and said where it cannot.
# Never an error: without it those tests are skipped with the reason (but never where CI=true).
if command -v soffice >/dev/null || command -v libreoffice >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; then
        exit 0
    fi
    echo "LibreOffice could not be installed: the tests that recalculate a workbook are skipped."
    exit 0
fi
echo "LibreOffice (soffice) is not here: the tests that recalculate a workbook are skipped. On Debian: apt-get install libreoffice-calc"
