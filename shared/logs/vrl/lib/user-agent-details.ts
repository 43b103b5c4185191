/** What a close look tells; parts are text, null where the text does not say. */
export interface Details {
  readonly browser: Part
  readonly os: Part & { readonly minorPatch: string | null }
  readonly device: { readonly family: string | null; readonly brand: string | null; readonly model: string | null }
}
interface Part {
  readonly family: string | null
  readonly major: string | null
  readonly minor: string | null
  readonly patch: string | null
}

type Rule = readonly [family: string | null, pattern: RegExp]
const V = String.raw`(\d+)(?:\.(\d+)(?:\.(\d+))?)?`
const rule = (family: string | null, pattern: string): Rule => [family, new RegExp(pattern)]

/** The most particular first. Without a family of its own the first group is it. */
const browsers: readonly Rule[] = [
  rule(null, `(Googlebot(?:-\\w+)?)/${V}`),
  rule('PingdomBot', `Pingdom\\.com_bot_version_${V}`),
  rule('FacebookBot', `facebookexternalhit/${V}`),
  rule('Yahoo! Slurp', 'Yahoo! Slurp'),
  rule(null, `(Slackbot-LinkExpanding) ${V}`),
  rule(null, `([A-Za-z0-9]*(?:[Bb]ot|[Ss]pider|[Cc]rawler|UptimeRobot)(?:-\\w+)?)/v?${V}`),
  rule(null, `\\b([A-Z][A-Za-z0-9]*(?:[Bb]ot|spider))\\b(?=;|\\)|$)`),
  rule('Python Requests', `^python-requests/(\\d+)\\.(\\d+)`),
  rule(null, `^(curl|Wget|Python-urllib|Go-http-client|okhttp|Apache-HttpClient|PostmanRuntime|axios|libwww-perl|Lynx)/${V}`),
  rule('Java', String.raw`^Java/1\.(\d+)\.(\d+)(?:_(\d+))?`),
  rule('Facebook', `FB(?:AV|SV)/${V}`),
  rule('UP.Browser', `UP\\.Browser/${V}`),
  rule('NetFront', `NetFront/${V}`),
  rule('Samsung Internet', `SamsungBrowser/${V}`),
  rule('Yandex Browser', `YaBrowser/${V}`),
  rule('Vivaldi', `Vivaldi/${V}`),
  rule('Edge Mobile', `Windows Phone .*(?:Edge)/${V}`),
  rule('Edge', `(?:Edge|Edg|EdgA|EdgiOS)/${V}`),
  rule('Opera Mini', `Opera Mini(?:/att)?/?${V}`),
  rule('Opera Mobile', `Opera (?:Mobi|Tablet).*Version/${V}`),
  rule('Opera', `(?:OPR|OPiOS)/${V}`),
  rule('Opera', `^Opera.*Version/${V}`),
  rule('Opera', `Opera[/ ]${V}`),
  rule('IE Mobile', `IEMobile[ /]${V}`),
  rule('IE', `MSIE ${V}`),
  rule('IE', `Trident/.*rv:${V}`),
  rule('Firefox iOS', `FxiOS/${V}`),
  rule('Firefox Mobile', `(?:Mobile|Tablet);.*Firefox/${V}`),
  rule('Firefox', `Firefox/${V}`),
  rule('Chrome Mobile iOS', `CriOS/${V}`),
  rule('Chrome Mobile WebView', String.raw`; wv\).+Chrome/(\d+)\.(\d+)\.(\d+)`),
  rule('Chrome Mobile', String.raw`(?:Chrome|CrMo)/(\d+)\.(\d+)\.(\d+)\S* Mobile`),
  rule('HeadlessChrome', `HeadlessChrome/${V}`),
  rule('Chrome', `Chrome/${V}`),
  rule('Chromium', `Chromium/${V}`),
  rule('BlackBerry WebKit', `(?:BlackBerry|BB10).*Version/${V}`),
  rule('Android', String.raw`Android (\d+)(?:\.(\d+)(?:\.(\d+))?)?.*Version/\S+ (?:Mobile )?Safari`),
  rule('Mobile Safari', `iP(?:hone|ad|od).*Version/${V}.*Safari`),
  rule('Mobile Safari UI/WKWebView', 'iP(?:hone|ad|od).*AppleWebKit'),
  rule('Safari', `Version/${V}.*Safari/`),
  rule('Android', String.raw`^Dalvik.*Android (\d+)(?:\.(\d+)(?:\.(\d+))?)?`),
  rule(null, `^(\\w+)/${V}.* CFNetwork/`),
  rule('CFNetwork', `CFNetwork/${V}`),
]

