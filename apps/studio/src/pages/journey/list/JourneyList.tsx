import { Box, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconBolt } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AddButton } from '../canvas/AddButton.tsx'
import { boxOf, TRIGGER_BOX } from '../canvas/canvasGraph.ts'
import { CanvasStateProvider } from '../canvas/canvasState.ts'
import { CanvasTools } from '../canvas/CanvasTools.tsx'
import { StepMenu } from '../canvas/StepMenu.tsx'
import { useJourneyKeys } from '../canvas/useJourneyKeys.ts'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { END } from '../model/ways.ts'
import { STEP_ICONS } from '../words/stepIcons.ts'
import { useStepWords } from '../words/useStepWords.ts'
import { useTriggerLines } from '../words/useTriggerLines.ts'
import classes from './JourneyList.module.css'
import { idsIn, outlineOf, type OutlineStep, type OutlineWay } from './outline.ts'
import { TRIGGER } from '../model/selection.ts'

function Row({ row }: { row: readonly OutlineStep[] }) {
  return (
    <ol className={classes['row']}>
      {row.map((item) => (
        <Item key={item.step.id} item={item} />
      ))}
    </ol>
  )
}

function WayItem({ item, way: { way, inside } }: { item: OutlineStep; way: OutlineWay }) {
  const { t } = useTranslation('journey')
  const words = useStepWords()
  const { select, isReadOnly } = useJourneyEditing()
  const text = words.way(item.step, way.slot) || t('ways.next')
  const isPlain = item.ways.length === 1
  const isEnd = way.to === END
  return (
    <li className={classes['way']} data-plain={isPlain || undefined}>
      <div className={classes['wayLine']}>
        {isPlain && !isEnd ? null : (
          <Text size="sm" c="dimmed" component="span" className="any-text">
            {isPlain ? '' : `${text}: `}
            {isEnd ? t('list.ends') : null}
            {!isEnd && inside.length === 0 ? (
              <UnstyledButton className={classes['link'] ?? ''} onClick={() => select(way.to)}>
                {t('list.goesOn', { step: way.to })}
              </UnstyledButton>
            ) : null}
          </Text>
        )}
        {isReadOnly ? null : (
          <AddButton way={way} label={t('ways.from', { way: text, step: item.step.id })} />
        )}
      </div>
      {inside.length > 0 ? <Row row={inside} /> : null}
    </li>
  )
}

function Item({ item }: { item: OutlineStep }) {
  const { t } = useTranslation('journey')
  const words = useStepWords()
  const { selected, select, problems = [], isReadOnly } = useJourneyEditing()
  const { marks, open } = useJourneyActions()
  const { step, ways } = item
  const Icon = STEP_ICONS[step.kind]
  const own = problems.filter((problem) => problem.step === step.id)
  const isSelected = selected === step.id
  return (
    <li>
      <div className={classes['item']} data-selected={isSelected || undefined}>
        <UnstyledButton
          className={classes['main'] ?? ''}
          data-box={boxOf(step.id)}
          aria-current={isSelected ? 'step' : undefined}
          onClick={() => select(step.id)}
          onDoubleClick={() => open(step.id)}
        >
          <Icon size={18} stroke={1.7} aria-hidden />
          <span className="any-text">
            {words.step(step)}{' '}
            <Text span size="xs" c="dimmed">
              {step.id}
            </Text>
            {marks?.get(step.id)?.lines.map((line) => (
              <Text key={line} span size="xs" fw={600} className="figure" display="block">
                {line}
              </Text>
            ))}
          </span>
        </UnstyledButton>
        {own.length > 0 ? (
          <Text size="xs" c="var(--mantine-color-error)" className={classes['problem'] ?? ''}>
            <IconAlertTriangle size={14} aria-hidden /> {t('node.problems', { count: own.length })}
          </Text>
        ) : null}
        {isReadOnly ? null : <StepMenu step={step.id} label={words.step(step)} />}
      </div>
      {ways.length > 0 ? (
        <ul className={classes['ways']}>
          {ways.map((way) => (
            <WayItem key={way.way.slot} item={item} way={way} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

/** The journey as lists within lists: everything that the canvas can do, for the keyboard and for who cannot see it. */
export function JourneyList() {
  const { t } = useTranslation('journey')
  const { definition, selected, select, isReadOnly } = useJourneyEditing()
  const words = useStepWords()
  const lines = useTriggerLines()
  const [adding, setAdding] = useState<string | null>(null)
  const [menu, setMenu] = useState<string | null>(null)
  const [isFinding, setFinding] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const outline = useMemo(() => outlineOf(definition), [definition])
  const box = selected === TRIGGER ? TRIGGER_BOX : boxOf(selected)
  const order = idsIn(outline).join(' ')
  useEffect(() => {
    const element = place.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(box)}"]`)
    // A step that was deleted is selected for a moment longer.
    if (!element) return
    if (wantsFocus.current || place.current?.contains(document.activeElement)) element.focus()
    wantsFocus.current = false
  }, [box, order])
  const at = selected === TRIGGER ? null : selected
  const go = useCallback(
    (direction: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight', from: string | null) => {
      const rows = [TRIGGER, ...idsIn(outline)]
      const step = direction === 'ArrowDown' || direction === 'ArrowRight' ? 1 : -1
      const to = rows[rows.indexOf(from ?? TRIGGER) + step]
      if (to === undefined) return
      wantsFocus.current = true
      select(to)
    },
    [outline, select],
  )
  const find = useCallback(() => setFinding(true), [])
  const hold = useCallback(() => {
    wantsFocus.current = true
  }, [])
  const onKeyDown = useJourneyKeys({ selected: at, go, hold, setAdding, find })
  const state = useMemo(() => ({ adding, setAdding, menu, setMenu, over: null }), [adding, menu])
  return (
    <CanvasStateProvider value={state}>
      <CanvasTools isFinding={isFinding} setFinding={setFinding} />
      <Box
        ref={place}
        className={classes['list'] ?? ''}
        role="group"
        aria-label={t('list.label')}
        onKeyDown={onKeyDown}
      >
        <Text size="xs" c="dimmed" mb="xs">
          {t('list.text')} {t('tools.keys')}
        </Text>
        <div className={classes['item']} data-selected={at === null || undefined}>
          <UnstyledButton
            className={classes['main'] ?? ''}
            data-box={TRIGGER_BOX}
            aria-current={at === null ? 'step' : undefined}
            onClick={() => select(TRIGGER)}
          >
            <IconBolt size={18} stroke={1.7} aria-hidden />
            <span className="any-text">
              {words.trigger(definition.trigger)}
              {lines.map((line) => (
                <Text key={line} span size="xs" c="dimmed" display="block">
                  {line}
                </Text>
              ))}
            </span>
          </UnstyledButton>
        </div>
        {isReadOnly ? null : (
          <Box ml="md" my={4}>
            <AddButton way={{ from: null, slot: 'start' }} label={t('ways.start')} />
          </Box>
        )}
        <Row row={outline} />
      </Box>
    </CanvasStateProvider>
  )
}
