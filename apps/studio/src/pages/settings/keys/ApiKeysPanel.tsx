import { Alert, Button, Group, Modal, Skeleton, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { CopyValue } from '../CopyValue.tsx'
import { keysQuery } from './keysQuery.ts'

const KINDS = ['write', 'secret'] as const

/** The keys that work: made, shown once, and revoked. */
export function ApiKeysPanel() {
  const { t } = useTranslation('settings')
  const { date } = useFormats()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(keysQuery)
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: keysQuery.queryKey }) }
  const make = useMutation({
    mutationFn: (kind: (typeof KINDS)[number]) => ask(api.keys.index.$post({}, withBody({ kind }))),
    gcTime: 0,
    ...settle,
  })
  const revoke = useMutation({
    mutationFn: (id: string) => ask(api.keys[':id'].$delete({ param: { id } })),
    ...settle,
  })
  const failed = make.error ?? revoke.error
  return (
    <Panel title={t('keys.title')} text={t('keys.text')}>
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      {data ? (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing="xs" aria-label={t('keys.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('keys.key')}</Table.Th>
                <Table.Th>{t('keys.kind')}</Table.Th>
                <Table.Th>{t('keys.created')}</Table.Th>
                <Table.Th>{t('keys.actions')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.keys.map(({ id, kind, prefix, createdAt }) => (
                <Table.Tr key={id}>
                  <Table.Td ff="monospace">{prefix}…</Table.Td>
                  <Table.Td>{t(`keys.kinds.${kind}.name`)}</Table.Td>
                  <Table.Td>{date(createdAt)}</Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('keys.revokeWhich', { key: prefix })}
                      onClick={() =>
                        modals.openConfirmModal({
                          title: t('keys.revokeWhich', { key: prefix }),
                          children: <Text size="sm">{t(`keys.kinds.${kind}.revoke`)}</Text>,
                          labels: { confirm: t('keys.revoke'), cancel: t('cancel') },
                          confirmProps: { color: 'red' },
                          closeButtonProps: { 'aria-label': t('close') },
                          onConfirm: () => revoke.mutate(id),
                        })
                      }
                    >
                      {t('keys.revoke')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : error ? null : (
        <Skeleton height={120} aria-busy="true" />
      )}
      <Group gap="xs">
        {KINDS.map((kind) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            loading={make.isPending && make.variables === kind}
            onClick={() => make.mutate(kind)}
          >
            {t(`keys.kinds.${kind}.make`)}
          </Button>
        ))}
      </Group>
      <Modal
        opened={make.data !== undefined}
        onClose={() => make.reset()}
        title={t('keys.made')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Text size="sm" mb="sm">
          {t('keys.madeText')}
        </Text>
        <CopyValue label={t('keys.key')} value={make.data?.key ?? ''} />
        <Group justify="flex-end" mt="md">
          <Button onClick={() => make.reset()}>{t('keys.kept')}</Button>
        </Group>
      </Modal>
    </Panel>
  )
}
