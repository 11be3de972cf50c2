import { UndoButtons } from '../../../parts/UndoButtons.tsx'
import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftStatusLine } from '../../../drafts/DraftStatusLine.tsx'
import type { TemplateDetail } from '../../templates/templateQueries.ts'
import type { PreviewChoice } from '../preview/usePreview.ts'
import type { useTemplateEditing } from '../useTemplateEditing.ts'
import type { TemplateProblem } from './useTemplateProblems.ts'

const PublishDialog = lazy(async () => ({
  default: (await import('../publish/PublishDialog.tsx')).PublishDialog,
}))
const TestDialog = lazy(async () => ({ default: (await import('../publish/TestDialog.tsx')).TestDialog }))

/** What can be done with a template as a whole. */
export function TemplateActions({
  detail,
  editing,
  choice,
  problems,
  isReadOnly,
  onChanged,
  onJump,
}: {
  detail: TemplateDetail
  editing: ReturnType<typeof useTemplateEditing>
  choice: PreviewChoice
  problems: readonly TemplateProblem[]
  isReadOnly: boolean
  onChanged: () => void
  onJump: (problem: TemplateProblem) => void
}) {
  const { t } = useTranslation('template')
  const { draft, value, undo, redo } = editing
  const [open, setOpen] = useState<'publish' | 'test'>()
  if (isReadOnly) return null
  const close = () => setOpen(undefined)
  const isDraft = detail.of === 'draft' || draft.status !== 'saved' || draft.hash !== detail.hash
  return (
    <>
      <DraftStatusLine draft={draft} />
      <UndoButtons undo={undo} redo={redo} labels={{ undo: t('actions.undo'), redo: t('actions.redo') }} />
      <Button
        variant="default"
        leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpen('test')}
      >
        {t('actions.test')}
      </Button>
      <Button disabled={!isDraft || draft.status === 'conflict'} onClick={() => setOpen('publish')}>
        {t('actions.publish')}
      </Button>
      <Suspense>
        {open === 'publish' ? (
          <PublishDialog
            detail={detail}
            draft={draft}
            problems={problems}
            onClose={close}
            onChanged={onChanged}
            onJump={(problem) => {
              close()
              onJump(problem)
            }}
          />
        ) : null}
        {open === 'test' ? (
          <TestDialog name={detail.name} value={value} choice={choice} onClose={close} />
        ) : null}
      </Suspense>
    </>
  )
}
