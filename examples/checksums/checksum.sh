# The recipe of the dish "checksum": cooks one order, the SHA-256 of one file.
# stdin: the order's payload, a path in quotes, percent-encoded as in a URL.
# stdout: the meal's result, the sum in quotes.

IFS= read -r payload || [ -n "$payload" ]
payload=${payload#\"}
payload=${payload%\"}
case $payload in
  *%*) # the dot keeps a line break at the end of a name
    path=$(env printf '%b.' "$(printf '%s' "$payload" | sed 's/%/\\x/g')")
    path=${path%.}
    ;;
  *) path=$payload ;;
esac

if [ ! -f "$path" ]; then
  echo "there is no regular file $payload" >&2
  exit 65 # rejected: another try would not find it either
fi
sum=$(sha256sum <"$path") || exit 1 # failed: to be tried again
printf '"%s"\n' "${sum%% *}"
