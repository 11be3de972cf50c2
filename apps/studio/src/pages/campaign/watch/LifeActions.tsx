import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { isAtWork, type CampaignStatus } from '../../campaigns/campaignQueries.ts'
import { useMayChange } from '../../segments/useMayChange.ts'

const ICONS = { pause: IconPlayerPause, resume: IconPlayerPlay, cancel: IconPlayerStop } as const
type Action = keyof typeof ICONS

/** What can be done with a campaign that is at work. */
export function LifeActions({ id, name, status }: { id: string; name: string; status: CampaignStatus }) {
  const { t } = useTranslation('campaigns')
  const queryClient = useQueryClient()
  const mayChange = useMayChange()
  const act = useMutation({
    mutationFn: (action: Action) => {
      const asked = { param: { id } }
      if (action === 'pause') return ask(api.campaigns[':id'].pause.$post(asked))
      if (action === 'resume') return ask(api.campaigns[':id'].resume.$post(asked))
      return ask(api.campaigns[':id'].cancel.$post(asked))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['campaigns'] }),
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  if (!mayChange || !isAtWork(status)) return null
  const actions: readonly Action[] = [status === 'paused' ? 'resume' : 'pause', 'cancel']
  const confirm = (action: Action) =>
    modals.openConfirmModal({
      title: <span className="any-text">{`${t(`life.${action}`)}: ${name}`}</span>,
      children: <Text size="sm">{t(`life.${action}Text`)}</Text>,
      labels: { confirm: t(`life.${action}`), cancel: t('life.keep') },
      ...(action === 'cancel' ? { confirmProps: { color: 'red' } } : {}),
      onConfirm: () => act.mutate(action),
    })
  return actions.map((action) => {
    const Icon = ICONS[action]
    return (
      <Button
        key={action}
        variant={action === 'resume' ? 'filled' : 'default'}
        leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
        loading={act.isPending && act.variables === action}
        onClick={() => confirm(action)}
      >
        {t(`life.${action}`)}
      </Button>
    )
  })
}
