import { Box, Skeleton, Tabs } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './JourneyBeside.module.css'
import { JOURNEY_PANELS, type JourneyPanel } from './readJourneySearch.ts'
import { SelectedForm } from './forms/SelectedForm.tsx'

const files = import.meta.glob<Record<string, ComponentType>>('./panels/*Panel.tsx')
const panelOf = (name: string) => {
  const load = files[`./panels/${name}.tsx`]
  return load
    ? lazy(async () => {
        const { [name]: Panel } = await load()
        if (!Panel) throw new Error(`The file of ${name} has no ${name}`)
        return { default: Panel }
      })
    : undefined
}
const CodePanel = lazy(async () => ({ default: (await import('./code/CodePanel.tsx')).CodePanel }))
const PANELS: Readonly<Record<JourneyPanel, ComponentType | undefined>> = {
  code: CodePanel,
  live: panelOf('LivePanel'),
  backtest: panelOf('BacktestPanel'),
  try: panelOf('TryPanel'),
  versions: panelOf('VersionsPanel'),
  report: panelOf('ReportPanel'),
}
const SHOWN = JOURNEY_PANELS.filter((name) => PANELS[name] !== undefined)

/** What stands beside the journey: the form of what is selected, or one of the panels. */
export function JourneyBeside({ panel }: { panel: JourneyPanel | undefined }) {
  const { t } = useTranslation('journey')
  const navigate = useNavigate({ from: '/journeys/$journeyId' })
  const Panel = panel && PANELS[panel]
  const shown = Panel ? panel : 'form'
  return (
    <Tabs
      value={shown}
      classNames={{ list: classes['tabs'] ?? '', tab: classes['tab'] ?? '' }}
      onChange={(next) =>
        void navigate({
          search: ({ panel: _, ...before }) =>
            next === null || next === 'form' ? before : { ...before, panel: next as JourneyPanel },
          replace: true,
          resetScroll: false,
        })
      }
    >
      <Tabs.List aria-label={t('tabs.label')}>
        {(['form', ...SHOWN] as const).map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {(['form', ...SHOWN] as const).map((name) => (
        <Tabs.Panel key={name} value={name} pt="md">
          {name !== shown ? null : Panel ? (
            <Suspense fallback={<Skeleton height={320} aria-busy="true" />}>
              <Panel />
            </Suspense>
          ) : (
            <Box data-form="">
              <SelectedForm />
            </Box>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
