import { ActionIcon, Switch, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
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
  const steps = [
    { word: 'undo', step: undo, Icon: IconArrowBackUp },
    { word: 'redo', step: redo, Icon: IconArrowForwardUp },
  ] as const
  return (
    <>
      <Switch
        label={t('editor.live')}
        checked={isLive}
        disabled={isReadOnly || (!isLive && !mayGoLive)}
        onChange={({ currentTarget }) => onLive(currentTarget.checked)}
        mr="sm"
      />
      {isReadOnly
        ? null
        : steps.map(({ word, step, Icon }) => (
            <Tooltip key={word} label={t(`editor.${word}`)}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t(`editor.${word}`)}
                onClick={step}
                disabled={step === undefined}
              >
                <Icon size={18} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
      <OnsiteMenu id={id} name={name} onDeleted={() => void navigate({ to: '/onsite' })} />
    </>
  )
}
