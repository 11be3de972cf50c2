import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function CampaignPage() {
  const { t } = useTranslation('campaigns')
  return <PageTitle title={t('title')} />
}
