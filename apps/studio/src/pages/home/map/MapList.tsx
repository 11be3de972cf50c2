import { Paper, Stack } from '@mantine/core'
import type { HomeMap } from '../homeQuery.ts'
import { StageMoves } from './StageMoves.tsx'
import { StageSummary } from './StageSummary.tsx'
import classes from './LifecycleMap.module.css'

/** The stages below each other, each with where people went from it. */
export function MapList({ map }: { map: HomeMap }) {
  return (
    <Stack component="ul" gap="xs" p={0} m={0} className={classes.list}>
      {map.stages.map((figures) => (
        <Paper
          component="li"
          withBorder
          key={figures.stage}
          className={classes.row}
          data-stage={figures.stage}
        >
          <StageSummary figures={figures} map={map} />
          <StageMoves stage={figures.stage} map={map} />
        </Paper>
      ))}
    </Stack>
  )
}
