#!/bin/sh
# Every check of the code, all of them even when one fails: BIN=.venv/bin sh tests/lint.sh PATHS…
# The same list runs at a developer's desk (make lint) and in CI, so neither surprises the other.
set -u
BIN=${BIN:-.venv/bin}
failed=""

check() { # NAME COMMAND…
  name=$1
  shift
  printf -- '-- %s\n' "$name"
  "$@" || failed="$failed\n  $name"
}

typed=$(find cms feedback procedures surveys \( -path '*/services/*.py' -o -path '*/permissions/*.py' -o -path 'cms/core/text/*.py' \
  -o -name services.py -o -name permissions.py \) | sort)
templates=$(find templates cms feedback procedures surveys -name '*.html' 2>/dev/null | sort)

check "ruff" "$BIN/ruff" check "$@"
check "ruff format" "$BIN/ruff" format --check --quiet "$@"
# shellcheck disable=SC2086
if [ -n "$templates" ]; then check "djlint" "$BIN/djlint" --lint --quiet $templates; fi
# shellcheck disable=SC2086
check "mypy (services, permissions, text)" "$BIN/mypy" $typed
check "import-linter" "$BIN/lint-imports" --no-cache --no-logo
check "migrations" env DJANGO_SETTINGS_MODULE=cms.settings.test "$BIN/python" manage.py makemigrations --check --dry-run
check "check --deploy" env DJANGO_SETTINGS_MODULE=cms.settings.production SITE_URL=https://cong.example.vn \
  "$BIN/python" manage.py check --deploy --fail-level WARNING

if [ -n "$failed" ]; then
  printf "Chưa đạt:$failed\n" >&2
  exit 1
fi
echo "Mọi phép soát đều đạt."
