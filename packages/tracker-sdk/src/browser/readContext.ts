import type { EventContext } from '../trackerEvent.ts'

declare const CICLO_VERSION: string

/** In a single-page application the referrer is the page before, which the document does not know. */
let previousPage: string | undefined

export const rememberPreviousPage = (url: string): void => {
  previousPage = url
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
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    library: { name: 'ciclo', version: CICLO_VERSION },
    ...(Object.keys(campaign)[0] && { campaign }),
  }
}
