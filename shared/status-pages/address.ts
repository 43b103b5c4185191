/** Names that would be taken for a part of the product, or for its maker. */
const reserved = new Set(
  `about account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn cloud console contact
   dashboard demo dev dns docs edge email feed ftp help hooks hostmaster imap ingest internal local localhost login mail mailbox media metrics
   mx news ns ns1 ns2 oauth pages pop postmaster prod proxy public root security sign-in sign-up signin signup smtp sso staging static status
   statuspage statuspages store support system team test tocsin uptime webhook webhooks webmaster ws www`.split(/\s+/),
)

/** A DNS label of two characters or more that is not reserved. `xn--` labels can look like somebody else's name. */
export const isSubdomain = (text: string): boolean =>
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/.test(text) && !/^..--/.test(text) && !reserved.has(text)

/** A host name of two labels or more: no address, no port, no scheme. */
export const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(text) &&
  !/(^|\.)(localhost|local|internal|invalid|onion|arpa)$/.test(text)

type Page = { subdomain: string; custom_domain: string | null; custom_domain_verified: boolean }
type Base = { TOCSIN_URL: string; STATUS_DOMAIN: string }

/** Where the public reads a page: its own proven domain, else its name under the status domain, on one machine under `/s/`. Ends with `/`. */
export function publicUrl(page: Page, { TOCSIN_URL, STATUS_DOMAIN }: Base): string {
  if (page.custom_domain && page.custom_domain_verified && !STATUS_DOMAIN.endsWith('localhost')) return `https://${page.custom_domain}/`
  if (STATUS_DOMAIN && !STATUS_DOMAIN.endsWith('localhost')) return `https://${page.subdomain}.${STATUS_DOMAIN}/`
  return `${TOCSIN_URL}/s/${page.subdomain}/`
}

/** A custom domain that is ours already cannot be a customer's. */
export const isOurs = (domain: string, { TOCSIN_URL, STATUS_DOMAIN }: Base): boolean =>
  domain === STATUS_DOMAIN || domain.endsWith(`.${STATUS_DOMAIN}`) || domain === new URL(TOCSIN_URL).hostname
