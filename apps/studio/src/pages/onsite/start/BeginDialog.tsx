import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useSession } from '../../../session/useSession.ts'
import { segmentIdOf } from '../../segments/rule/segmentIdOf.ts'
import { startMessage, type OnsiteKind } from './startMessage.ts'
import { useCreateOnsite } from './useCreateOnsite.ts'

/** Names a new message of a kind, and begins it. */
export function BeginDialog({
  kind,
  taken,
  onClose,
}: {
  kind: OnsiteKind
  taken: ReadonlySet<string>
  onClose: () => void
}) {
  const { t } = useTranslation('onsite')
  const navigate = useNavigate()
  const { locale } = useSession().workspace
  const create = useCreateOnsite()
  const [name, setName] = useState<string>(t(`kinds.${kind}.name`))
  const creation = useMutation({
    mutationFn: () => create(startMessage(kind, { id: 'new', name, locale }), name.trim()),
    onSuccess: ({ id }) => navigate({ to: '/onsite/$onsiteId', params: { onsiteId: id } }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('begin.title', { kind: t(`kinds.${kind}.name`) })}
      closeButtonProps={{ 'aria-label': t('begin.cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') creation.mutate()
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('begin.name')}
            description={t('begin.nameText')}
            required
            maxLength={200}
            data-autofocus
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {t('begin.id')}: {segmentIdOf(name, taken)} · {t('begin.idText')}
          </Text>
          {creation.error ? (
            <Alert color="red" role="alert">
              {messageOf(creation.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('begin.cancel')}
            </Button>
            <Button type="submit" loading={creation.isPending}>
              {t('begin.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
