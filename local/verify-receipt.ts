// `npm run verify-receipt -- <file or -> [address]`: proves signed page receipts. docs/paging.md
import { readFileSync } from 'node:fs'
import { argv, exit } from 'node:process'

const [source = '-', address = 'http://localhost:8787'] = argv.slice(2)
const given = readFileSync(source === '-' ? 0 : source, 'utf8')
const { keys } = (await (await fetch(`${address}/.well-known/tocsin-receipts.json`)).json()) as { keys: (JsonWebKey & { kid: string })[] }
const receipts = signedIn(given)
if (!receipts.length) {
  console.error('No signed receipt in it. Give the answer of GET /api/incidents/{id}/pages, or its "signed" values, one a line.')
  exit(2)
}
let wrong = 0
for (const receipt of receipts) {
  const page = await proven(receipt).catch(() => null)
  if (page === null) wrong++
  console.log(page ?? `NOT PROVEN  ${receipt.slice(0, 24)}…`)
}
console.log(`${receipts.length - wrong} of ${receipts.length} proven`)
exit(wrong ? 1 : 0)

/** The pages' JSON, or JWS one a line. */
function signedIn(text: string): string[] {
  try {
    return (JSON.parse(text) as { signed: string }[]).map((p) => p.signed)
  } catch {
    return text.split(/\s+/).filter((line) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(line))
  }
}

/** What it says, in a line; null when no key of the installation signed these very bytes. */
async function proven(jws: string): Promise<string | null> {
  const [header, payload, signature] = jws.split('.') as [string, string, string]
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; alg: string }
  const jwk = keys.find((k) => k.kid === kid)
  if (!jwk || alg !== 'EdDSA') return null
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
  const good = await crypto.subtle.verify(
    { name: 'Ed25519' },
    key,
    Buffer.from(signature, 'base64url'),
    Buffer.from(`${header}.${payload}`),
  )
  if (!good) return null
  const { page, incident, signed_at } = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const steps = page.receipts.map(
    (r: { state: string; at: string; provider_id: string | null }) => `${r.state} ${r.at}${r.provider_id ? ` (${r.provider_id})` : ''}`,
  )
  return `PROVEN  page ${page.id} of incident ${incident} by ${page.channel} to ${page.contact}, signed ${signed_at}\n  ${steps.join('\n  ')}`
}
