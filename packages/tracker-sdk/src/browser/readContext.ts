import type { EventContext } from '../trackerEvent.ts'

declare const CICLO_VERSION: string

const readCampaign = (): Record<string, string> | undefined => {
  const campaign: Record<string, string> = {}
  new URLSearchParams(location.search).forEach((value, key) => {
    if (!key.startsWith('utm_') || !value) return
    const part = key.slice(4)
    campaign[part === 'campaign' ? 'name' : part] = value.slice(0, 200)
  })
  return Object.keys(campaign).length ? campaign : undefined
}

/** In a single-page application the referrer is the page before, which the document does not know. */
let previousPage: string | undefined

export const rememberPreviousPage = (url: string): void => {
  previousPage = url
}

export const readContext = (): EventContext => {
  const campaign = readCampaign()
  return {
    page: {
      path: location.pathname,
      referrer: previousPage ?? document.referrer,
      search: location.search,
      title: document.title,
      url: location.href.replace(/#.*/, ''),
    },
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    library: { name: 'ciclo', version: CICLO_VERSION },
    ...(campaign && { campaign }),
  }
}
