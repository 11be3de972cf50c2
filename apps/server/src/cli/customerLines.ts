import type { z } from 'zod'
import type { CustomerAtSchema, CustomerDetailSchema, OrdersSchema } from '../routes/apiSchemas.ts'
import { moneyText } from './moneyText.ts'
import { harmless, quoted } from './quoted.ts'

type CustomerAt = z.infer<typeof CustomerAtSchema>
type Detail = z.infer<typeof CustomerDetailSchema>
type Standing = Pick<Detail, 'limits' | 'rfm' | 'prediction' | 'sources' | 'segments'>
type Order = z.infer<typeof OrdersSchema>['orders'][number]

const line = (label: string, text: string) => `${label.padEnd(14)}${text}`

function orderLine({ id, at, currency, total, refunded, cancelled }: Order): string {
  const notes = [
    ...(refunded > 0 ? [`${moneyText(refunded, currency)} refunded`] : []),
    ...(cancelled ? ['cancelled'] : []),
  ]
  return [`  ${at}`, quoted(id), [moneyText(total, currency), ...notes].join(', ')].join('  ')
}

const touchText = (touch: Detail['sources']['first']) =>
  touch
    ? [touch.source, touch.medium, touch.campaign]
        .flatMap((word) => (word === null ? [] : [quoted(word)]))
        .join(' ')
    : 'not known'

/** What is to be expected of the customer, with the band in which 8 of 10 such customers end. */
function predictionText({ prediction }: Pick<Detail, 'prediction'>): string {
  if (!prediction) return 'not enough data yet: `ciclo insight model` says what is missing'
  const { alive, orders, spend, currency, nextOrderAt, basis } = prediction
  const money = (minor: number) => moneyText(minor, currency)
  return [
    `${Math.round(alive * 100)} % still a customer`,
    `${orders.expected.toFixed(1)} orders in 365 days (${orders.low} to ${orders.high})`,
    ...(spend ? [`${money(spend.expected)} (${money(spend.low)} to ${money(spend.high)})`] : []),
    ...(nextOrderAt === null ? [] : [`next order by ${nextOrderAt.slice(0, 10)}`]),
    `fitted on ${basis.fittedOn} customers`,
  ].join(', ')
}

function standingLines({ limits, rfm, sources, segments, ...detail }: Standing): string[] {
  return [
    line(
      'limits',
      `at risk after ${limits.atRisk} days, lapsed ${limits.lapsed}, lost ${limits.lost} (${limits.basis})`,
    ),
    ...(rfm ? [line('rfm scores', rfm.scores)] : []),
    line('expected', predictionText(detail)),
    line('came from', `${touchText(sources.first)}, at last ${touchText(sources.last)}`),
    ...(segments.length === 0 ? [] : [line('segments', segments.map(({ id }) => quoted(id)).join(', '))]),
  ]
}

/** Who somebody is, why they are where they are, what the shop's orders say of them, and the last of their own. */
export function customerLines(detail: Detail, orders: readonly Order[], hasMore: boolean): string[] {
  const { id, email, userId, claims, createdAt, parked, reasons, nextDeadlineAt } = detail
  const revenue = Object.entries(detail.orders.revenue).map(([currency, minor]) => moneyText(minor, currency))
  return [
    line('id', id),
    line('e-mail', email === null && claims.email ? `${quoted(claims.email)}, not proven` : quoted(email)),
    line(
      'userId',
      userId === null && claims.userId ? `${quoted(claims.userId)}, not proven` : quoted(userId),
    ),
    line('known since', createdAt),
    ...(parked === null ? [] : [line('parked', quoted(parked))]),
    '',
    ...Object.entries(reasons).map(([region, { sentence }]) => line(region, harmless(sentence))),
    line('next deadline', nextDeadlineAt ?? 'none'),
    '',
    ...standingLines(detail),
    '',
    line('orders', [String(detail.orders.count), ...revenue].join(', ')),
    ...orders.map(orderLine),
    ...(hasMore ? ['  and older ones'] : []),
  ]
}

/** What somebody was at an instant. */
export function customerAtLines({
  at,
  lifecycle,
  orders,
  nextDeadlineAt,
  transitions,
  ...standing
}: CustomerAt): string[] {
  const revenue = Object.entries(orders.revenue).map(([currency, minor]) => moneyText(minor, currency))
  return [
    line('at', at),
    ...Object.entries(lifecycle).map(([region, state]) => line(region, state)),
    line('next deadline', nextDeadlineAt ?? 'none'),
    line('transitions', `${transitions} by then`),
    line('orders', [String(orders.count), ...revenue].join(', ')),
    ...standingLines(standing),
  ]
}
