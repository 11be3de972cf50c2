import { RowMenu } from '../../parts/RowMenu.tsx'
import { Menu } from '@mantine/core'
import {
  IconArchive,
  IconArrowBackUp,
  IconCopy,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMayChange } from '../segments/useMayChange.ts'
import { ArchiveDialog } from './ArchiveDialog.tsx'
import { DeleteDraftDialog } from './DeleteDraftDialog.tsx'
import { isOnlyDraft, journeysQuery, type JourneyListed } from './journeysQuery.ts'
import { NewJourneyDialog } from './NewJourneyDialog.tsx'
import { PauseDialog } from './PauseDialog.tsx'
import { ResumeDialog } from './ResumeDialog.tsx'
import { restoreNewest } from './restoreNewest.ts'
import { useJourneyChange } from './useJourneyChange.ts'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

type Dialog = 'copy' | 'pause' | 'resume' | 'archive' | 'delete'

/** What can be done with a journey as a whole. */
export function JourneyMenu({ journey, onDeleted }: { journey: JourneyListed; onDeleted?: () => void }) {
  const { t } = useTranslation('journeys')
  const mayChange = useMayChange()
  const { name } = journey
  const [dialog, setDialog] = useState<Dialog>()
  const { data } = useQuery({ ...journeysQuery, enabled: dialog === 'copy' })
  const close = () => setDialog(undefined)
  const restore = useJourneyChange(
    () => restoreNewest(journey.id),
    () => t('actions.restored', { name }),
  )
  if (!mayChange) return null
  const { status, draft } = journey
  const isAtWork = status === 'live' || status === 'paused' || status === 'published'
  const dialogue = { journey, name, onClose: close }
  return (
    <>
      <RowMenu label={t('actions.of', { name })}>
        {status === 'live' ? (
          <Menu.Item leftSection={<IconPlayerPause {...icon} />} onClick={() => setDialog('pause')}>
            {t('actions.pause')}
          </Menu.Item>
        ) : null}
        {status === 'paused' ? (
          <Menu.Item leftSection={<IconPlayerPlay {...icon} />} onClick={() => setDialog('resume')}>
            {t('actions.resume')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => setDialog('copy')}>
          {t('actions.copy')}
        </Menu.Item>
        {isAtWork ? (
          <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => setDialog('archive')}>
            {t('actions.archive')}
          </Menu.Item>
        ) : null}
        {status === 'archived' ? (
          <Menu.Item leftSection={<IconArrowBackUp {...icon} />} onClick={() => restore.mutate()}>
            {t('actions.restore')}
          </Menu.Item>
        ) : null}
        {draft === null ? null : (
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => setDialog('delete')}>
            {t(isOnlyDraft(journey) ? 'actions.delete' : 'actions.deleteDraft')}
          </Menu.Item>
        )}
      </RowMenu>
      {dialog === 'copy' && data ? (
        <NewJourneyDialog journeys={data.journeys} copied={journey.id} onClose={close} />
      ) : null}
      {dialog === 'pause' ? <PauseDialog {...dialogue} /> : null}
      {dialog === 'resume' ? <ResumeDialog {...dialogue} /> : null}
      {dialog === 'archive' ? <ArchiveDialog {...dialogue} /> : null}
      {dialog === 'delete' ? <DeleteDraftDialog {...dialogue} {...(onDeleted ? { onDeleted } : {})} /> : null}
    </>
  )
}
