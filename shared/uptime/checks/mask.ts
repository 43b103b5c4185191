const MASK = '•••'

/** What looks like a credential in a page that we keep: its value goes, its name stays. */
const SHAPES: [RegExp, string][] = [
  [/\b(Bearer|Basic|Token)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [
    /((?:pass(?:word|wd)?|secret|token|api[_-]?key|authorization|session(?:id)?|cookie|credential)s?["']?\s*[:=]\s*)(["']?)[^\s"'&<>,;}]{3,}/gi,
    `$1$2${MASK}`,
  ],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, MASK],
  [/\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|AKIA|toc|src|hb)[-_]?[A-Za-z0-9_-]{16,}/g, MASK],
  [/:\/\/[^\s/@:"']+:[^\s/@"']+@/g, `://${MASK}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
]

/** A text without the given secrets (a page may echo the request) and without what looks like one. */
export function masked(text: string, secrets: readonly (string | null)[]): string {
  let out = text
  for (const secret of secrets) if (secret && secret.length >= 4) out = out.replaceAll(secret, MASK)
  for (const [shape, by] of SHAPES) out = out.replace(shape, by)
  return out
}
