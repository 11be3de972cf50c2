import { sentenceLanguageOf } from '@ciclo/engine'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { InsightResult } from '../insight/insightTasks.ts'
import type { DirectMail } from '../sending/sendDirectly.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { findTasks } from './findTasks.ts'
import { homeLanguage, type HomeLanguage } from './homeLanguage.ts'
import { readHomeHealth } from './homeHealth.ts'
import { homeSentence, type HomeFacts } from './homeSentence.ts'
import { reportHtml, reportText, type Report } from './reportLayout.ts'

interface ReportInput {
  shop: string
  /** The Monday that it is of: epoch milliseconds. */
  at: number
  timeZone: string
  /** Where the studio is, without a slash at the end. */
  studio: string
  facts: HomeFacts
  money: InsightResult<'homeMoney'>
  mail: InsightResult<'homeMail'>
}

/** What the report says, without its looks. */
function reportOf(
  { shop, at, timeZone, studio, facts, money, mail }: ReportInput,
  language: HomeLanguage,
): Report {
  const { words, number } = language
  const sum = (pick: (day: (typeof mail.past)[number]) => number) =>
    mail.past.reduce((total, day) => total + pick(day), 0)
  const planned = mail.planned.reduce(
    (total, { marketing, transactional, journeys }) => total + marketing + transactional + journeys,
    0,
  )
  const withStake = (text: string, stake: string | null) =>
    stake === null ? text : `${text} ${words.mail.stake(stake)}.`
  const amount = (sums: Record<string, number>) => language.money(sums) ?? number(0)
  const signed = new Intl.NumberFormat(language.tag, { signDisplay: 'exceptZero' })
  return {
    tag: language.tag,
    subject: words.mail.subject(shop, language.day(at, timeZone)),
    sentence: homeSentence(facts, language),
    tasksTitle: words.mail.toDo,
    nothingToDo: words.mail.nothingToDo,
    tasks: findTasks(facts, language).map(({ title, text, action, to, money: stake }) => ({
      title,
      text: withStake(text, language.money(stake)),
      action,
      url: `${studio}${to ?? '/'}`,
    })),
    tables: [
      {
        title: words.mail.money,
        head: ['', words.mail.days(money.days.length), words.mail.before],
        rows: [
          [words.mail.revenue, amount(money.now.revenue), amount(money.before.revenue)],
          [words.mail.attributed, amount(money.now.attributed), amount(money.before.attributed)],
        ],
      },
      {
        title: words.mail.customers,
        head: [],
        rows: (facts.map?.stages ?? []).map(({ stage, customers, change }) => [
          words.stages[stage],
          number(customers),
          change === 0 ? '' : words.mail.change(signed.format(change)),
        ]),
      },
    ],
    linesTitle: words.mail.thisWeek,
    lines: [
      words.mail.sent(sum(({ sent }) => sent)),
      words.mail.clicks(sum(({ clicks }) => clicks)),
      words.mail.complaints(sum(({ complaints }) => complaints)),
      words.mail.unsubscribes(sum(({ unsubscribes }) => unsubscribes)),
      words.mail.planned(planned),
    ],
    open: { label: words.mail.open, url: `${studio}/` },
    why: words.mail.why,
    settings: { label: words.mail.settings, url: `${studio}/settings/shop` },
  }
}

/** The weekly mail to the owners, in a language. */
function reportMail(input: ReportInput, language: HomeLanguage): Omit<DirectMail, 'to'> {
  const report = reportOf(input, language)
  return { subject: report.subject, html: reportHtml(report), text: reportText(report) }
}

interface WriteReportOptions {
  store: Store
  insight: InsightRunner
  publicUrl: () => string
  now: () => number
}

/** Counts everything anew and writes the mail, in the shop's language. */
export function createWriteReport({ store, insight, publicUrl, now }: WriteReportOptions) {
  return async (workspaceId: string, mondayAt: number): Promise<Omit<DirectMail, 'to'>> => {
    const at = now()
    const { workspace, health } = await store.read(async (tx) => ({
      workspace: await readWorkspace(tx, workspaceId),
      health: await readHomeHealth(tx, workspaceId, at),
    }))
    if (!workspace) throw new RangeError(`There is no workspace ${workspaceId}`)
    const { shop, locale } = workspace.settings
    const input = { workspaceId, now: at }
    const map = await insight.run('homeMap', input)
    const hasAddress = (shop.address ?? '') !== ''
    return reportMail(
      {
        shop: (shop.name || workspace.name).replaceAll(/\s+/g, ' ').trim(),
        at: mondayAt,
        timeZone: shop.timeZone,
        studio: publicUrl(),
        facts: { now: at, map, health, hasAddress },
        money: await insight.run('homeMoney', input),
        mail: await insight.run('homeMail', input),
      },
      homeLanguage(sentenceLanguageOf(locale) ?? { language: 'en', tag: 'en-GB' }),
    )
  }
}
