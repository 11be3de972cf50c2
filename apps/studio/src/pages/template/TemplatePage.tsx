import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function TemplatePage() {
  const { t } = useTranslation('templates')
  return <PageTitle title={t('title')} />
}
