import { Button, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { MessageCard, MessageRow } from './MessageRow.tsx'
import { outboxQuery } from './messageQueries.ts'
import type { MessageSearch } from './messageSearch.ts'
import { NoMessages } from './NoMessages.tsx'

const COLUMNS = [
  ['mail', '26%'],
  ['to', '21%'],
  ['of', '14%'],
  ['state', '26%'],
  ['when', '13%'],
] as const

/** The mails that the search asks for, page by page. */
export function MessageList({ search }: { search: MessageSearch }) {
  const { t } = useTranslation('messages')
  const formats = useFormats()
  const { timeZone } = useSession().workspace
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const outbox = useInfiniteQuery(outboxQuery(search, timeZone))
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = outbox
  if (error && !data) return <Failure error={error} reset={() => void refetch()} />
  if (!data)
    return (
      <Stack aria-busy="true" gap="xs">
        {Array.from({ length: 8 }, (_, place) => (
          <Skeleton key={place} height={48} />
        ))}
      </Stack>
    )
  const messages = data.pages.flatMap((page) => page.messages)
  const searchedTo = data.pages.at(-1)?.searchedTo ?? null
  if (messages.length === 0 && !hasNextPage) return <NoMessages search={search} />
  return (
    <>
      {messages.length === 0 ? null : isWide ? (
        <Table layout="fixed" verticalSpacing="xs" highlightOnHover aria-label={t('caption')}>
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map(([column, width]) => (
                <Table.Th key={column} w={width}>
                  {t(`columns.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {messages.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <ul aria-label={t('caption')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {messages.map((message) => (
            <MessageCard key={message.id} message={message} />
          ))}
        </ul>
      )}
      <VisuallyHidden role="status">{t('shown', { count: messages.length })}</VisuallyHidden>
      {error ? <Failure error={error} reset={() => void fetchNextPage()} /> : null}
      {hasNextPage ? (
        <Group justify="center" mt="md">
          {searchedTo === null ? null : (
            <Text size="sm" c="dimmed">
              {t('searchedTo', { when: formats.date(searchedTo) })}
            </Text>
          )}
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t(searchedTo === null ? 'more' : 'searchOn')}
          </Button>
        </Group>
      ) : null}
    </>
  )
}
