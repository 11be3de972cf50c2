import { Alert, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconRocket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Counting } from './Counting.tsx'
import { EmptyShop } from './EmptyShop.tsx'
import { FiguresPanel } from './FiguresPanel.tsx'
import { HealthPanel } from './HealthPanel.tsx'
import { homeQuery } from './homeQuery.ts'
import { MailPanel } from './MailPanel.tsx'
import { LifecyclePanel } from './map/LifecyclePanel.tsx'
import { MoneyPanel } from './money/MoneyPanel.tsx'
import { TasksPanel } from './TasksPanel.tsx'
import classes from './HomePage.module.css'

/** How the shop stands, what to do about it, and what it rests on. */
export function HomePage() {
  const { t, i18n } = useTranslation(['home', 'shell'])
  const { data, error, refetch } = useQuery(homeQuery(i18n.language))
  const title = t('pages.home', { ns: 'shell' })
  if (!data)
    return (
      <>
        <PageTitle title={title} />
        {error ? <Failure error={error} reset={() => void refetch()} /> : <Counting rows={4} />}
      </>
    )
  const { sentence, isBroken, isEmpty, tasks, map, money, mail, figures, health } = data
  const Sign = isBroken ? IconAlertTriangle : isEmpty ? IconRocket : IconCircleCheck
  const isSmall = map?.isSmall ?? false
  return (
    <>
      <PageTitle title={title} />
      <Stack gap="md">
        <Group className={classes.sentence} role="status" wrap="nowrap" align="flex-start" gap="sm">
          <Sign
            className={classes.sign}
            data-broken={isBroken || undefined}
            size={26}
            stroke={1.6}
            aria-hidden
          />
          <Text className={classes.words}>{sentence}</Text>
        </Group>
        {error ? <Alert color="yellow">{t('old')}</Alert> : null}
        {isEmpty ? (
          <EmptyShop />
        ) : (
          <>
            <TasksPanel tasks={tasks} />
            {map ? <LifecyclePanel map={map} /> : <Counting rows={1} title={t('map.title')} />}
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
              {money ? (
                <MoneyPanel money={money} isSmall={isSmall} />
              ) : (
                <Counting rows={1} title={t('money.title')} />
              )}
              {mail ? <MailPanel mail={mail} /> : <Counting rows={1} title={t('mail.title')} />}
            </SimpleGrid>
            {figures ? (
              <FiguresPanel figures={figures} isSmall={isSmall} />
            ) : (
              <Counting rows={1} title={t('figures.title')} />
            )}
            <HealthPanel health={health} />
          </>
        )}
      </Stack>
    </>
  )
}
