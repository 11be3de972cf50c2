import { useTranslation } from 'react-i18next'
import { PageLink } from '../../../parts/PageLink.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { Recommended } from '../../../parts/recommendations/Recommended.tsx'

/** What is popular in the whole shop; what goes with a product is on its page. */
export function ShownPanel() {
  const { t } = useTranslation('recommendations')
  return (
    <Panel
      title={t('shown.popular')}
      text={t('shown.text')}
      actions={
        <PageLink to="/products" size="sm">
          {t('shown.products')}
        </PageLink>
      }
    >
      <Recommended asked={{ kind: 'popular', limit: 10 }} />
    </Panel>
  )
}
