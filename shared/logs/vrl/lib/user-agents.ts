/** What a quick look tells: the groups are those of the widely used list of browsers by kind (`woothee`). */
export interface Agent {
  readonly browser: string | null
  readonly version: string | null
  readonly os: string | null
  readonly osVersion: string | null
  readonly category: string | null
}

const nothing: Agent = { browser: null, version: null, os: null, osVersion: null, category: null }

/** Crawlers that say so, before anything else in the text counts. */
const crawlers: readonly (readonly [string, RegExp])[] = [
  ['Googlebot', /Googlebot|Mediapartners-Google|AdsBot-Google|Feedfetcher-Google|AppEngine-Google/],
  ['bingbot', /bingbot|BingPreview/],
  ['msnbot', /msnbot/],
  ['Yahoo! Slurp', /Yahoo! (?:DE )?Slurp/],
  ['Baiduspider', /Baiduspider/],
  ['facebook', /facebookexternalhit|Facebot|visionutils/],
  ['twitter', /Twitterbot/],
  ['ahref AhrefsBot', /AhrefsBot/],
]

/** Programs that fetch; `version` is what they are written in. */
const libraries: readonly (readonly [string, RegExp])[] = [
  ['curl', /^curl\b/],
  ['wget', /^Wget\b/i],
  ['Java', /^(?:Apache-HttpClient|Java\/|Jakarta Commons-HttpClient|Java)/],
  ['perl', /^(?:libwww-perl|WWW-Mechanize|LWP|lwp-)/],
  ['ruby', /^(?:Ruby\b|feedzirra|Typhoeus)/i],
  ['python', /^(?:Python-urllib|Twisted)/],
  ['php', /^(?:PHP\/|WordPress\/|CakePHP|PukiWiki|PECL::HTTP)|(?:PEAR |)HTTP_Request2?|HTTP_Client/],
]

const windows: Readonly<Record<string, string>> = {
  '10.0': 'Windows 10',
  '6.3': 'Windows 8.1',
  '6.2': 'Windows 8',
  '6.1': 'Windows 7',
  '6.0': 'Windows Vista',
  '5.1': 'Windows XP',
  '5.0': 'Windows 2000',
  '4.0': 'Windows NT 4.0',
}

/** Browser, system and kind of a user agent at a quick look. */
export function quickLook(ua: string): Agent {
  const crawler = crawlers.find(([, p]) => p.test(ua))
  if (crawler) return { ...nothing, browser: crawler[0], category: 'crawler' }
  const appliance = applianceOf(ua)
  if (appliance) return appliance
  const phone = oldPhone(ua)
  if (phone) return phone
  const browser = browserOf(ua)
  const os = systemOf(ua)
  if (browser.browser !== null || os.os !== null) return { ...nothing, ...browser, ...os }
  const library = libraries.find(([, p]) => p.test(ua))
  if (library) return { ...nothing, browser: 'HTTP Library', version: library[0], category: 'misc' }
  return /bot\b|[bB]ot[/_ ;-]|crawler|spider|slackbot|uptimerobot|ichiro|heritrix/i.test(ua)
    ? { ...nothing, browser: 'misc crawler', category: 'crawler' }
    : nothing
}

type Browser = Pick<Agent, 'browser' | 'version'>
type System = Pick<Agent, 'os' | 'osVersion' | 'category'>
const group = (ua: string, pattern: RegExp): string | null => pattern.exec(ua)?.[1] ?? null
const named = (browser: string | null, version: string | null): Browser => ({ browser, version })

function browserOf(ua: string): Browser {
  const explorer = group(ua, /(?:MSIE |IEMobile[/ ])([\d.]+)/) ?? group(ua, /Trident\/.*rv:([\d.]+)/)
  if (explorer) return named('Internet Explorer', explorer)
  const version = group(ua, /Version\/([\d.]+)/)
  if (/^Opera|Opera[/ ]/.test(ua)) return named('Opera', version ?? group(ua, /Opera[/ ]([\d.]+)/))
  for (const [name, pattern] of marked) {
    const found = group(ua, pattern)
    if (found) return named(name, found)
  }
  if (/; wv\)|iP(?:hone|ad|od).*AppleWebKit(?!.*Safari)/.test(ua)) return named('Webview', version)
  const chrome = group(ua, /(?:Chrome|CriOS|CrMo)\/([\d.]+)/)
  if (chrome) return named('Chrome', chrome)
  if (/Safari\//.test(ua)) return named('Safari', /BB10/.test(ua) ? null : version)
  const firefox = group(ua, /Firefox\/([\d.]+)/)
  return firefox ? named('Firefox', firefox) : named(null, null)
}

