import { useTranslation } from 'react-i18next'
import type en from '../../words/en/guide.json'
import type { JourneySummary } from './offeredJourneys.ts'

type ShippedId = keyof typeof en.journeys

/** What a journey is called and does: in the reader's language where it came with Ciclo and has kept its name. */
export function useJourneyWords({ id, name }: Pick<JourneySummary, 'id' | 'name'>) {
  const { t, i18n } = useTranslation('guide')
  if (!i18n.exists(`journeys.${id}`, { ns: 'guide' })) return { name, does: '' }
  const shipped = id as ShippedId
  return { name: t(`journeys.${shipped}.name`), does: t(`journeys.${shipped}.does`) }
}
