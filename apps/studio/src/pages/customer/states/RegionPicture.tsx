import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { drawArrow, type Box } from './drawArrow.ts'
import type { TakenArrow } from './pathTaken.ts'
import classes from './Statechart.module.css'
import type { RegionChart } from './stateChart.ts'

const COLUMN = 178
const ROW = 104
const BOX = { width: 140, height: 38 }
const MARGIN = 8
/** A name of more characters is written smaller. */
const LONG = 16
/** Room for arrows that go around. */
const AROUND = 52

export interface ShownState {
  state: string
  name: string
  isCurrent: boolean
  hasBeen: boolean
  sentence: string
}

export interface RegionPictureProps {
  chart: RegionChart
  label: string
  states: readonly ShownState[]
  arrows: readonly (TakenArrow & { sentence: string })[]
  /** What is pointed at or focused; undefined when nothing is any more. */
  onShow: (sentence: string) => void
}

const isAbove = (bend = 0) => bend > 20
const isBelow = (bend = 0) => bend < -20

/**
 * One region as a picture. The tabulator goes to its current state, the arrow keys from there to every state and every
 * arrow; each says its sentence.
 */
export function RegionPicture({ chart, label, states, arrows, onShow }: RegionPictureProps) {
  const id = useId()
  const group = useRef<SVGSVGElement>(null)
  const items = states.length + arrows.length
  const [focused, setFocused] = useState(() =>
    Math.max(
      0,
      states.findIndex(({ isCurrent }) => isCurrent),
    ),
  )

  const rows = Math.max(...chart.places.map(({ row }) => row)) + 1
  const top = arrows.some(({ bend }) => isAbove(bend)) ? AROUND : MARGIN
  const bottom = arrows.some(({ bend }) => isBelow(bend)) ? AROUND + 26 : MARGIN
  const columns = 4
  const width = MARGIN * 2 + (columns - 1) * COLUMN + BOX.width
  const height = top + (rows - 1) * ROW + BOX.height + bottom
  const boxes = new Map<string, Box>(
    chart.places.map(({ state, column, row }) => [
      state,
      { x: MARGIN + column * COLUMN, y: top + row * ROW, ...BOX },
    ]),
  )

  const move = (by: number) => {
    const next = (focused + by + items) % items
    setFocused(next)
    group.current?.querySelector<SVGGElement>(`[data-item="${next}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(step)
  }
  const itemOf = (place: number, sentence: string) => ({
    'data-item': place,
    tabIndex: place === focused ? 0 : -1,
    role: 'img',
    'aria-label': sentence,
    onFocus: () => {
      setFocused(place)
      onShow(sentence)
    },
    onMouseEnter: () => onShow(sentence),
  })

  return (
    <svg
      ref={group}
      viewBox={`0 0 ${width} ${height}`}
      className={classes['chart']}
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      <defs>
        {(['head', 'headTaken', 'headLast'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}-${kind}`}
            viewBox="0 0 8 8"
            refX="6.5"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5 L7.5 4 L0 7.5 Z" className={classes[kind]} />
          </marker>
        ))}
      </defs>
      {arrows.map(({ from, to, bend, by, taken, steps, sentence }, index) => {
        const [source, target] = [boxes.get(from), boxes.get(to)]
        if (!source || !target) return null
        const { path, middle } = drawArrow(source, target, bend)
        const kind = steps.includes(1) ? 'headLast' : taken.length > 0 ? 'headTaken' : 'head'
        const names = [
          classes['item'],
          classes['arrow'],
          taken.length > 0 ? classes['taken'] : '',
          steps.includes(1) ? classes['last'] : '',
          by === undefined ? classes['unforeseen'] : '',
        ]
        return (
          <g key={`${from} ${to}`} className={names.join(' ')} {...itemOf(states.length + index, sentence)}>
            <path className={classes['line']} d={path} markerEnd={`url(#${id}-${kind})`} />
            <path className={classes['reach']} d={path} />
            {steps.length > 0 ? (
              <g className={classes['step']} aria-hidden>
                <circle cx={middle.x} cy={middle.y} r={8.5} />
                <text x={middle.x} y={middle.y}>
                  {steps[0]}
                </text>
              </g>
            ) : null}
          </g>
        )
      })}
      {states.map(({ state, name, isCurrent, hasBeen, sentence }, index) => {
        const box = boxes.get(state)
        if (!box) return null
        const names = [classes['item'], hasBeen ? classes['been'] : '', isCurrent ? classes['current'] : '']
        return (
          <g key={state} className={names.join(' ')} {...itemOf(index, sentence)}>
            <rect className={classes['box']} {...box} rx={9} />
            <text
              className={classes['label']}
              x={box.x + BOX.width / 2}
              y={box.y + BOX.height / 2}
              fontSize={name.length > LONG ? 11.5 : 13}
            >
              {isCurrent ? `● ${name}` : name}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