/** Browsers that add a word of their own to another's text. */
const marked: readonly (readonly [string, RegExp])[] = [
  ['Vivaldi', /Vivaldi\/([\d.]+)/],
  ['Edge', /(?:Edge|Edg|EdgA|EdgiOS)\/([\d.]+)/],
  ['Firefox', /FxiOS\/([\d.]+)/],
  ['Opera', /(?:OPR|OPiOS|OPT)\/([\d.]+)/],
  ['SamsungBrowser', /SamsungBrowser\/([\d.]+)/],
]

function systemOf(ua: string): System {
  const smart = (os: string, osVersion: string | null): System => ({ os, osVersion, category: 'smartphone' })
  const desk = (os: string, osVersion: string | null): System => ({ os, osVersion, category: 'pc' })
  const phone = group(ua, /Windows Phone(?: OS)? ([\d.]+)/)
  if (phone) return smart('Windows Phone OS', phone)
  const nt = group(ua, /Windows NT ([\d.]+)/)
  if (nt) return desk(windows[nt] ?? 'Windows UNKNOWN Ver', `NT ${nt}`)
  const apple = group(ua, /(iPhone|iPad|iPod)/)
  if (apple) return smart(apple, group(ua, /(?:iPhone|iPad|iPod).*? OS (\d+(?:[_.]\d+)*)/)?.replaceAll('_', '.') ?? null)
  if (/Android/.test(ua)) return smart('Android', group(ua, /Android[ /-]([\d.]+)/))
  if (/CFNetwork/.test(ua)) return smart('iOS', null)
  if (/BB10/.test(ua)) return smart('BlackBerry 10', group(ua, /Version\/([\d.]+)/))
  if (/BlackBerry/.test(ua)) return smart('BlackBerry', group(ua, /BlackBerry\d+\/([\d.]+)/))
  if (/Mac OS X|Macintosh/.test(ua)) return desk('Mac OSX', group(ua, /Mac OS X (\d+(?:[_.]\d+)*)/)?.replaceAll('_', '.') ?? null)
  const chromeOs = group(ua, /CrOS ([^)]+)/)
  if (chromeOs) return desk('ChromeOS', chromeOs)
  const bsd = /(?:Free|Open|Net)BSD ?([^;)]*)/.exec(ua)
  if (bsd) return desk('BSD', bsd[1] || null)
  if (/Linux\b|X11/.test(ua) && /^(?:Mozilla|Opera)/.test(ua)) return desk('Linux', null)
  if (/^Dalvik/.test(ua)) return smart('Android', null)
  return /Windows/.test(ua) ? desk('Windows UNKNOWN Ver', null) : { os: null, osVersion: null, category: null }
}

function applianceOf(ua: string): Agent | undefined {
  const category = 'appliance'
  const station = /PlayStation (\d|Portable|Vita)(?:[ /]([\d.]+))?/i.exec(ua)
  if (station)
    return { browser: `PlayStation ${station[1]}`, version: null, os: `PlayStation ${station[1]}`, osVersion: station[2] ?? null, category }
  const xbox = group(ua, /(Xbox One|Xbox 360)/) ?? group(ua, /(Xbox)/)
  if (xbox && /Windows/.test(ua)) return { browser: xbox, version: browserOf(ua).version, os: xbox, osVersion: null, category }
  const nintendo = group(ua, /(Nintendo (?:DSi?|3DS|Wii ?U?))/)
  return nintendo ? { browser: nintendo, version: null, os: nintendo, osVersion: null, category } : undefined
}

/** Carriers' phones of Japan: the model stands where a version would. */
function oldPhone(ua: string): Agent | undefined {
  const found = (browser: string, os: string, version: string | null): Agent => ({
    browser,
    version,
    os,
    osVersion: null,
    category: 'mobilephone',
  })
  if (/^DoCoMo\//.test(ua)) return found('docomo', 'docomo', group(ua, /^DoCoMo\/[\d.]+[/ ]([A-Za-z]+\d+\w*)/))
  if (/KDDI-/.test(ua)) return found('au by KDDI', 'au', group(ua, /KDDI-([^- /;()"']+)/))
  if (/^(?:SoftBank|Vodafone|J-PHONE)/.test(ua))
    return found('SoftBank Mobile', 'SoftBank', group(ua, /^(?:SoftBank|Vodafone|J-PHONE)\/[\d.]+\/([^ /;()]+)/))
  return undefined
}
