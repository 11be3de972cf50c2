import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, messageOf } from '../../api/apiProblem.ts'
import type { Campaign } from '../../api/contract.ts'
import { segmentIdOf } from '../segments/rule/segmentIdOf.ts'
import { segmentsQuery } from '../segments/segmentQueries.ts'
import { templatesQuery } from '../templates/templateQueries.ts'
import { mayBeCampaign } from './mayBeCampaign.ts'
import { saveCampaign } from './campaignQueries.ts'
import { startCampaign } from './startCampaign.ts'

/** Whoever meant the whole list says so. */
const EVERYONE = ''

/** Begins a campaign, or a copy of one: as a draft, and never in the place of another. */
export function NewCampaignDialog({
  taken = new Set(),
  copied,
  onClose,
}: {
  taken?: ReadonlySet<string>
  copied?: Campaign
  onClose: () => void
}) {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: listed } = useQuery(templatesQuery)
  const { data: segments } = useQuery(segmentsQuery)
  const [name, setName] = useState(copied ? t('begin.copyOf', { name: copied.name }).slice(0, 200) : '')
  const [template, setTemplate] = useState<string | null>(null)
  const [segment, setSegment] = useState(EVERYONE)
  const begin = useMutation({
    mutationFn: async () => {
      const made = copied
        ? { ...copied, name: name.trim() }
        : startCampaign({
            name: name.trim(),
            template: template ?? '',
            segment: segment === EVERYONE ? null : segment,
          })
      const ids = new Set(taken)
      for (;;) {
        const id = segmentIdOf(name, ids, 'campaign')
        try {
          return await saveCampaign(id, made, null)
        } catch (error) {
          // The list shows a page of them: another one may have that name.
          if (!(error instanceof ApiProblem) || error.status !== 409 || ids.size > taken.size + 50)
            throw error
          ids.add(id)
        }
      }
    },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] })
      onClose()
      await navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } })
    },
  })
  const isReady = name.trim() !== '' && (copied !== undefined || template !== null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <span className="any-text">
          {copied ? t('begin.copyTitle', { name: copied.name }) : t('begin.title')}
        </span>
      }
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) begin.mutate()
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
          {copied ? null : (
            <>
              <Select
                label={t('audience.title')}
                data={[
                  { value: EVERYONE, label: t('audience.everyone') },
                  ...(segments?.segments ?? []).map(({ id, name: label }) => ({ value: id, label })),
                ]}
                value={segment}
                allowDeselect={false}
                searchable
                onChange={(value) => setSegment(value ?? EVERYONE)}
              />
              <Select
                label={t('begin.template')}
                required
                data={(listed?.templates ?? []).filter(mayBeCampaign).map((one) => one.name)}
                value={template}
                searchable
                onChange={setTemplate}
              />
            </>
          )}
          <Text size="xs" c="dimmed">
            {t('begin.id')}: {segmentIdOf(name, taken, 'campaign')}
          </Text>
          {begin.error ? (
            <Alert color="red" role="alert">
              {messageOf(begin.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={begin.isPending}>
              {t('begin.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
