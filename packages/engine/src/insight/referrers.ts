/** What kind of place a visitor comes from: the media that web analytics calls them by. */
export interface Origin {
  source: string
  medium: 'organic' | 'social' | 'email' | 'referral' | 'cpc'
}

const SEARCH = `
  google: images.google.com lens.google.com news.google.com shopping.google.com googlequicksearchbox.android.google.com
  bing: bing.com
  yahoo: search.yahoo.com yahoo.com
  duckduckgo: duckduckgo.com
  ecosia: ecosia.org
  qwant: qwant.com
  startpage: startpage.com
  brave: search.brave.com
  kagi: kagi.com
  yandex: yandex.com yandex.ru ya.ru
  baidu: baidu.com
  seznam: search.seznam.cz
  onet: szukaj.onet.pl
  wp: szukaj.wp.pl`

const SOCIAL = `
  facebook: facebook.com fb.com fb.me messenger.com
  instagram: instagram.com
  x: x.com twitter.com t.co
  tiktok: tiktok.com musically.zhiliaoapp.com
  youtube: youtube.com youtu.be
  pinterest: pinterest.com pinterest.es pin.it
  linkedin: linkedin.com lnkd.in
  reddit: reddit.com redd.it
  threads: threads.net threads.com
  bluesky: bsky.app
  mastodon: mastodon.social
  whatsapp: whatsapp.com wa.me wl.co
  telegram: t.me telegram.org telegram.me
  snapchat: snapchat.com
  discord: discord.com
  tumblr: tumblr.com
  vk: vk.com
  wykop: wykop.pl
  meneame: meneame.net
  forocoches: forocoches.com`

const EMAIL = `
  gmail: mail.google.com gm.android.google.com
  outlook: outlook.com outlook.live.com outlook.office.com outlook.office365.com
  yahoo-mail: mail.yahoo.com
  icloud-mail: icloud.com
  proton-mail: mail.proton.me
  gmx: gmx.net gmx.com gmx.es
  onet-mail: poczta.onet.pl
  wp-mail: poczta.wp.pl
  o2-mail: poczta.o2.pl
  interia-mail: poczta.interia.pl`

/** A visitor who comes back from paying was in the shop a minute before. */
const PAYMENT = `
  payment: paypal.com stripe.com klarna.com adyen.com mollie.com checkout.com redsys.es payu.com payu.pl payu.ro
    przelewy24.pl tpay.com paynow.pl blik.com euplatesc.ro mobilpay.ro netopia-payments.com`

const readTable = (table: string, medium: Origin['medium']) => {
  let source = ''
  const entries: [host: string, origin: Origin][] = []
  for (const word of table.trim().split(/\s+/)) {
    if (word.endsWith(':')) source = word.slice(0, -1)
    else entries.push([word, { source, medium }])
  }
  return entries
}

const ORIGINS: ReadonlyMap<string, Origin> = new Map([
  ...readTable(SEARCH, 'organic'),
  ...readTable(SOCIAL, 'social'),
  ...readTable(EMAIL, 'email'),
])

const PAYMENT_HOSTS: ReadonlySet<string> = new Set(readTable(PAYMENT, 'referral').map(([host]) => host))

const GOOGLE: Origin = { source: 'google', medium: 'organic' }

/** A host and all that it is part of: `es.search.yahoo.com`, `search.yahoo.com`, `yahoo.com`. */
function* domainsOf(host: string): Iterable<string> {
  for (let domain = host; domain.includes('.'); domain = domain.slice(domain.indexOf('.') + 1)) yield domain
}

/** `https://www.google.es/` is `google.es`; `android-app://com.google.android.gm` is `gm.android.google.com`. */
export function hostIn(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined
  const match = /^([a-z][a-z-]{2,11}):\/\/(?:[^/?#@]{0,200}@)?([a-z\d.-]{1,253})(?=[/:?#]|$)/i.exec(address)
  if (!match) return undefined
  const host = (match[2] ?? '').toLowerCase()
  return match[1] === 'android-app' ? host.split('.').toReversed().join('.') : host.replace(/^www\./, '')
}

/** From one page of a shop to the next, which most page views are: told by the letters alone. */
export function isSameOrigin(referrer: unknown, address: unknown): boolean {
  if (typeof referrer !== 'string' || typeof address !== 'string') return false
  const path = address.indexOf('/', 'https://'.length)
  return path > 0 && referrer.startsWith(address.slice(0, path + 1))
}

/** Whether a page of one host leads to another page of the same shop. */
const isSameSite = (one: string, other: string) =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)

/**
 * Where a visitor comes from who was on `referrer` before: undefined on the way from one page of the shop to another,
 * or back from paying.
 *
 * @param referrer the host that the browser names
 * @param site the host of the page that is visited, where it is known
 */
export function originOf(referrer: string, site: string | undefined): Origin | undefined {
  if (site !== undefined && isSameSite(referrer, site)) return undefined
  for (const domain of domainsOf(referrer)) {
    const origin = ORIGINS.get(domain)
    if (origin) return origin
    if (PAYMENT_HOSTS.has(domain)) return undefined
  }
  // Google answers under the domain of nearly every country, and its other pages are no search.
  if (/^google\.[a-z]{2,3}(?:\.[a-z]{2})?$/.test(referrer)) return GOOGLE
  if (/^(?:web)?mail\.|^(?:poczta|correo)\./.test(referrer)) return { source: referrer, medium: 'email' }
  return { source: referrer, medium: 'referral' }
}
