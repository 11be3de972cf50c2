import { buildDemoStore } from '../../../demo-store/build.ts'
import { demoHistory } from '../../../demo-store/src/demoHistory.ts'
import { buildTracker } from '../../../../packages/tracker-sdk/build.ts'
import { startSmtpCatcher } from '../../../server/test/support/startSmtpCatcher.ts'
import { openStudio } from './openStudio.ts'

/** Of a history: whose language is one of these, with all that they have done. */
function ofThoseWhoSpeak(locales: readonly string[], events: ReturnType<typeof demoHistory>) {
  const users = new Set(
    events.flatMap(({ userId, traits }) => (locales.includes(String(traits['locale'])) ? [userId] : [])),
  )
  return events.filter(({ userId }) => users.has(userId))
}

/**
 * The demo as `npm start` opens it, with the history of its customers who speak these languages, and mails that go out
 * to a real SMTP server.
 */
export async function openShopStudio({ locales, customers }: { locales: string[]; customers: number }) {
  const [smtp] = await Promise.all([startSmtpCatcher(), buildTracker(), buildDemoStore()])
  const studio = await openStudio({ demo: true, environment: { SMTP_URL: smtp.url } })
  const { api, url } = studio.server
  const history = demoHistory({ now: api.now(), customers, seed: 1, shopUrl: `${url}/demo` })
  const events = ofThoseWhoSpeak(locales, history).map(({ at, name, ...event }) => ({
    ...event,
    ...(name === undefined ? {} : event.type === 'page' ? { name } : { event: name }),
    timestamp: new Date(at).toISOString(),
  }))
  for (let place = 0; place < events.length; place += 200) await api.send(events.slice(place, place + 200))
  return {
    ...studio,
    smtp,
    stop: async () => {
      await studio.stop()
      await smtp.stop()
    },
  }
}

export type ShopStudio = Awaited<ReturnType<typeof openShopStudio>>
