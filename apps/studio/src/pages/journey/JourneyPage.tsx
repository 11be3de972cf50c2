import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function JourneyPage() {
  const { t } = useTranslation('journeys')
  return <PageTitle title={t('title')} />
}
