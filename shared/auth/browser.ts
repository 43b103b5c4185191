import bowser from 'bowser'

/** "Firefox on Linux", to recognise a signed-in place by; what is not a browser is said in its own first word. */
export function browserOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown'
  const { browser, os } = bowser.parse(userAgent.slice(0, 500))
  if (!browser.name) return userAgent.split(/[\s/]/)[0]!.slice(0, 40) || 'Unknown'
  return os.name ? `${browser.name} on ${os.name}` : browser.name
}
