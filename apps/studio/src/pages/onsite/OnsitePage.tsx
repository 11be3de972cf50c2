import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function OnsitePage() {
  const { t } = useTranslation('onsite')
  return <PageTitle title={t('title')} />
}
