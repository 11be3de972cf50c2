import type { EventContext } from '../trackerEvent.ts'

declare const CICLO_VERSION: string

/** In a single-page application the referrer is the page before, which the document does not know. */
let previousPage: string | undefined

export const rememberPreviousPage = (url: string): void => {
  previousPage = url
}

/** Asked once: the first use of `Intl` in a page takes 8 ms on a slow machine, and `Temporal` none. */
let zone: string | undefined
const readZone = (): string => {
  const { Temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } }
  return Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

export const readContext = (): EventContext => {
  const { pathname, search, href } = location
  const campaign: Record<string, string> = {}
  new URLSearchParams(search).forEach((value, key) => {
    if (value && key.startsWith('utm_'))
      campaign[key === 'utm_campaign' ? 'name' : key.slice(4)] = value.slice(0, 200)
  })
  return {
    page: {
      path: pathname,
      referrer: previousPage ?? document.referrer,
      search,
      title: document.title,
      url: href.replace(/#.*/, ''),
    },
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: (zone ??= readZone()),
    library: { name: 'ciclo', version: CICLO_VERSION },
    ...(Object.keys(campaign)[0] && { campaign }),
  }
}
