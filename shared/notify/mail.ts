/** A message to one address. `id` is the same for every try: it leaves as X-Tocsin-Message-ID. `text` and `html` say the same. */
export type Mail = {
  id: string
  /** RFC 3339. */
  at: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  links: { name: string; url: string }[]
  incident_id: string | null
}
