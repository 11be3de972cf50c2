import { Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconBolt } from '@tabler/icons-react'
import { Handle, Position, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { STEP_ICONS } from '../words/stepIcons.ts'
import type { BoxNode } from './boxData.ts'
import classes from './canvas.module.css'
import { StepMenu } from './StepMenu.tsx'
import { TRIGGER } from '../model/selection.ts'

const handle = { isConnectable: false, className: classes['handle'] ?? '' }

function Box({ id, data }: Pick<NodeProps<BoxNode>, 'id' | 'data'>) {
  const { t } = useTranslation('journey')
  const { select } = useJourneyEditing()
  const { open } = useJourneyActions()
  const { step, title, sentence, lines, mark, problems, isSelected, isEntry, isReadOnly } = data
  const Icon = step ? STEP_ICONS[step.kind] : IconBolt
  const name = step?.id ?? TRIGGER
  const hasError = problems.some(({ severity }) => severity === 'error')
  return (
    <div
      className={classes['box']}
      data-kind={step?.kind ?? 'trigger'}
      data-selected={isSelected || undefined}
      data-tone={mark?.tone}
      data-problem={problems.length === 0 ? undefined : hasError ? 'error' : 'warning'}
    >
      <div className={classes['top']}>
        <UnstyledButton
          className={classes['main'] ?? ''}
          data-box={id}
          tabIndex={isEntry ? 0 : -1}
          aria-current={isSelected ? 'step' : undefined}
          onClick={() => select(name)}
          onDoubleClick={() => open(name)}
        >
          <span className={classes['icon']}>
            <Icon size={20} stroke={1.7} aria-hidden />
          </span>
          <span className={classes['words']}>
            <span className={classes['title']}>{title}</span>
            <span className={classes['sentence']}>{sentence}</span>
          </span>
        </UnstyledButton>
        {step && !isReadOnly ? (
          <StepMenu step={step.id} label={sentence} tabIndex={isEntry ? 0 : -1} />
        ) : null}
      </div>
      {problems.length > 0 ? (
        <span
          className={classes['badge']}
          data-severity={hasError ? 'error' : 'warning'}
          title={problems.map(({ message }) => message).join('\n')}
        >
          <IconAlertTriangle size={13} stroke={2} aria-hidden />
          {t('node.problems', { count: problems.length })}
        </span>
      ) : null}
      {lines.length + (mark?.lines.length ?? 0) > 0 ? (
        <ul className={classes['lines']}>
          {[...lines, ...(mark?.lines ?? [])].map((line, place) => (
            // Two figures may be the same.
            <li key={`${place}-${line}`} title={line} data-mark={place >= lines.length || undefined}>
              {line}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

const TriggerBox = memo(function TriggerBox({ id, data }: NodeProps<BoxNode>) {
  return (
    <>
      <Box id={id} data={data} />
      <Handle type="source" position={Position.Bottom} {...handle} />
    </>
  )
})

const StepBox = memo(function StepBox({ id, data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={Position.Top} {...handle} />
      <Box id={id} data={data} />
      <Handle type="source" position={Position.Bottom} {...handle} />
    </>
  )
})

const EndBox = memo(function EndBox({ data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={Position.Top} {...handle} />
      <Text className={classes['end'] ?? ''} component="div" size="xs">
        {data.title}
      </Text>
    </>
  )
})

export const BOX_TYPES = { trigger: TriggerBox, step: StepBox, end: EndBox }
