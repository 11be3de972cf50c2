import { useTranslation } from 'react-i18next'
import { useMailReasons } from '../mail/mailWords.ts'
import type { TimelineEntry } from '../customerQueries.ts'
import { isRegion, useStateNames } from '../states/useStateNames.ts'
import { useRunEnds } from '../tabs/useRunEnds.ts'

interface EntryWords {
  title: string
  text: string
}

/** Which properties say the most of an event, in this order. */
const TELLING = [
  'name',
  'product_name',
  'title',
  'path',
  'url',
  'order_id',
  'cart_id',
  'topic',
  'subject',
  'query',
]
const SHORT = 90

function gistOf(properties: Readonly<Record<string, unknown>>): string {
  const found = TELLING.map((name) => properties[name]).find(
    (value) => typeof value === 'string' || typeof value === 'number',
  )
  const text = found === undefined ? '' : String(found)
  return text.length > SHORT ? `${text.slice(0, SHORT)} …` : text
}

/** What a line of the timeline says. */
export function useEntryWords(): (entry: TimelineEntry) => EntryWords {
  const { t } = useTranslation(['customer', 'states'])
  const nameOf = useStateNames()
  const reasonOf = useMailReasons()
  const endOf = useRunEnds()
  return (entry) => {
    switch (entry.kind) {
      case 'event': {
        const { event } = entry
        const title = event.name ?? t(`timeline.types.${event.type}`)
        const bot = event.bot ? [t('timeline.bot')] : []
        return { title, text: [gistOf(event.properties), ...bot].filter((part) => part !== '').join(' · ') }
      }
      case 'transition': {
        const { region, from, to, sentence } = entry.transition
        if (!isRegion(region)) return { title: sentence, text: '' }
        const names = { from: nameOf(region, from), to: nameOf(region, to) }
        const label = t(`region.${region}`, { ns: 'states' })
        const moved = from === to ? names.to : t('timeline.moved', names)
        return { title: `${label}: ${moved}`, text: sentence }
      }
      case 'run':
        return entry.what === 'began'
          ? { title: t('timeline.began', { name: entry.name }), text: '' }
          : { title: t('timeline.ended', { name: entry.name }), text: endOf(entry.run.endReason) }
      case 'message':
        break
    }
    const { message } = entry
    const state = t(`message.${message.state}`, { ns: 'states' })
    return {
      title: message.subject ?? t('timeline.mail', { template: message.template }),
      text: [state, reasonOf(message.reason)].filter((part) => part !== '').join(' · '),
    }
  }
}
