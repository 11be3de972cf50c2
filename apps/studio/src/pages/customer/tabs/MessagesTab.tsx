import { Button, ScrollArea, Skeleton, Table, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { messagesQuery, type CustomerDetail } from '../customerQueries.ts'
import { useMailReasons } from '../mail/mailWords.ts'
import { PageLink } from '../../../parts/PageLink.tsx'

/** Every mail to a customer, with what became of it. */
export function MessagesTab({ customer: { id } }: { customer: CustomerDetail }) {
  const { t } = useTranslation(['customer', 'states'])
  const formats = useFormats()
  const reasonOf = useMailReasons()
  const query = useInfiniteQuery(messagesQuery(id))
  if (query.error && !query.data) return <Failure error={query.error} reset={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={160} aria-busy="true" />
  const messages = query.data.pages.flatMap((page) => page.messages)
  if (messages.length === 0)
    return (
      <Empty
        icon={<IconMail size={22} stroke={1.6} aria-hidden />}
        title={t('messages.empty')}
        text={t('messages.emptyText')}
      />
    )
  return (
    <>
      <ScrollArea type="auto" tabIndex={-1}>
        <Table miw={480} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('messages.mail')}</Table.Th>
              <Table.Th visibleFrom="sm">{t('messages.purpose')}</Table.Th>
              <Table.Th>{t('messages.state')}</Table.Th>
              <Table.Th>{t('messages.date')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {messages.map(
              ({ id: messageId, subject, template, purpose, state, reason, createdAt, sentAt }) => (
                <Table.Tr key={messageId}>
                  <Table.Td maw={280}>
                    <PageLink
                      to="/messages/$messageId"
                      params={{ messageId }}
                      size="sm"
                      truncate
                      display="block"
                      title={subject ?? template}
                    >
                      {subject ?? template}
                    </PageLink>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">{t(`purpose.${purpose}`, { ns: 'states' })}</Table.Td>
                  <Table.Td>
                    <Text size="sm">{t(`message.${state}`, { ns: 'states' })}</Text>
                    {reason === null ? null : (
                      <Text size="xs" c="dimmed">
                        {reasonOf(reason)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    {formats.dateTime(sentAt ?? createdAt)}
                  </Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {query.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          onClick={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          {t('timeline.more')}
        </Button>
      ) : null}
    </>
  )
}
