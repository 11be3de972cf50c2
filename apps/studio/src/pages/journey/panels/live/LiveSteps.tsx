import { Table, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import type { StepsOfJourney } from '../panelQueries.ts'
import { Section } from '../Section.tsx'
import { StepName } from '../StepName.tsx'
import { mailsOf } from './liveMarks.ts'

/** The steps with their figures; each opens the list of the people there. */
export function LiveSteps({ steps }: { steps: StepsOfJourney['steps'] }) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { select } = useJourneyEditing()
  return (
    <Section title={t('panels.live.steps')} text={t('panels.live.stepsText')}>
      <Table verticalSpacing={6} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('panels.live.step')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('panels.live.came')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('panels.live.here')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('panels.live.left')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => {
            const { sent, queued, failed, notSent } = mailsOf(step)
            const mails = [
              sent > 0 ? t('panels.live.marks.sent', { count: sent, number: number(sent) }) : '',
              queued > 0 ? t('panels.live.marks.queued', { count: queued, number: number(queued) }) : '',
              notSent > 0 ? t('panels.live.notSent', { count: notSent, number: number(notSent) }) : '',
            ].filter((text) => text !== '')
            return (
              <Table.Tr key={step.id}>
                <Table.Td maw={0} w="100%">
                  <UnstyledButton onClick={() => select(step.id)} w="100%">
                    <StepName id={step.id} isLink />
                  </UnstyledButton>
                  {mails.length === 0 ? null : (
                    <Text size="xs" c="dimmed">
                      {mails.join(' · ')}
                    </Text>
                  )}
                  {failed === 0 ? null : (
                    <Text size="xs" c="var(--mantine-color-error)">
                      {t('panels.live.marks.failed', { count: failed, number: number(failed) })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(step.runs)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(step.waiting)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(step.left)}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
