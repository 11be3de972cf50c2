import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
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
  const steps = [
    { word: 'undo', step: undo, Icon: IconArrowBackUp },
    { word: 'redo', step: redo, Icon: IconArrowForwardUp },
  ] as const
  return (
    <>
      {isReadOnly ? null : (
        <>
          {steps.map(({ word, step, Icon }) => (
            <Tooltip key={word} label={t(`actions.${word}`)}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t(`actions.${word}`)}
                onClick={step}
                disabled={step === undefined}
              >
                <Icon size={18} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
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