const windows: Readonly<Record<string, string>> = {
  '10.0': '10',
  '6.3': '8',
  '6.2': '8',
  '6.1': '7',
  '6.0': 'Vista',
  '5.2': 'XP',
  '5.1': 'XP',
  '5.0': '2000',
}
/** iOS by the major version of its Darwin kernel. */
const darwin: Readonly<Record<string, readonly [string, string]>> = {
  '18': ['12', '0'],
  '19': ['13', '0'],
  '20': ['14', '0'],
  '21': ['15', '0'],
  '22': ['16', '0'],
  '23': ['17', '0'],
}

const systems: readonly Rule[] = [
  rule('Windows Phone', `Windows Phone(?: OS)? ${V}`),
  rule('iOS', String.raw`(?:iPhone|iPad|iPod).*? OS (\d+)(?:[_.](\d+)(?:[_.](\d+))?)?`),
  rule('iOS', 'iPhone|iPad|iPod'),
  rule('Android', String.raw`Android[ /-](\d+)(?:\.(\d+)(?:\.(\d+))?)?`),
  rule('Android', 'Android'),
  rule('BlackBerry OS', String.raw`(?:BlackBerry|BB10).*Version/(\d+)\.(\d+)\.(\d+)(?:\.(\d+))?`),
  rule('Mac OS X', String.raw`Mac OS X (\d+)(?:[_.](\d+)(?:[_.](\d+))?)?`),
  rule('Mac OS X', 'Macintosh'),
  rule('Chrome OS', String.raw`CrOS [^ )]+ (\d+)\.(\d+)(?:\.(\d+))?`),
  rule('Tizen', `Tizen[ /]${V}`),
  rule('PlayStation 4', 'PlayStation 4'),
  rule(null, '(FreeBSD|OpenBSD|NetBSD|Ubuntu|Fedora|Debian|Solaris)'),
  rule('Linux', 'Linux|linux|X11'),
]

/** Browser, system and device of a user agent at a close look. */
export function closeLook(ua: string): Details {
  const [family, m] = first(browsers, ua)
  const browser = { family, ...numbers(m, family === m?.[1] ? 2 : 1) }
  return { browser, os: systemOf(ua), device: deviceOf(ua, family) }
}

function first(rules: readonly Rule[], ua: string): [string | null, RegExpExecArray | null] {
  for (const [family, pattern] of rules) {
    const m = pattern.exec(ua)
    if (m) return [family ?? m[1]!, m]
  }
  return [null, null]
}

const numbers = (m: RegExpExecArray | null, at: number): Omit<Part, 'family'> => ({
  major: m?.[at] ?? null,
  minor: m?.[at + 1] ?? null,
  patch: m?.[at + 2] ?? null,
})

function systemOf(ua: string): Details['os'] {
  const none = { major: null, minor: null, patch: null, minorPatch: null }
  const nt = /Windows NT ([\d.]+)/.exec(ua)
  if (nt && !/Windows Phone/.test(ua))
    return { ...none, family: 'Windows', major: windows[nt[1]!] ?? null, minor: nt[1] === '6.3' ? '1' : null }
  const kernel = /CFNetwork.* Darwin\/(\d+)/.exec(ua)
  if (kernel) return { ...none, family: 'iOS', major: darwin[kernel[1]!]?.[0] ?? null }
  const [family, m] = first(systems, ua)
  return { family, ...numbers(m, family === m?.[1] ? 2 : 1), minorPatch: m?.[4] ?? null }
}

