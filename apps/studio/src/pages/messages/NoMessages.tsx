import { IconMail, IconMailSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { filtersQuery } from './messageQueries.ts'
import type { MessageSearch } from './messageSearch.ts'
import { PageButton } from './PageButton.tsx'

/** Why there is nothing to see, and what brings the first mail. */
export function NoMessages({ search }: { search: MessageSearch }) {
  const { t } = useTranslation('messages')
  const { data } = useQuery(filtersQuery)
  const isFiltered = Object.keys(search).length > 0
  if (!data) return null
  if (data.hasMessages || isFiltered)
    return (
      <Empty
        icon={<IconMailSearch size={22} stroke={1.6} aria-hidden />}
        title={t('empty.none')}
        text={t('empty.noneText')}
        action={
          <PageButton to="/messages" search={{}} variant="default" mt="xs">
            {t('filters.clear')}
          </PageButton>
        }
      />
    )
  return (
    <Empty
      icon={<IconMail size={22} stroke={1.6} aria-hidden />}
      title={t('empty.title')}
      text={t(data.liveJourneys === 0 ? 'empty.noJourney' : 'empty.waiting')}
      action={
        <PageButton to="/guide" mt="xs">
          {t('empty.guide')}
        </PageButton>
      }
    />
  )
}
