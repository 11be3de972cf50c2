import { Box, NavLink, NativeSelect, Stack } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { Unfound } from '../../shell/Unfound.tsx'
import { SETTINGS_PARTS } from './settingsParts.ts'
import classes from './SettingsPage.module.css'

/** What the shop can set: its parts beside each other where there is room, else one chosen from a list. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { part: given = 'shop' } = useParams({ from: '/inside/settings/{-$part}' })
  const navigate = useNavigate()
  const found = SETTINGS_PARTS.find(({ part }) => part === given)
  if (!found) return <Unfound />
  const { Page } = found
  const open = (part: string) => navigate({ to: '/settings/{-$part}', params: { part } })
  return (
    <>
      <PageTitle title={t(`parts.${found.part}.title`)} text={t(`parts.${found.part}.text`)} />
      <Box className={classes.columns}>
        <Box component="nav" aria-label={t('parts.label')} visibleFrom="md">
          <Stack gap={2} className={classes.list}>
            {SETTINGS_PARTS.map(({ part, icon: Icon }) => (
              <NavLink
                key={part}
                component={Link}
                to={`/settings/${part}`}
                label={t(`parts.${part}.title`)}
                active={part === found.part}
                {...(part === found.part ? { 'aria-current': 'page' } : {})}
                leftSection={<Icon size={17} stroke={1.6} aria-hidden />}
                variant="light"
                py={6}
                className={classes.link ?? ''}
              />
            ))}
          </Stack>
        </Box>
        <NativeSelect
          hiddenFrom="md"
          aria-label={t('parts.label')}
          value={found.part}
          onChange={({ currentTarget }) => void open(currentTarget.value)}
          data={SETTINGS_PARTS.map(({ part }) => ({ value: part, label: t(`parts.${part}.title`) }))}
        />
        <Box className={classes.part}>
          <Suspense fallback={<Loading />}>
            <Page key={found.part} />
          </Suspense>
        </Box>
      </Box>
    </>
  )
}
