import { Accordion, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { GuideStep } from './GuideStep.tsx'
import classes from './GuidePage.module.css'
import { guideQuery } from './guideQuery.ts'
import { stepStates } from './stepStates.ts'

/** The way from an empty workspace to the first mail. */
export function GuidePage() {
  const { t } = useTranslation(['guide', 'shell'])
  const { data: guide, error, refetch } = useQuery(guideQuery)
  const [chosen, choose] = useState<string | null>()
  const states = guide && stepStates(guide.steps)
  const current = guide?.steps.find(({ id }) => states?.get(id) === 'now')?.id ?? null
  // What is open stays open when it is done: somebody is just looking at it.
  if (chosen === undefined && guide) choose(current)
  const done = guide?.steps.filter(({ isDone }) => isDone).length ?? 0
  return (
    <Stack gap="md" maw={880}>
      <PageTitle title={t('pages.guide', { ns: 'shell' })} text={t('text')} />
      {guide && states ? (
        <>
          <Stack gap={6}>
            <Text size="sm" fw={600} role="status" aria-live="polite">
              {t('progress', { done, all: guide.steps.length })}
            </Text>
            <Progress.Root size="sm" aria-hidden>
              <Progress.Section value={(done / guide.steps.length) * 100} />
            </Progress.Root>
          </Stack>
          {current === null ? (
            <Panel title={t('finished.title')} text={t('finished.text')}>
              <Group gap="xs">
                <Button component={Link} to="/">
                  {t('finished.home')}
                </Button>
                <Button component={Link} to="/customers" variant="default">
                  {t('finished.customers')}
                </Button>
              </Group>
            </Panel>
          ) : null}
          <Accordion
            variant="separated"
            keepMounted={false}
            classNames={{ item: classes.item }}
            order={2}
            value={chosen ?? null}
            onChange={choose}
          >
            {guide.steps.map((step) => (
              <GuideStep
                key={step.id}
                step={step}
                state={states.get(step.id) ?? 'next'}
                guide={guide}
                onPutOff={() => choose(undefined)}
              />
            ))}
          </Accordion>
        </>
      ) : error ? (
        <Failure error={error} reset={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Stack>
  )
}
