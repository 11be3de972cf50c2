import '@xyflow/react/dist/base.css'
import { Alert, Box, Skeleton } from '@mantine/core'
import {
  Background,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type NodeChange,
} from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { waysIn } from '../model/ways.ts'
import { useStepWords } from '../words/useStepWords.ts'
import type { BoxNode } from './boxData.ts'
import { BOX_TYPES } from './boxes.tsx'
import classes from './canvas.module.css'
import { stepOfBox, TRIGGER_BOX } from './canvasGraph.ts'
import { CanvasStateProvider } from './canvasState.ts'
import { CanvasTools } from './CanvasTools.tsx'
import { useCanvasNodes } from './useCanvasNodes.ts'
import { useKeptFocus } from './useKeptFocus.ts'
import { useJourneyKeys, walk } from './useJourneyKeys.ts'
import { LINE_TYPES } from './WayEdge.tsx'
import { TRIGGER } from '../model/selection.ts'

/** Below that nobody reads a small line of a box. */
const FAR = 0.55
/** So near a plus a step has to be dropped. */
const NEAR = 90
/** Journeys are longer than wide. */
const MAP = { width: 108, height: 168 } as const
/** From so many steps on there is more than a screen shows. */
const MANY = 12

function Canvas() {
  const { t } = useTranslation('journey')
  const { definition, selected, select, isReadOnly } = useJourneyEditing()
  const { move, tell } = useJourneyActions()
  const words = useStepWords()
  const { nodes, edges, failed, selectedBox } = useCanvasNodes()
  const [adding, setAdding] = useState<string | null>(null)
  const [menu, setMenu] = useState<string | null>(null)
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number } | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const [isFinding, setFinding] = useState(false)
  const flow = useReactFlow()
  const isFar = useStore(({ transform }) => transform[2] < FAR)
  const place = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const { onFocus, onBlur, hasFocus } = useKeptFocus(place)

  const shown = useMemo(
    () =>
      dragged
        ? nodes?.map((node) =>
            node.id === dragged.id
              ? { ...node, position: { x: dragged.x, y: dragged.y }, zIndex: 1000, dragging: true }
              : node,
          )
        : nodes,
    [nodes, dragged],
  )

  const isKnown = nodes !== undefined
  // As the canvas has them: it draws what it is given a moment later.
  const order = useStore(({ nodes: drawn }) => drawn.map(({ id }) => id).join(' '))
  useEffect(() => {
    if (!isKnown || !place.current) return
    const { clientWidth, clientHeight } = place.current
    const bounds = flow.getNodesBounds(flow.getNodes())
    const zoom = Math.min(clientWidth / (bounds.width + 80), clientHeight / (bounds.height + 80), 1)
    // Of one that is too long for the window the beginning is shown, large enough to be read.
    const shownAt = Math.max(zoom, Math.min(1, Math.max(0.7, clientWidth / (bounds.width + 80))))
    const trigger = flow.getNode(TRIGGER_BOX)
    const middle =
      zoom === shownAt || !trigger
        ? bounds.x + bounds.width / 2
        : trigger.position.x + (trigger.width ?? 0) / 2
    const y = zoom === shownAt ? Math.max(32, (clientHeight - bounds.height * zoom) / 4) : 32
    void flow.setViewport({ x: clientWidth / 2 - middle * shownAt, y: y - bounds.y * shownAt, zoom: shownAt })
    // Only when it is first drawn: afterwards whoever looks decides what is in sight.
  }, [isKnown, flow])

  useEffect(() => {
    const element = place.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(selectedBox)}"]`)
    if (!element || !place.current) return
    const frame = place.current.getBoundingClientRect()
    const own = element.getBoundingClientRect()
    const isSeen =
      own.left >= frame.left && own.right <= frame.right && own.top >= frame.top && own.bottom <= frame.bottom
    const node = flow.getNode(selectedBox)
    if (!isSeen && node)
      void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, {
        zoom: Math.max(flow.getZoom(), FAR),
      })
    if (wantsFocus.current || hasFocus()) element.focus({ preventScroll: true })
    wantsFocus.current = false
    // When a step is added or moved it is drawn later than it is selected; one that moves within the page loses the focus.
  }, [selectedBox, order, flow, hasFocus])

  const at = selected === TRIGGER ? null : selected
  const go = useCallback(
    (direction: Parameters<typeof walk>[2], from: string | null) => {
      const to = walk(waysIn(definition), from, direction)
      if (to === undefined) return
      wantsFocus.current = true
      select(to ?? TRIGGER)
      const index = definition.steps.findIndex(({ id }) => id === to)
      const step = definition.steps[index]
      const what = step ? words.step(step) : words.trigger(definition.trigger)
      tell(t('told.at', { what, place: index + 1, all: definition.steps.length }))
    },
    [definition, select, words, tell, t],
  )
  const find = useCallback(() => setFinding(true), [])
  const hold = useCallback(() => {
    wantsFocus.current = true
  }, [])
  const onKeyDown = useJourneyKeys({ selected: at, go, hold, setAdding, find })

  const onNodesChange = useCallback((changes: NodeChange<BoxNode>[]) => {
    for (const change of changes)
      if (change.type === 'position' && change.dragging && change.position)
        setDragged({ id: change.id, ...change.position })
  }, [])
  const nearest = (node: BoxNode) => {
    const x = node.position.x + (node.width ?? 0) / 2
    const y = node.position.y + (node.height ?? 0) / 2
    const step = stepOfBox(node.id)
    const far = edges?.flatMap(({ id, data }) =>
      data && data.way.from !== step && data.way.to !== step
        ? [{ id, way: data.way, distance: Math.hypot(data.label.x - x, data.label.y - y) }]
        : [],
    )
    const [best] = (far ?? []).toSorted((one, other) => one.distance - other.distance)
    return best && best.distance < NEAR ? best : undefined
  }
  const state = useMemo(() => ({ adding, setAdding, menu, setMenu, over }), [adding, menu, over])
  return (
    <CanvasStateProvider value={state}>
      <CanvasTools isFinding={isFinding} setFinding={setFinding} zooms />
      <Box
        ref={place}
        className={classes['canvas'] ?? ''}
        role="group"
        aria-label={t('canvas.label')}
        data-canvas={nodes ? 'drawn' : 'waiting'}
        {...(isFar ? { 'data-far': '' } : {})}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {failed ? (
          <Alert color="orange" m="md">
            {t('canvas.failed')}
          </Alert>
        ) : !shown || !edges ? (
          <Skeleton height="100%" aria-busy="true" />
        ) : (
          <ReactFlow
            nodes={shown}
            edges={edges}
            nodeTypes={BOX_TYPES}
            edgeTypes={LINE_TYPES}
            onNodesChange={onNodesChange}
            onNodeDrag={(_, node) => setOver(nearest(node)?.id ?? null)}
            onNodeDragStop={(_, node) => {
              const to = nearest(node)
              const step = stepOfBox(node.id)
              setDragged(null)
              setOver(null)
              if (to && step !== undefined) move(step, to.way)
            }}
            nodesDraggable={!isReadOnly}
            nodeDragThreshold={6}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            zoomActivationKeyCode={['Control', 'Meta']}
            panOnScroll
            zoomOnDoubleClick={false}
            minZoom={0.1}
            maxZoom={1.75}
          >
            <Background gap={22} size={1.2} />
            {definition.steps.length > MANY ? (
              <MiniMap style={MAP} pannable zoomable ariaLabel={t('canvas.map')} nodeStrokeWidth={3} />
            ) : null}
          </ReactFlow>
        )}
      </Box>
    </CanvasStateProvider>
  )
}

/** The journey drawn from top to bottom; where everything is decides the layout alone. */
export function JourneyCanvas() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  )
}
