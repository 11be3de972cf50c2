import { UndoButtons } from '../../../parts/UndoButtons.tsx'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { SegmentMenu } from '../list/SegmentMenu.tsx'
import type { SegmentListed } from '../segmentQueries.ts'

/** Save, take back, and what can be done with a segment that is saved. */
export function EditorActions({
  segment,
  isReadOnly,
  isSaving,
  isChanged,
  onSave,
  undo,
  redo,
}: {
  segment: SegmentListed | undefined
  isReadOnly: boolean
  isSaving: boolean
  isChanged: boolean
  onSave: () => void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
}) {
  const { t } = useTranslation('segments')
  const navigate = useNavigate()
  return (
    <>
      {isReadOnly ? null : (
        <>
          <UndoButtons
            undo={undo}
            redo={redo}
            labels={{ undo: t('actions.undo'), redo: t('actions.redo') }}
          />
          <Button onClick={onSave} loading={isSaving} disabled={!isChanged}>
            {t('actions.save')}
          </Button>
        </>
      )}
      {segment ? (
        <SegmentMenu
          segment={segment}
          onDeleted={() => void navigate({ to: '/segments', ignoreBlocker: true })}
        />
      ) : null}
    </>
  )
}
