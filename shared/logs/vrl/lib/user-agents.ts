/** Browsers by what they write into their user agent, most particular first. The group is the version. */
export const browsers: readonly (readonly [string, RegExp])[] = [
  ['Opera Mini', /Opera Mini\/([\d.]+)/],
  ['Opera', /(?:OPR|OPiOS|OPT)\/([\d.]+)/],
  ['Opera', /Opera[ /]?([\d.]+)/],
  ['Edge', /(?:Edge|Edg|EdgA|EdgiOS)\/([\d.]+)/],
  ['Vivaldi', /Vivaldi\/([\d.]+)/],
  ['Yandex Browser', /YaBrowser\/([\d.]+)/],
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/],
  ['UC Browser', /UC ?Browser[/]?([\d.]+)/],
  ['Internet Explorer', /(?:MSIE |IEMobile[/ ])([\d.]+)/],
  ['Internet Explorer', /Trident\/.*rv:([\d.]+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /(?:Chrome|CriOS|CrMo)\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
  ['Safari', /(?:Safari|AppleWebKit)\/([\d.]+)/],
  ['curl', /^curl\/([\d.]+)/],
  ['Wget', /^Wget\/([\d.]+)/i],
]

export const bots =
  /(?:googlebot|bingbot|slurp|duckduckbot|baiduspider|yandexbot|facebookexternalhit|twitterbot|applebot|semrushbot|ahrefsbot|mj12bot|crawler|spider|\bbot\b)/i

/** Windows by its NT version. */
export const windows: Readonly<Record<string, string>> = {
  '10.0': 'Windows 10',
  '6.3': 'Windows 8.1',
  '6.2': 'Windows 8',
  '6.1': 'Windows 7',
  '6.0': 'Windows Vista',
  '5.2': 'Windows XP',
  '5.1': 'Windows XP',
  '5.0': 'Windows 2000',
}

export interface Agent {
  readonly browser: { readonly family: string | null; readonly version: string | null }
  readonly os: { readonly family: string | null; readonly version: string | null }
  readonly category: string | null
  readonly device: { readonly family: string | null; readonly brand: string | null; readonly model: string | null }
}

export function parseUserAgent(ua: string): Agent {
  const browser = browsers.map(([family, p]) => ({ family, m: p.exec(ua) })).find((b) => b.m)
  const os = systemOf(ua)
  const device = deviceOf(ua)
  // Opera Mini and Opera tell their own version apart from that of the engine
  const version =
    browser && /^Opera/.test(browser.family) ? (/Version\/([\d.]+)/.exec(ua)?.[1] ?? browser.m![1]!) : (browser?.m?.[1] ?? null)
  return { browser: { family: browser?.family ?? null, version }, os, category: categoryOf(ua, os.family), device }
}

function systemOf(ua: string): Agent['os'] {
  const nt = /Windows NT ([\d.]+)/.exec(ua)
  if (nt) return { family: windows[nt[1]!] ?? 'Windows', version: `NT ${nt[1]}` }
  const ios = /(?:iPhone|iPad|iPod).*? OS (\d+(?:[_.]\d+)*)/.exec(ua)
  if (ios) return { family: 'iOS', version: ios[1]!.replaceAll('_', '.') }
  if (/iPhone|iPad|iPod/.test(ua)) return { family: 'iOS', version: null }
  const phone = /Windows Phone(?: OS)? ([\d.]+)/.exec(ua)
  if (phone) return { family: 'Windows Phone OS', version: phone[1]! }
  const android = /Android[ /-]?([\d.]+)?/.exec(ua)
  if (android) return { family: 'Android', version: android[1] ?? null }
  const mac = /Mac OS X (\d+(?:[_.]\d+)*)?/.exec(ua)
  if (mac) return { family: 'Mac OSX', version: mac[1]?.replaceAll('_', '.') ?? null }
  const chromeOs = /CrOS \S+ ([\d.]+)/.exec(ua)
  if (chromeOs) return { family: 'ChromeOS', version: chromeOs[1]! }
  if (/Linux|X11/.test(ua)) return { family: 'Linux', version: null }
  return { family: /BSD/.test(ua) ? 'BSD' : /Windows/.test(ua) ? 'Windows' : null, version: null }
}

function categoryOf(ua: string, os: string | null): string | null {
  if (bots.test(ua)) return 'crawler'
  if (os === 'iOS') return 'smartphone'
  if (os === 'Android' || os === 'Windows Phone OS' || /BlackBerry|BB10/.test(ua)) return 'smartphone'
  if (/PlayStation|Nintendo|Xbox/.test(ua)) return 'appliance'
  if (/DoCoMo|KDDI-|SoftBank|J2ME|MIDP/.test(ua)) return 'mobilephone'
  return os === null ? null : 'pc'
}

function deviceOf(ua: string): Agent['device'] {
  const apple = /iPhone|iPad|iPod/.exec(ua)?.[0] ?? (/Macintosh/.test(ua) ? 'Mac' : undefined)
  if (apple) return { family: apple, brand: 'Apple', model: apple }
  const samsung = /\b(?:SM|GT|SCH|SGH)-[A-Z0-9]+/.exec(ua)?.[0]
  if (samsung) return { family: `Samsung ${samsung}`, brand: 'Samsung', model: samsung }
  const pixel = /\b(?:Pixel|Nexus)[ \w]*?(?= Build|\)|;)/.exec(ua)?.[0]
  if (pixel) return { family: pixel, brand: 'Google', model: pixel }
  if (bots.test(ua)) return { family: 'Spider', brand: 'Spider', model: 'Desktop' }
  return { family: /Mobile|Android/.test(ua) ? 'Generic Smartphone' : null, brand: null, model: null }
}
