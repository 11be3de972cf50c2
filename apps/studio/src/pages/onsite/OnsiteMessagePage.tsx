import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function OnsiteMessagePage() {
  const { t } = useTranslation('onsite')
  return <PageTitle title={t('title')} />
}
