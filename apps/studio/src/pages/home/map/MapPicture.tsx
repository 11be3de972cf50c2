import { Box, Paper, VisuallyHidden } from '@mantine/core'
import { useId } from 'react'
import type { HomeMap } from '../homeQuery.ts'
import { mapGeometry } from './mapGeometry.ts'
import { StageMoves } from './StageMoves.tsx'
import { StageSummary } from './StageSummary.tsx'
import { useMoveWords } from './useMoveWords.ts'
import classes from './LifecycleMap.module.css'

/** The stages as cards that stand in a round, and arrows between them with what went along each. */
export function MapPicture({ map, width }: { map: HomeMap; width: number }) {
  const { height, boxes, arrows } = mapGeometry(width)
  const words = useMoveWords(map.isSmall)
  const head = `arrow${useId().replaceAll(/\W/g, '')}`
  return (
    <Box className={classes.picture} style={{ height }}>
      <svg className={classes.arrows} width={width} height={height} aria-hidden>
        <defs>
          <marker
            id={head}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0.8 7 4 0 7.2Z" className={classes.head} />
          </marker>
        </defs>
        {arrows.map(({ from, to, path, x, y }) => {
          const move = map.moves.find((one) => one.from === from && one.to === to)
          return (
            <g key={`${from} ${to}`} data-moves={move ? 'some' : 'none'}>
              <path d={path} className={classes.arrow} markerEnd={`url(#${head})`} />
              {move ? (
                <text x={x} y={y} className={classes.share}>
                  {words(move)}
                </text>
              ) : null}
            </g>
          )
        })}
      </svg>
      <ul className={classes.stages}>
        {map.stages.map((figures) => {
          const { left, top, width: wide, height: high } = boxes[figures.stage]
          return (
            <Paper
              component="li"
              withBorder
              key={figures.stage}
              className={classes.card}
              data-stage={figures.stage}
              style={{ left, top, width: wide, height: high }}
            >
              <StageSummary figures={figures} map={map} />
              <VisuallyHidden>
                <StageMoves stage={figures.stage} map={map} />
              </VisuallyHidden>
            </Paper>
          )
        })}
      </ul>
    </Box>
  )
}
