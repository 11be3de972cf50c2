import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'

export function TemplatesPage() {
  const { t } = useTranslation('templates')
  return <PageTitle title={t('title')} />
}
