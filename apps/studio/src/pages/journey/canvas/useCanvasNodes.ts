import { MarkerType } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing, type JourneyProblem } from '../journeyEditing.ts'
import { useStepWords } from '../words/useStepWords.ts'
import { useTriggerLines } from '../words/useTriggerLines.ts'
import type { BoxData, BoxNode, WayLine } from './boxData.ts'
import { boxOf, canvasGraph, TRIGGER_BOX, type CanvasGraph } from './canvasGraph.ts'
import { layoutCanvas, type CanvasLayout } from './layoutCanvas.ts'
import { LABEL_HEIGHT, LABEL_WIDTH, PLUS_SIZE, sizeOf } from './sizes.ts'
import { TRIGGER } from '../model/selection.ts'

const NONE: readonly never[] = []
/** Boxes that are not dragged would else let clicks through: the trigger's, and all of them for who only reads. */
const CLICKED = { pointerEvents: 'all' } as const

interface Laid {
  graph: CanvasGraph
  layout: CanvasLayout
}

/** The journey as boxes and lines of the canvas, each with its place. Undefined until the first layout is there. */
export function useCanvasNodes() {
  const { t } = useTranslation('journey')
  const { definition, problems, selected, isReadOnly } = useJourneyEditing()
  const { marks } = useJourneyActions()
  const words = useStepWords()
  const triggerLines = useTriggerLines()
  const graph = useMemo(() => canvasGraph(definition), [definition])
  const [laid, setLaid] = useState<Laid>()
  const [failed, setFailed] = useState(false)

  const boxes = useMemo(() => {
    const ofStep = Map.groupBy(problems ?? NONE, ({ step }) => step)
    const isSelectable = selected === TRIGGER || definition.steps.some(({ id }) => id === selected)
    return new Map(
      graph.boxes.map(({ id, step, kind }): [string, BoxData] => {
        const name = step?.id ?? TRIGGER
        const own: readonly JourneyProblem[] =
          kind === 'end' ? NONE : (ofStep.get(kind === 'trigger' ? null : name) ?? NONE)
        return [
          id,
          {
            step,
            title: kind === 'end' ? t('node.end') : step ? step.id : t('node.starts'),
            sentence: step ? words.step(step) : words.trigger(definition.trigger),
            lines: kind === 'trigger' ? triggerLines : NONE,
            mark: kind === 'end' ? null : (marks?.get(name) ?? null),
            problems: own,
            isSelected:
              kind !== 'end' && (kind === 'trigger') === (selected === TRIGGER) && name === selected,
            isEntry: kind === 'trigger' ? selected === TRIGGER || !isSelectable : name === selected,
            isReadOnly,
          },
        ]
      }),
    )
  }, [graph, definition, problems, selected, isReadOnly, marks, words, triggerLines, t])

  const asked = JSON.stringify({
    boxes: graph.boxes.map(({ id, kind }) => {
      const { lines = NONE, mark = null } = boxes.get(id) ?? {}
      return { id, ...sizeOf({ kind }, lines.length + (mark?.lines.length ?? 0)) }
    }),
    lines: graph.lines.map(({ id, source, target, way, step }) => ({
      id,
      source,
      target,
      label: { width: words.way(step, way.slot) === '' ? PLUS_SIZE : LABEL_WIDTH, height: LABEL_HEIGHT },
    })),
  })
  useEffect(() => {
    let isOld = false
    const { boxes: sizes, lines } = JSON.parse(asked) as {
      boxes: Parameters<typeof layoutCanvas>[0]
      lines: Parameters<typeof layoutCanvas>[1]
    }
    layoutCanvas(sizes, lines).then(
      (layout) => {
        if (isOld) return
        setFailed(false)
        setLaid({ graph, layout })
      },
      () => {
        if (!isOld) setFailed(true)
      },
    )
    return () => {
      isOld = true
    }
    // The graph is what was asked for.
  }, [asked])

  const nodes = useMemo(
    () =>
      laid?.graph.boxes.flatMap(({ id, kind }): BoxNode[] => {
        const data = boxes.get(id)
        const position = laid.layout.boxes.get(id)
        if (!data || !position) return []
        const size = sizeOf({ kind }, data.lines.length + (data.mark?.lines.length ?? 0))
        return [
          {
            id,
            type: kind,
            position,
            data,
            ...size,
            measured: size,
            draggable: kind === 'step' && !isReadOnly,
            selectable: false,
            focusable: false,
            style: CLICKED,
          },
        ]
      }),
    [laid, boxes, isReadOnly],
  )
  const edges = useMemo(
    () =>
      laid?.graph.lines.flatMap(({ id, source, target, way }): WayLine[] => {
        const place = laid.layout.lines.get(id)
        const now = graph.lines.find((line) => line.id === id)
        if (!place || !boxes.has(source) || !boxes.has(target)) return []
        return [
          {
            id,
            type: 'way',
            source,
            target,
            focusable: false,
            selectable: false,
            markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
            data: {
              way,
              ...place,
              text: now ? words.way(now.step, way.slot) : '',
              isReadOnly,
              isBad: false,
            },
          },
        ]
      }),
    [laid, graph, boxes, words, isReadOnly],
  )
  return { nodes, edges, failed, selectedBox: selected === TRIGGER ? TRIGGER_BOX : boxOf(selected) }
}
