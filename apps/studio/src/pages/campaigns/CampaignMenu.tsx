import { RowMenu } from '../../parts/RowMenu.tsx'
import { Menu, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import type { Campaign } from '../../api/contract.ts'
import { useMayChange } from '../segments/useMayChange.ts'
import type { CampaignStored } from './campaignQueries.ts'
import { NewCampaignDialog } from './NewCampaignDialog.tsx'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with a campaign besides writing and sending it. */
export function CampaignMenu({
  campaign: { id, status },
  definition,
  onDeleted,
}: {
  campaign: Pick<CampaignStored, 'id' | 'status'>
  /** What it says now. */
  definition: Campaign
  onDeleted?: () => void
}) {
  const { t } = useTranslation('campaigns')
  const queryClient = useQueryClient()
  const [isCopying, copying] = useDisclosure(false)
  const { name } = definition
  const removal = useMutation({
    mutationFn: () => ask(api.campaigns[':id'].$delete({ param: { id } })),
    onSuccess: async () => {
      notifications.show({ message: t('remove.done', { name }) })
      onDeleted?.()
      await queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] })
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red' }),
  })
  if (!useMayChange()) return null
  const remove = () =>
    modals.openConfirmModal({
      title: <span className="any-text">{t('remove.title', { name })}</span>,
      children: <Text size="sm">{t('remove.text')}</Text>,
      labels: { confirm: t('remove.do'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => removal.mutate(),
    })
  return (
    <>
      <RowMenu label={t('list.actions', { name })}>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={copying.open}>
          {t('duplicate')}
        </Menu.Item>
        {status === 'draft' ? (
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={remove}>
            {t('remove.do')}
          </Menu.Item>
        ) : null}
      </RowMenu>
      {isCopying ? <NewCampaignDialog copied={definition} onClose={copying.close} /> : null}
    </>
  )
}