const robots = /bot\b|Bot\/|spider|crawler|Slurp|facebookexternalhit|Slackbot|UptimeRobot|Pingdom|^Java\/|Python-urllib/i

function deviceOf(ua: string, browser: string | null): Details['device'] {
  const device = (family: string, brand: string, model: string) => ({ family, brand, model })
  if (robots.test(ua) && !/Bytespider/.test(ua))
    return device('Spider', 'Spider', /Mobile/.test(ua) && /Android|iPhone/.test(ua) ? 'Smartphone' : 'Desktop')
  const lumia = /Lumia \d+/.exec(ua)
  if (lumia) return device(lumia[0], 'Nokia', lumia[0])
  const apple = /iPhone|iPad|iPod/.exec(ua)?.[0] ?? (/Macintosh/.test(ua) ? 'Mac' : undefined)
  if (apple) return device(apple, 'Apple', apple)
  if (/CFNetwork/.test(ua)) return device('iOS-Device', 'Apple', 'iOS-Device')
  const berry = /BlackBerry ?(\d+)|BB10; (\w+)/.exec(ua)
  if (berry) return device(`BlackBerry ${berry[1] ?? berry[2]}`, 'BlackBerry', berry[1] ?? berry[2]!)
  if (/PlayStation 4/.test(ua)) return device('PlayStation 4', 'Sony', 'PlayStation 4')
  if (/Nintendo Switch/.test(ua)) return device('Nintendo Switch', 'Nintendo', 'Switch')
  if (/SMART-TV.*Tizen/.test(ua)) return device('Samsung SMART-TV', 'Samsung', 'SMART-TV')
  const docomo = /^DoCoMo\/[\d.]+[/ ](\w+)/.exec(ua)
  if (docomo) return device(`DoCoMo ${docomo[1]}`, 'DoCoMo', docomo[1]!)
  if (/^(?:KDDI|SoftBank)|libwww-perl/.test(ua)) return device('Generic Feature Phone', 'Generic', 'Feature Phone')
  return (
    androidDevice(ua) ??
    (/Android|Opera Mini/.test(ua) && browser !== null
      ? device('Generic Smartphone', 'Generic', 'Smartphone')
      : { family: null, brand: null, model: null })
  )
}

function androidDevice(ua: string): Details['device'] | undefined {
  const said = /Android [\d.]+; (?:[a-z]{2}-[a-z]{2}; )?([^;)]+?)(?: Build\/[^;)]*)?(?:; wv)?\)/.exec(ua)?.[1]
  if (!said || said === 'Mobile') return undefined
  const samsung = /(?:SAMSUNG )?((?:SM|GT|SCH|SGH)-[A-Z0-9]+)/.exec(said)?.[1]
  if (samsung && (/Mobile|Dalvik/.test(ua) || /Build\//.test(ua))) return { family: `Samsung ${samsung}`, brand: 'Samsung', model: samsung }
  if (/^SC-\d/.test(said)) return { family: said, brand: 'Samsung', model: said }
  if (/^(?:Pixel|Nexus)/.test(said)) return { family: said, brand: 'Google', model: said }
  const vivo = /^vivo (.+)/.exec(said)
  if (vivo) return { family: said, brand: 'vivo', model: vivo[1]! }
  if (/^(?:Redmi|Mi |POCO|M20)/.test(said)) return { family: `XiaoMi ${said}`, brand: 'XiaoMi', model: said }
  return { family: said, brand: /Mobile/.test(ua) ? 'Generic_Android' : 'Generic_Android_Tablet', model: said }
}
