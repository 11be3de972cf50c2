import { useTranslation } from 'react-i18next'
import type { DraftStatus } from '../../../drafts/createDraftKeeper.ts'
import type { TemplateDetail } from '../../templates/templateQueries.ts'

/** What mails are made of now, and whether what is seen here is something else. */
export function TemplateState({ detail, status }: { detail: TemplateDetail; status: DraftStatus }) {
  const { t } = useTranslation('template')
  const { versions, of } = detail
  const newest = versions.findLast((version) => version.status === 'published')
  const live =
    newest && newest.hash !== 'shipped'
      ? t('state.own', { version: newest.version })
      : of === 'shipped' || newest
        ? t('state.shipped')
        : versions.length > 0
          ? t('state.none')
          : t('state.shipped')
  const isDraft = of === 'draft' || status !== 'saved'
  return <>{isDraft ? `${live} ${t('state.draft')}` : live}</>
}
