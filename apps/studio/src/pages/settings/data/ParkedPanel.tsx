import { Alert, Button, Group, Skeleton, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { useMayChange } from '../useMayChange.ts'
import { parkedQuery } from './parkedQuery.ts'
import { ParkedRow } from './ParkedRow.tsx'
import { retryAllParked } from './retryAllParked.ts'

/** What came in and could not be applied: kept with its reason, tried again once that is mended, or dropped. */
export function ParkedPanel() {
  const { t } = useTranslation('settings')
  const { number } = useFormats()
  const mayRetry = useMayChange('parked')
  const client = useQueryClient()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(parkedQuery)
  const settle = { onSettled: () => void client.invalidateQueries() }
  const retryAll = useMutation({ mutationFn: retryAllParked, ...settle })
  const retry = useMutation({
    mutationFn: (id: string) => ask(api.parked.parked[':id'].retry.$post({ param: { id } })),
    ...settle,
  })
  const drop = useMutation({
    mutationFn: (id: string) => ask(api.parked.parked[':id'].$delete({ param: { id } })),
    ...settle,
  })
  const actions = mayRetry
    ? {
        retry: (id: string) => {
          retryAll.reset()
          retry.mutate(id)
        },
        drop: (id: string) => drop.mutate(id),
        tried: retry.isPending ? retry.variables : undefined,
      }
    : undefined
  const failed = retryAll.error ?? retry.error ?? drop.error
  const told =
    retryAll.data === undefined
      ? retry.data && t(retry.data.verdict === 'parked' ? 'parked.stillFails' : 'parked.applied')
      : t('parked.triedAll', {
          applied: number(retryAll.data.applied),
          parked: number(retryAll.data.parked),
        })
  const rows = data?.pages.flatMap(({ parked }) => parked) ?? []
  return (
    <Panel title={t('parked.title')} text={t('parked.text')}>
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      <Text size="sm" role="status">
        {data && rows.length === 0 ? t('parked.none') : told}
      </Text>
      {data === undefined && !error ? <Skeleton height={60} aria-busy="true" /> : null}
      {rows.length > 0 ? (
        <Table.ScrollContainer minWidth={520}>
          <Table verticalSpacing="xs" aria-label={t('parked.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('parked.input')}</Table.Th>
                <Table.Th>{t('parked.reason')}</Table.Th>
                <Table.Th>{t('parked.at')}</Table.Th>
                {mayRetry ? <Table.Th>{t('keys.actions')}</Table.Th> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((parked) => (
                <ParkedRow key={parked.id} parked={parked} actions={actions} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {rows.length > 0 ? (
        <Group gap="xs">
          {mayRetry ? (
            <Button
              size="xs"
              variant="default"
              loading={retryAll.isPending}
              onClick={() => {
                retry.reset()
                retryAll.mutate()
              }}
            >
              {t('parked.retryAll')}
            </Button>
          ) : null}
          {hasNextPage ? (
            <Button
              size="xs"
              variant="subtle"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('parked.more')}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </Panel>
  )
}
