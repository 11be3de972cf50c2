import { Box } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { CountedAt } from '../CountedAt.tsx'
import type { HomeMap } from '../homeQuery.ts'
import { MapList } from './MapList.tsx'
import { MapPicture } from './MapPicture.tsx'

/** Below, a picture would be too small to read: pixels. */
const NARROWEST = 880

/** Everybody by stage, as a picture where there is room, else as a list. */
export function LifecyclePanel({ map }: { map: HomeMap }) {
  const { t } = useTranslation('home')
  const { ref, width } = useElementSize()
  return (
    <Panel
      title={t('map.title')}
      text={t(map.isSmall ? 'map.textSmall' : 'map.text')}
      actions={<CountedAt {...map} />}
    >
      <Box ref={ref}>
        {width === 0 ? null : width < NARROWEST ? (
          <MapList map={map} />
        ) : (
          <MapPicture map={map} width={width} />
        )}
      </Box>
    </Panel>
  )
}
