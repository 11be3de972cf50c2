import { UndoButtons } from '../../../parts/UndoButtons.tsx'
import { Box, Button, Grid, Group, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotes, DraftStatusLine } from '../../../drafts/DraftStatusLine.tsx'
import { PageTitle } from '../../../parts/PageTitle.tsx'
import { CampaignMenu } from '../../campaigns/CampaignMenu.tsx'
import { definitionOf, previewQuery, type CampaignStored } from '../../campaigns/campaignQueries.ts'
import { CampaignStatusBadge } from '../../campaigns/CampaignStatusBadge.tsx'
import { useMayChange } from '../../segments/useMayChange.ts'
import { CheckPanel } from '../check/CheckPanel.tsx'
import { MailPanel } from '../check/MailPanel.tsx'
import { SendDialog } from '../check/SendDialog.tsx'
import { AudiencePanel } from './AudiencePanel.tsx'
import classes from '../../../parts/Beside.module.css'
import { CampaignEditingProvider, type CampaignEditing } from './campaignEditing.ts'
import { ContentPanel } from './ContentPanel.tsx'
import { TimePanel } from './TimePanel.tsx'
import { useCampaignDraft } from './useCampaignDraft.ts'
import { useDescribeDifference } from './useDescribeDifference.ts'
import { VariantsPanel } from './VariantsPanel.tsx'

/** A campaign that is written, beside its mail and who would get it. */
export function CampaignEditor({
  stored,
  onStarted,
}: {
  stored: CampaignStored
  onStarted: (started: CampaignStored) => void
}) {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const isReadOnly = !useMayChange()
  const describe = useDescribeDifference()
  const { id } = stored
  const { draft, campaign, change, undo, redo } = useCampaignDraft({
    id,
    start: { value: definitionOf(stored), hash: stored.hash },
    isReadOnly,
  })
  const isSaved = draft.status === 'saved' && draft.hash !== null
  const check = useQuery({ ...previewQuery(id, draft.hash ?? ''), enabled: isSaved })
  const preview = isSaved ? check.data : undefined
  const [isSending, sending] = useDisclosure(false)
  const editing = useMemo((): CampaignEditing => {
    const problems = preview?.problems ?? []
    return {
      campaign,
      isReadOnly,
      change,
      problemAt: (path) =>
        problems.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message,
    }
  }, [campaign, isReadOnly, change, preview])
  useHotkeys([
    ['mod+Z', () => undo?.()],
    ['mod+shift+Z', () => redo?.()],
    ['mod+Y', () => redo?.()],
  ])
  return (
    <CampaignEditingProvider value={editing}>
      <PageTitle
        title={campaign.name.trim() || t('title')}
        text={
          <Group gap="sm">
            <CampaignStatusBadge status="draft" />
            {isReadOnly ? null : <DraftStatusLine draft={draft} />}
          </Group>
        }
        actions={
          <>
            {isReadOnly ? null : (
              <UndoButtons
                undo={undo}
                redo={redo}
                labels={{ undo: t('editor.undo'), redo: t('editor.redo') }}
              />
            )}
            {isReadOnly ? null : (
              <Button
                leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
                disabled={!preview || preview.problems.length > 0}
                onClick={sending.open}
              >
                {t('send.button')}
              </Button>
            )}
            <CampaignMenu
              campaign={{ id, status: 'draft' }}
              definition={campaign}
              onDeleted={() => void navigate({ to: '/campaigns' })}
            />
          </>
        }
      />
      {isReadOnly ? (
        <Text size="sm" c="dimmed" mb="md">
          {t('readOnly')}
        </Text>
      ) : (
        <DraftNotes draft={draft} describe={describe} />
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <TextInput
              label={t('begin.name')}
              description={t('begin.nameText')}
              maxLength={200}
              readOnly={isReadOnly}
              value={campaign.name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value }, 'name')}
            />
            <AudiencePanel />
            <ContentPanel />
            <VariantsPanel recipients={preview?.recipients} />
            <TimePanel />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Box className={classes['beside']}>
            <Stack gap="md">
              <CheckPanel
                preview={preview}
                error={check.error}
                isChecking={check.isFetching}
                isSaved={isSaved}
                onAgain={() => void check.refetch()}
              />
              <MailPanel />
            </Stack>
          </Box>
        </Grid.Col>
      </Grid>
      {isSending && preview ? (
        <SendDialog
          id={id}
          hash={draft.hash}
          campaign={campaign}
          preview={preview}
          onClose={sending.close}
          onStarted={onStarted}
        />
      ) : null}
    </CampaignEditingProvider>
  )
}
