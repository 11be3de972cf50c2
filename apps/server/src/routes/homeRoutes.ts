import { Hono } from 'hono'
import type { Counted } from '../home/createHomeCache.ts'
import type { Home, ReadHome } from '../home/createHome.ts'
import { findTasks } from '../home/findTasks.ts'
import { homeLanguage } from '../home/homeLanguage.ts'
import { brokenThings, homeSentence, isEmptyShop } from '../home/homeSentence.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import { HomeQuerySchema, HomeSchema } from './homeSchemas.ts'
import { iso, isoOrNull } from './iso.ts'
import { presentMetrics } from './presentMetrics.ts'
import { reasonLanguage } from './reasonLanguage.ts'

const describe = describer('home', 'There is no such workspace')

const countedOf = ({ at, isCounting }: Counted<unknown>) => ({ countedAt: iso(at), isCounting })

function presentHealth({ sources, lateSince, senders, ...health }: Home['health']) {
  return {
    ...health,
    sources: sources.map(({ source, lastAt }) => ({ source, lastAt: isoOrNull(lastAt) })),
    lateSince: isoOrNull(lateSince),
    senders: senders.map((sender) => ({ ...sender, checkedAt: isoOrNull(sender.checkedAt) })),
  }
}

function presentParts({ map, money, mail, figures }: Home) {
  const { awaitingConfirmation: _asked, ...shown } = map?.value ?? { awaitingConfirmation: 0 }
  return {
    map: map && { ...countedOf(map), ...(shown as Omit<typeof map.value, 'awaitingConfirmation'>) },
    money: money && { ...countedOf(money), ...money.value },
    mail: mail && { ...countedOf(mail), ...mail.value },
    figures: figures && {
      ...countedOf(figures),
      period: { from: iso(figures.value.period.from), to: iso(figures.value.period.to) },
      ...presentMetrics(figures.value.metrics),
    },
  }
}

/** How the shop stands, in one answer. */
export function createHomeRoutes({ readHome }: { readHome: ReadHome }) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe('How the shop stands: what is broken, what to do, who is where, money and mail', HomeSchema),
    query(HomeQuerySchema),
    async (context) => {
      const home = await readHome(context.get('workspaceId'))
      const { facts, workspace } = home
      const chosen = reasonLanguage(context, context.req.valid('query').locale, workspace.settings)
      const language = homeLanguage(chosen)
      return context.json({
        at: iso(facts.now),
        locale: chosen.language,
        sentence: homeSentence(facts, language),
        isBroken: brokenThings(facts, language).length > 0,
        isEmpty: isEmptyShop(facts),
        tasks: findTasks(facts, language),
        ...presentParts(home),
        health: presentHealth(home.health),
      })
    },
  )
}
