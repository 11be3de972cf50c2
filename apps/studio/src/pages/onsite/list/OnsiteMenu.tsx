import { RowMenu } from '../../../parts/RowMenu.tsx'
import { Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { useMayChange } from '../../segments/useMayChange.ts'
import { onsiteListQuery } from '../onsiteQueries.ts'
import { useCreateOnsite } from '../start/useCreateOnsite.ts'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with a message besides writing it. */
export function OnsiteMenu({ id, name, onDeleted }: { id: string; name: string; onDeleted?: () => void }) {
  const { t } = useTranslation('onsite')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const create = useCreateOnsite()
  const removal = useMutation({
    mutationFn: () => ask(api.onsite[':id'].$delete({ param: { id } })),
    onSuccess: async () => {
      notifications.show({ message: t('remove.done', { name }) })
      onDeleted?.()
      await queryClient.invalidateQueries({ queryKey: onsiteListQuery.queryKey, exact: true })
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red' }),
  })
  if (!useMayChange()) return null
  const copy = async () => {
    try {
      const { message } = await ask(api.onsite[':id'].$get({ param: { id } }))
      const copied = await create({ ...message, live: false }, t('begin.copyOf', { name: message.name }))
      await navigate({ to: '/onsite/$onsiteId', params: { onsiteId: copied.id } })
    } catch (error) {
      notifications.show({ message: messageOf(error), color: 'red' })
    }
  }
  const remove = () =>
    modals.openConfirmModal({
      title: t('remove.title', { name }),
      children: <Text size="sm">{t('remove.text')}</Text>,
      labels: { confirm: t('list.delete'), cancel: t('begin.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => removal.mutate(),
    })
  return (
    <RowMenu label={t('list.actions', { name })}>
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void copy()}>
        {t('list.copy')}
      </Menu.Item>
      <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={remove}>
        {t('list.delete')}
      </Menu.Item>
    </RowMenu>
  )
}
