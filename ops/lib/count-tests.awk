# Reads the output of `ctest --verbose`; prints one line per program, what failed and what was skipped, and at the end
# `counts PASSED FAILED SKIPPED`.
# A line of a test program is "N: text"; the result of program N is "I/T Test #N: name ... Passed|***Failed ...".
/^[0-9]+: / {
  id = $1; sub(/:$/, "", id)
  text = $0; sub(/^[0-9]+: /, "", text)
  if (text ~ /^All tests passed \(/) {
    match(text, /in [0-9]+ test case/); catch_passed[id] += substr(text, RSTART + 3) + 0; has_catch[id] = 1
  } else if (text ~ /^test cases:/) {
    n = split(text, part, "|"); has_catch[id] = 1
    for (i = 2; i <= n; i++) {
      if (part[i] ~ /passed/) catch_passed[id] += part[i] + 0
      else if (part[i] ~ /failed as expected/) catch_passed[id] += part[i] + 0
      else if (part[i] ~ /failed/) catch_failed[id] += part[i] + 0
    }
  } else if (text ~ /^No tests ran/) has_catch[id] = 1
  else if (text ~ /^SKIPPED/) { skips[id]++; print text; skip_total++ }
  else if (text ~ /FAILED:|^[^ ]+:[0-9]+: FAILED/) { failing[id] = failing[id] "          " text "\n" }
  tail[id] = tail[id] "    " text "\n"
  if (++tail_lines[id] > 40) { sub(/^[^\n]*\n/, "", tail[id]) }
}
/^ *[0-9]+\/[0-9]+ Test +#[0-9]+:/ {
  match($0, /#[0-9]+/); id = substr($0, RSTART + 1, RLENGTH - 1)
  name = $0; sub(/^.*Test +#[0-9]+: /, "", name); sub(/ .*/, "", name)
  seconds = $(NF - 1)
  p = catch_passed[id] + 0; f = catch_failed[id] + 0; s = skips[id] + 0
  good = ($0 ~ / Passed /)
  if ($0 ~ /\*\*\*Skipped/) { if (s == 0) { skip_total++; print "SKIPPED " name } good = 1; p = 0 }
  else if (!has_catch[id]) { if (good) p = 1; else f = 1 }
  else if (!good && f == 0) f = 1
  taken = s < p ? s : p          # a case that says SKIPPED also ends without a failure: it is counted once
  p -= taken
  total_p += p; total_f += f
  if (good) printf "ok      %s: %d passed%s (%s s)\n", name, p, s ? ", " s " skipped" : "", seconds
  else { printf "%s", tail[id]; printf "FAILED  %s: %d failed, %d passed\n", name, f, p }
}
END { print "counts", total_p + 0, total_f + 0, skip_total + 0 }
