import { ActionIcon, Button, Divider, Group, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconMaximize,
  IconTarget,
  IconZoomIn,
  IconZoomOut,
  type TablerIcon,
} from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { FindStep } from './FindStep.tsx'
import { JOURNEY } from '../model/selection.ts'

function Tool({
  label,
  icon: Icon,
  onClick,
}: {
  label: string
  icon: TablerIcon
  onClick: (() => void) | undefined
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={onClick === undefined}
        {...(onClick ? { onClick } : {})}
      >
        <Icon size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function Zooms() {
  const { t } = useTranslation('journey')
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  return (
    <Group gap={2} wrap="nowrap">
      <Tool label={t('tools.zoomOut')} icon={IconZoomOut} onClick={() => void zoomOut()} />
      <Tool label={t('tools.zoomIn')} icon={IconZoomIn} onClick={() => void zoomIn()} />
      <Tool
        label={t('tools.fit')}
        icon={IconMaximize}
        onClick={() => void fitView({ padding: 0.08, maxZoom: 1 })}
      />
    </Group>
  )
}

/** What stands above the journey: taking back, finding, zooming. */
export function CanvasTools({
  isFinding,
  setFinding,
  zooms,
}: {
  isFinding: boolean
  setFinding: (isFinding: boolean) => void
  zooms?: boolean
}) {
  const { t } = useTranslation('journey')
  const { undo, redo, open } = useJourneyActions()
  const { isReadOnly } = useJourneyEditing()
  return (
    <Group role="toolbar" aria-label={t('tools.label')} gap="xs" mb="xs">
      {isReadOnly ? null : (
        <>
          <Group gap={2} wrap="nowrap">
            <Tool label={t('tools.undo')} icon={IconArrowBackUp} onClick={undo} />
            <Tool label={t('tools.redo')} icon={IconArrowForwardUp} onClick={redo} />
          </Group>
          <Divider orientation="vertical" />
        </>
      )}
      {zooms ? (
        <>
          <Zooms />
          <Divider orientation="vertical" />
        </>
      ) : null}
      <FindStep isOpen={isFinding} setOpen={setFinding} />
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconTarget size={16} stroke={1.7} aria-hidden />}
        onClick={() => open(JOURNEY)}
      >
        {t('tools.settings')}
      </Button>
    </Group>
  )
}
