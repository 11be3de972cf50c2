import { DAY, liftOf } from '@ciclo/engine'
import { readAttribution } from '../insight/readInsight.ts'
import { isCurrent } from '../journeys/lifeOfVersion.ts'
import type { Period } from '../store/queries/countedOrders.ts'
import { liftGroups, sumSalesByQuarter } from '../store/queries/homeMoney.ts'
import { readCurrentVersions } from '../store/queries/journeys.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Money } from '../store/queries/stageFigures.ts'
import type { Store } from '../store/store.ts'
import { createDayIn, daysFrom, type Day } from './dayIn.ts'

/** How long each of the two periods is that are compared. */
const MONEY_DAYS = 28
const LIFT_DAYS = 90

interface PeriodMoney {
  orders: number
  /** Of orders whose money is believed, net of refunds. */
  revenue: Money
  attributedOrders: number
  /** What followed a person's click on a mail, by the rule of the attribution. */
  attributed: Money
}

interface JourneyLift extends ReturnType<typeof liftOf> {
  id: string
  name: string
  mailedPeople: number
  heldOutPeople: number
}

interface HomeMoney {
  /** Oldest first, the last one is today. */
  days: { day: Day; revenue: Money }[]
  now: PeriodMoney
  before: PeriodMoney
  /** Of journeys that hold some out: everybody who came in within the last 90 days. Money is in `currency`. */
  lifts: JourneyLift[]
  liftDays: number
  currency: string
}

function addUp(rows: readonly { currency: string; revenue: number }[]): Money {
  const sum: Money = {}
  for (const { currency, revenue } of rows) sum[currency] = (sum[currency] ?? 0) + revenue
  return sum
}

/** What the shop has sold, how much of it followed mails, and how much of that the mails have brought about. */
export async function readHomeMoney(
  store: Store,
  { workspaceId, now }: { workspaceId: string; now: number },
): Promise<HomeMoney> {
  const length = MONEY_DAYS * DAY
  const periods = {
    now: { from: now + 1 - length, to: now + 1 },
    before: { from: now + 1 - 2 * length, to: now + 1 - length },
  }
  const moneyIn = async (period: Period): Promise<PeriodMoney> => {
    const { all, mails } = await readAttribution(store, { workspaceId, period })
    return {
      ...all,
      attributedOrders: mails.reduce((sum, { orders }) => sum + orders, 0),
      attributed: addUp(
        mails.flatMap(({ revenue }) =>
          Object.entries(revenue).map(([currency, amount]) => ({ currency, revenue: amount })),
        ),
      ),
    }
  }
  const [thisMoney, lastMoney] = [await moneyIn(periods.now), await moneyIn(periods.before)]
  return await store.read(async (tx) => {
    const settings = await readSettings(tx, workspaceId)
    const dayIn = createDayIn(settings.shop.timeZone)
    const days = daysFrom(dayIn(now), -MONEY_DAYS).toReversed()
    const sales = await sumSalesByQuarter(tx, workspaceId, periods.now, settings)
    const byDay = Map.groupBy(sales, ({ at }) => dayIn(at))
    const versions = await readCurrentVersions(tx, workspaceId)
    const lifts: JourneyLift[] = []
    for (const { id, name, definition } of versions.filter(isCurrent)) {
      if (definition.holdOut === 0) continue
      const period = { from: now - LIFT_DAYS * DAY, to: now + 1 }
      const { mailed, heldOut } = await liftGroups(tx, workspaceId, id, period, settings)
      const people = { mailedPeople: mailed.people, heldOutPeople: heldOut.people }
      lifts.push({ id, name, ...people, ...liftOf(mailed, heldOut) })
    }
    return {
      days: days.map((day) => ({ day, revenue: addUp(byDay.get(day) ?? []) })),
      now: thisMoney,
      before: lastMoney,
      lifts,
      liftDays: LIFT_DAYS,
      currency: settings.currency,
    }
  })
}
