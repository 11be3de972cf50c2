import type { EndReason } from '../journeys/enrolment.ts'
import type { Trigger } from '../journeys/trigger.ts'
import type { SegmentLeaf } from '../segments/segmentRule.ts'
import { createFormats } from './createFormats.ts'
import type { EntryWait, JourneyStanding, MailStanding, RequestRefusal } from './explainJourney.ts'
import type { FailedPart } from './explainJourneyParts.ts'
import type { RunStanding, RunWait } from './explainJourneyRun.ts'
import { createMoments } from './createMoments.ts'
import { isPlainEnd, type PartNoun } from './journeySentences.ts'
import { journeySentencesFor } from './journeySentencesFor.ts'
import { quotableText } from './reasonNumbers.ts'
import type { SentenceLanguage, SentenceLocale } from './sentenceLocale.ts'
import type { Sentences } from './sentences.ts'
import { sentencesEn } from './sentencesEn.ts'
import { sentencesEs } from './sentencesEs.ts'
import { sentencesPl } from './sentencesPl.ts'
import { sentencesRo } from './sentencesRo.ts'

const STATE_NAMES: Record<SentenceLocale, Sentences['names']> = {
  en: sentencesEn.names,
  es: sentencesEs.names,
  pl: sentencesPl.names,
  ro: sentencesRo.names,
}

export interface JourneyExplainerOptions {
  language: SentenceLanguage
  /** IANA: that of the shop. */
  timeZone: string
  /** Epoch milliseconds. */
  now: number
  /** The names of journeys and of segments by their ids. */
  journeyNames?: ReadonlyMap<string, string>
  segmentNames?: ReadonlyMap<string, string>
}

/** Tells how somebody stands to a journey, as sentences. */
export interface JourneyExplainer {
  standing: (standing: JourneyStanding) => string
  refusal: (refusal: RequestRefusal) => string
  mail: (mail: MailStanding) => string
}

/** So many parts of a rule are named. */
const PARTS_TOLD = 5

const FIGURES = { count: 'orderCount', revenue: 'revenue', average: 'average' } as const

function nounOf(leaf: Exclude<SegmentLeaf, { kind: 'event' | 'trait' | 'lifecycle' }>): PartNoun {
  if (leaf.kind === 'orders') return FIGURES[leaf.figure]
  return leaf.kind === 'ago' ? leaf.of : leaf.kind
}

const quoted = (text: string) => quotableText(text) ?? text
const nameIn = (names: ReadonlyMap<string, string> | undefined, id: string) => quoted(names?.get(id) ?? id)

