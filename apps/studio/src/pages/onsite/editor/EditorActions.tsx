import { UndoButtons } from '../../../parts/UndoButtons.tsx'
import { Switch } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OnsiteMenu } from '../list/OnsiteMenu.tsx'

/** Take back, live or not, and what else can be done with a message. */
export function EditorActions({
  name,
  id,
  isLive,
  isReadOnly,
  mayGoLive,
  onLive,
  undo,
  redo,
}: {
  name: string
  id: string
  isLive: boolean
  isReadOnly: boolean
  mayGoLive: boolean
  onLive: (isOn: boolean) => void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
}) {
  const { t } = useTranslation('onsite')
  const navigate = useNavigate()
  return (
    <>
      <Switch
        label={t('editor.live')}
        checked={isLive}
        disabled={isReadOnly || (!isLive && !mayGoLive)}
        onChange={({ currentTarget }) => onLive(currentTarget.checked)}
        mr="sm"
      />
      {isReadOnly ? null : (
        <UndoButtons undo={undo} redo={redo} labels={{ undo: t('editor.undo'), redo: t('editor.redo') }} />
      )}
      <OnsiteMenu id={id} name={name} onDeleted={() => void navigate({ to: '/onsite' })} />
    </>
  )
}
