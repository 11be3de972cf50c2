import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { AddButton } from './AddButton.tsx'
import type { WayLine } from './boxData.ts'
import classes from './canvas.module.css'
import { useCanvasState } from './canvasState.ts'
import { roundedPath } from './roundedPath.ts'

const WayEdge = memo(function WayEdge({ id, data, markerEnd }: EdgeProps<WayLine>) {
  const { t } = useTranslation('journey')
  const { over } = useCanvasState()
  if (!data) return null
  const { way, points, label, text, isReadOnly } = data
  const name = text || t(way.from === null ? 'ways.start' : 'ways.next')
  return (
    <>
      <BaseEdge id={id} path={roundedPath(points)} {...(markerEnd === undefined ? {} : { markerEnd })} />
      <EdgeLabelRenderer>
        <div
          className={`${classes['label']} nodrag nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
        >
          {text === '' ? null : (
            <span className={classes['way']} title={text}>
              {text}
            </span>
          )}
          {isReadOnly ? null : (
            <AddButton
              way={way}
              label={way.from === null ? name : t('ways.from', { way: name, step: way.from })}
              isOver={over === id}
            />
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  )
})

export const LINE_TYPES = { way: WayEdge }
