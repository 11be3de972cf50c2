import { Skeleton, Stack, Table, Title } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { useMayChange } from '../segments/useMayChange.ts'
import { OnsiteRow } from './list/OnsiteRow.tsx'
import { onsiteListQuery } from './onsiteQueries.ts'
import { BeginDialog } from './start/BeginDialog.tsx'
import { KindCards } from './start/KindCards.tsx'
import type { OnsiteKind } from './start/startMessage.ts'

/** All messages on the shop's own pages, and the kinds to begin a new one with. */
export function OnsitePage() {
  const { t } = useTranslation('onsite')
  const mayChange = useMayChange()
  const { data, error, refetch } = useQuery(onsiteListQuery)
  const [kind, setKind] = useState<OnsiteKind>()
  const messages = data?.messages ?? []
  const inOrder = messages.toSorted(
    (one, other) =>
      Number(other.message.live) - Number(one.message.live) ||
      one.message.name.localeCompare(other.message.name),
  )
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {data && messages.length === 0 ? (
        <Empty
          icon={<IconMessage2 size={22} stroke={1.6} aria-hidden />}
          title={t('empty.title')}
          text={mayChange ? t('empty.text') : t('readOnly')}
        />
      ) : null}
      {messages.length > 0 ? (
        <Panel>
          <Table verticalSpacing="sm" horizontalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('list.name')}</Table.Th>
                <Table.Th scope="col" visibleFrom="md">
                  {t('list.who')}
                </Table.Th>
                <Table.Th scope="col" visibleFrom="lg">
                  {t('list.frequency')}
                </Table.Th>
                <Table.Th scope="col" visibleFrom="sm">
                  {t('list.when')}
                </Table.Th>
                <Table.Th scope="col">{t('list.live')}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {inOrder.map((listed) => (
                <OnsiteRow key={listed.message.id} listed={listed} />
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      ) : null}
      {data && mayChange ? (
        <Stack gap="sm" mt={messages.length === 0 ? 0 : 'xl'}>
          {messages.length === 0 ? null : <Title order={2}>{t('new')}</Title>}
          <KindCards onBegin={setKind} />
        </Stack>
      ) : null}
      {kind ? (
        <BeginDialog
          kind={kind}
          taken={new Set(messages.map(({ message }) => message.id))}
          onClose={() => setKind(undefined)}
        />
      ) : null}
    </>
  )
}
