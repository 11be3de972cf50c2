import type { Journey, JourneyStep, Region } from '@ciclo/engine'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { describeRule } from '../../segments/rule/describeRule.ts'
import { durationText } from '../../segments/rule/durations.ts'
import { pathText } from '../../segments/rule/pathText.ts'
import { useRuleWords } from '../../segments/rule/useRuleWords.ts'
import type { Slot } from '../model/ways.ts'

type StepOf<Kind extends JourneyStep['kind']> = Extract<JourneyStep, { kind: Kind }>
type Happening = StepOf<'wait'>['for']

export interface StepWords {
  step: (step: JourneyStep) => string
  trigger: (trigger: Journey['trigger']) => string
  happening: (happening: Happening) => string
  rule: (rule: unknown) => string
  /** What is written at a way; empty where there is only one. */
  way: (step: JourneyStep | null, slot: Slot) => string
  duration: (milliseconds: number) => string
  share: (share: number) => string
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)

/** What journeys do, in sentences of the reader's language. */
export function useStepWords(): StepWords {
  const { t, i18n } = useTranslation(['journey', 'states', 'segments'])
  const { words: ruleWords } = useRuleWords()
  const { percent } = useFormats()
  const locale = i18n.language
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { type: 'conjunction' })
    const duration = (milliseconds: number) => durationText(milliseconds, locale)
    const rule = (given: unknown) => describeRule(given, ruleWords)
    const state = (region: Region, name: string | undefined) =>
      name === undefined ? '' : t(`${region}.${name}` as 'stage.visitor', { ns: 'states' })

    const happening = (on: Happening): string => {
      if (on.kind === 'cartClosed') return t('happenings.cartClosed')
      if (on.kind === 'condition') return t('happenings.condition', { rule: rule(on.rule) })
      if (on.name !== undefined) return t('happenings.event', { name: on.name })
      return on.type === 'track' ? t('happenings.anyEvent') : t('happenings.call', { type: on.type })
    }

    const untilDate = ({ path, days, at }: StepOf<'untilDate'>): string => {
      const said = { path: pathText(path), time: at, days: duration(Math.abs(days) * 86_400_000) }
      if (days === 0) return t('steps.untilDate', said)
      return t(days < 0 ? 'steps.untilDateBefore' : 'steps.untilDateAfter', said)
    }

    const step = (one: JourneyStep): string => {
      switch (one.kind) {
        case 'send':
          return t('steps.send', { template: one.template, purpose: t(`purposes.${one.purpose}`) })
        case 'delay':
          return t('steps.delay', { duration: duration(one.duration) })
        case 'until':
          return one.weekdays
            ? t('steps.untilOn', {
                time: one.at,
                days: list.format(one.weekdays.map((day) => t(`weekdays.${day}`))),
              })
            : t('steps.until', { time: one.at })
        case 'untilDate':
          return untilDate(one)
        case 'wait':
          return t('steps.wait', { what: happening(one.for), duration: duration(one.timeout) })
        case 'branch':
          return t('steps.branch', {
            count: one.ways.length,
            rule: one.ways[0] ? rule(one.ways[0].when) : '',
          })
        case 'split':
          return t('steps.split', {
            shares: sharesOf(one)
              .map((share) => percent(share))
              .join(' / '),
          })
        case 'update': {
          const names = Object.keys(one.traits)
          if (names.length > 0) return t('steps.update', { traits: list.format(names) })
          return t(one.stopMarketing ? 'steps.stopMarketing' : 'steps.updateNothing')
        }
        case 'coupon':
          return 'pool' in one.from
            ? t('steps.couponPool', { pool: one.from.pool })
            : t('steps.couponCode', { code: one.from.code })
        case 'webhook':
          return t('steps.webhook', { host: hostOf(one.url) })
        case 'startJourney':
        case 'endJourney':
          return t(`steps.${one.kind}`, { journey: one.journey })
        case 'end':
          break
      }
      return t('steps.end')
    }

    const trigger = (one: Journey['trigger']): string => {
      switch (one.kind) {
        case 'transition': {
          const said = {
            region: t(`region.${one.region}`, { ns: 'states' }),
            to: state(one.region, one.to),
            from: state(one.region, one.from),
          }
          if (one.to === undefined) return t('triggers.left', said)
          return t(one.from === undefined ? 'triggers.entered' : 'triggers.moved', said)
        }
        case 'event':
          return one.name === undefined ? t('triggers.anyEvent') : t('triggers.event', { name: one.name })
        case 'rfm':
          return t('triggers.rfm', { group: t(`rfm.${one.to}`, { ns: 'segments' }) })
        case 'segment':
          return t(`triggers.${one.to}`, { segment: one.segment })
        case 'date': {
          if (one.date.of === 'trait')
            return t('triggers.trait', { path: pathText(one.date.path), time: one.at })
          if (one.date.of === 'nextOrder') return t('triggers.nextOrder', { time: one.at })
          return t('triggers.lastOrder', { duration: duration(one.date.after), time: one.at })
        }
        case 'schedule': {
          if (one.every.unit === 'week')
            return t('triggers.week', { day: t(`weekdays.${one.every.weekday}`), time: one.at })
          if (one.every.unit === 'month') return t('triggers.month', { day: one.every.day, time: one.at })
          return t('triggers.day', { time: one.at })
        }
        case 'api':
          break
      }
      return t('triggers.api')
    }

    const way = (from: JourneyStep | null, slot: Slot): string => {
      if (from === null || from.kind === 'end') return ''
      if (from.kind === 'wait')
        return slot === 'onTimeout'
          ? t('ways.timeout', { duration: duration(from.timeout) })
          : t('ways.happened')
      if (slot === 'onMissing') return t('ways.missing')
      if (slot === 'otherwise') return t('ways.else')
      const at = Number(slot.replace('ways.', ''))
      if (from.kind === 'split') return t('ways.weight', { share: percent(sharesOf(from)[at] ?? 0) })
      if (from.kind === 'branch') return rule(from.ways[at]?.when)
      return ''
    }
    return { step, trigger, happening, rule, way, duration, share: (share) => percent(share) }
  }, [t, locale, ruleWords, percent])
}

function sharesOf({ ways }: StepOf<'split'>): number[] {
  const sum = ways.reduce((total, { weight }) => total + weight, 0)
  return ways.map(({ weight }) => weight / sum)
}
