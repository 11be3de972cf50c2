import { useTranslation } from 'react-i18next'

/** What a journey is called: those that came with Ciclo, in the reader's language. */
export function useJourneyName(): (journey: { id: string; name: string }) => string {
  const { t, i18n } = useTranslation('guide')
  return ({ id, name }) => {
    const key = `journeys.${id}.name`
    return i18n.exists(key, { ns: 'guide' }) ? t(key as 'journeys.welcome.name') : name
  }
}