export function createJourneyExplainer(options: JourneyExplainerOptions): JourneyExplainer {
  const { language, timeZone, now, journeyNames, segmentNames } = options
  const sentences = journeySentencesFor(language)
  const formats = createFormats(language.tag, timeZone, now)
  const moment = createMoments(language.tag, timeZone, now)
  const day = (at: number) => formats.date(at) ?? String(at)
  const stateName = (region: string, state: string): string => {
    const names: Partial<Record<string, Partial<Record<string, string>>>> = STATE_NAMES[language.language]
    return names[region]?.[state] ?? state
  }

  const sentenceOf = (head: string, clauses: readonly (string | undefined)[]) => {
    const said = clauses.filter((clause) => clause !== undefined && clause !== '')
    const text = said.length === 0 ? head : `${head}: ${said.join('; ')}`
    return `${text.charAt(0).toLocaleUpperCase(language.language)}${text.slice(1)}.`
  }

  const partText = ({ leaf, seen }: FailedPart): string => {
    const { parts } = sentences
    if (leaf.kind === 'trait') return parts.trait(quoted(leaf.path.join('.')))
    if (leaf.kind === 'lifecycle') return parts.state(stateName(leaf.region, String(seen['value'] ?? '')))
    if (leaf.kind !== 'event') return parts[nounOf(leaf)]
    const event = quoted(leaf.name ?? leaf.type)
    return parts.event(event, formats.number(Number(seen['count'] ?? 0)), formats.number(leaf.atLeast))
  }

  const failingClause = (parts: readonly FailedPart[]): string | undefined => {
    const told = [...new Set(parts.map(partText))]
    if (told.length === 0) return undefined
    const more = told.length > PARTS_TOLD ? ', …' : ''
    return sentences.failing(told.slice(0, PARTS_TOLD).join(', ') + more)
  }

  const refusalClauses = (refusal: RequestRefusal): (string | undefined)[] => {
    const { refusals } = sentences
    switch (refusal.reason) {
      case 'entry':
      case 'schedule-rule':
        return [refusals[refusal.reason], failingClause(refusal.parts)]
      case 'reentry':
        return [refusal.until === null ? refusals.reentryNever : refusals.reentryUntil(moment(refusal.until))]
      case 'excluded':
        return [refusals.excluded(nameIn(journeyNames, refusal.by))]
      case 'exit':
        return [refusals.exit(quoted(refusal.exit))]
      case 'paused':
      case 'not-live':
      case 'running':
      case 'too-many':
      case 'goal':
      case 'unsubscribed':
      case 'suppressed':
      case 'parked':
      case 'duplicate':
      case 'erased':
        break
    }
    return [refusals[refusal.reason]]
  }

  const waitClause = (wait: RunWait): string => {
    const { waits } = sentences
    if (wait.kind === 'held') return waits.held(moment(wait.since))
    if (wait.kind === 'event') return waits.event(quoted(wait.event), moment(wait.until))
    return waits[wait.kind](moment(wait.until))
  }

  const runClauses = (run: RunStanding): (string | undefined)[] => {
    const goal = run.endings.find(({ kind }) => kind === 'goal')
    const names = run.endings.flatMap((ending) =>
      ending.kind === 'exit' ? [`“${quoted(ending.event ?? ending.name)}”`] : [],
    )
    return [
      run.stepKind === null ? undefined : sentences.atStep(quoted(run.step)),
      run.waitsFor ? waitClause(run.waitsFor) : undefined,
      run.nextMail ? sentences.nextMail(quoted(run.nextMail.template), moment(run.nextMail.at)) : undefined,
      names.length > 0 ? sentences.endsBy([...new Set(names)].join(', ')) : undefined,
      goal?.kind === 'goal' ? sentences.endsByGoal(moment(goal.until)) : undefined,
    ]
  }

  const startClause = (trigger: Trigger): string => {
    const { starts } = sentences
    if (trigger.kind === 'event')
      return trigger.name === undefined ? starts.anyEvent : starts.event(quoted(trigger.name))
    if (trigger.kind === 'rfm') return starts.rfm(stateName('rfm', trigger.to))
    if (trigger.kind === 'segment') {
      const name = nameIn(segmentNames, trigger.segment)
      return trigger.to === 'in' ? starts.segmentIn(name) : starts.segmentOut(name)
    }
    if (trigger.kind !== 'transition') return starts[trigger.kind]
    const { region, from, to } = trigger
    if (to === undefined) return starts.leaves(stateName(region, from ?? ''))
    return from === undefined
      ? starts.enters(stateName(region, to))
      : starts.moves(stateName(region, from), stateName(region, to))
  }

  const endClause = (end: EndReason): string => {
    const { ends } = sentences
    if (isPlainEnd(end)) return ends[end]
    const [kind = '', name = ''] = end.split(/:(.*)/s)
    return kind === 'ended-by' ? ends.endedBy(nameIn(journeyNames, name)) : ends.exit(quoted(name || end))
  }

  /** What was before the run that is under way, if one is. */
  const beforeClause = ({ before, runs }: JourneyStanding): string | undefined => {
    if (!before || before.count <= runs.length) return undefined
    const { count, lastStartedAt, lastEnd } = before
    const parts = [sentences.before(count - runs.length)]
    if (runs.length === 0) parts.push(sentences.lastFrom(day(lastStartedAt)))
    if (lastEnd !== null) parts.push(endClause(lastEnd))
    return parts.join(', ')
  }

  const askedClause = ({ kind, at }: EntryWait) => sentences.asked[kind](moment(at))

  const mailClauses = (mail: MailStanding): string[] => {
    if (mail.kind === 'send') return [sentences.mailNow]
    if (mail.kind === 'refuse') return [sentences.mailRefused[mail.reason]]
    const until = mail.until === null ? '' : ` ${sentences.until(moment(mail.until))}`
    return [`${sentences.mailWaits[mail.reason]}${until}`]
  }

  const standingClauses = (standing: JourneyStanding): [head: string, clauses: (string | undefined)[]] => {
    const { runs, waiting, refusal, trigger, isThere } = standing
    const [run, ...others] = runs
    if (run) {
      const more = others.length > 0 ? sentences.moreRuns(others.length) : undefined
      return [sentences.in(day(run.startedAt)), [...runClauses(run), more]]
    }
    const asked = waiting.map(askedClause)
    if (refusal) return [sentences.staysOut, refusalClauses(refusal)]
    if (asked.length > 0) return [sentences.willEnter, asked]
    return [sentences.mayEnter, [startClause(trigger), isThere ? sentences.isThere : undefined]]
  }

  return {
    standing: (standing) => {
      const [head, clauses] = standingClauses(standing)
      return sentenceOf(head, [
        ...clauses,
        beforeClause(standing),
        standing.isHeldOut ? sentences.heldOut : undefined,
      ])
    },
    refusal: (refusal) => sentenceOf(sentences.out, refusalClauses(refusal)),
    mail: (mail) => sentenceOf(sentences.mails, mailClauses(mail)),
  }
}
