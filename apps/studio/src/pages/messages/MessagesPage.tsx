import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { MessageFilters } from './MessageFilters.tsx'
import { MessageList } from './MessageList.tsx'
import { StateTabs } from './StateTabs.tsx'

/** The outbox. */
export function MessagesPage() {
  const { t } = useTranslation('messages')
  const search = useSearch({ from: '/inside/messages' })
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <MessageFilters search={search} />
      <StateTabs search={search} />
      <MessageList search={search} />
    </>
  )
}
