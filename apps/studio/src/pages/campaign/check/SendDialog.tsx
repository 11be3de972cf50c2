import { Alert, Button, Group, Modal, Stack, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ApiProblem, messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import type { Campaign } from '../../../api/contract.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import type { CampaignPreview, CampaignStored } from '../../campaigns/campaignQueries.ts'
import { useCampaignWords } from '../../campaigns/useCampaignWords.ts'

/** Says exactly what is about to happen, and asks. */
export function SendDialog({
  id,
  hash,
  campaign,
  preview,
  onClose,
  onStarted,
}: {
  id: string
  /** Of what was looked at: nothing else is sent. */
  hash: string | null
  campaign: Campaign
  preview: CampaignPreview
  onClose: () => void
  onStarted: (started: CampaignStored) => void
}) {
  const { t } = useTranslation('campaigns')
  const { number, dateTime } = useFormats()
  const words = useCampaignWords()
  const start = useMutation({
    mutationFn: async () => {
      const stored = await ask(api.campaigns[':id'].$get({ param: { id } }))
      if (stored.hash !== hash) throw new ApiProblem(409, { code: 'conflict', message: t('send.changed') })
      return await ask(api.campaigns[':id'].start.$post({ param: { id } }))
    },
    onSuccess: (started) => {
      onClose()
      onStarted(started)
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  const rows = [
    [
      t('send.audience'),
      `${t('check.recipients', { count: preview.recipients, formatted: number(preview.recipients) })} (${words.audience(campaign)})`,
    ],
    [t('send.skipped'), number(preview.skipped.total)],
    [t('send.time'), `${words.schedule(campaign)} · ${dateTime(preview.startAt)}`],
    ...(campaign.variants.length > 1
      ? [
          [
            t('variants.title'),
            preview.variants.map((one) => `${one.id}: ${number(one.recipients)}`).join(', '),
          ],
        ]
      : []),
  ]
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<span className="any-text">{t('send.title', { name: campaign.name })}</span>}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack gap="sm">
        <Table>
          <Table.Tbody>
            {rows.map(([word, text]) => (
              <Table.Tr key={word}>
                <Table.Th scope="row" w={120}>
                  {word}
                </Table.Th>
                <Table.Td className="any-text">{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {preview.recipients === 0 ? <Alert color="orange">{t('send.nobody')}</Alert> : null}
        <Text size="sm">{t('send.text')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button loading={start.isPending} onClick={() => start.mutate()}>
            {t('send.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
