/**
 * How a domain shows that it wants this page: a TXT record that only whoever runs its DNS can set. The page's id is no secret; that
 * it stands in *this* domain's zone is the proof, and it names one page, so nobody else's page can come to stand there.
 */
export const proofOf = (page: { id: string; custom_domain: string }): { name: string; value: string } => ({
  name: `_tocsin.${page.custom_domain}`,
  value: `tocsin-page=${page.id}`,
})

/** Whether the records of that name hold the proof, among whatever else stands there. */
export const isProven = (page: { id: string; custom_domain: string }, texts: readonly string[]): boolean =>
  texts.some((text) => text.trim() === proofOf(page).value)
