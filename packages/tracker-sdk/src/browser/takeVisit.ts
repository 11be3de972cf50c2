import type { EventContext } from '../trackerEvent.ts'

const PARAMETER = 'ciclo_visit'

/**
 * Takes the proof that a click in one of our mails has brought out of the page's address: it is nobody else's business,
 * and a copied address must not carry it on.
 */
export const takeVisit = (): Pick<EventContext, 'visitToken'> => {
  const url = new URL(location.href)
  const visitToken = url.searchParams.get(PARAMETER)
  if (!visitToken) return {}
  url.searchParams.delete(PARAMETER)
  history.replaceState(history.state, '', url)
  return { visitToken }
}
