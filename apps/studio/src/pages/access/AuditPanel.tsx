import { Button, Group, Skeleton, Table } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { AuditRow } from './AuditRow.tsx'
import { auditQuery } from './auditQuery.ts'
import { OwnersOnly } from './OwnersOnly.tsx'

/** Who did what to whose data, newest first. */
export function AuditPanel() {
  return (
    <OwnersOnly>
      <Audit />
    </OwnersOnly>
  )
}

function Audit() {
  const { t } = useTranslation('access')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(auditQuery)
  if (error && !data) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={320} aria-busy="true" />
  const entries = data.pages.flatMap((page) => page.entries)
  if (entries.length === 0)
    return (
      <Empty
        icon={<IconHistory size={22} stroke={1.6} aria-hidden />}
        title={t('audit.empty')}
        text={t('audit.emptyText')}
      />
    )
  return (
    <Panel>
      <Table verticalSpacing={6} layout="fixed" aria-label={t('audit.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={180} visibleFrom="sm">
              {t('audit.when')}
            </Table.Th>
            <Table.Th w={200} visibleFrom="sm">
              {t('audit.who')}
            </Table.Th>
            <Table.Th>{t('audit.what')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
      {hasNextPage ? (
        <Group justify="center">
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('audit.more')}
          </Button>
        </Group>
      ) : null}
    </Panel>
  )
}
