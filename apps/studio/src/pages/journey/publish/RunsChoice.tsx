import { Radio, Select, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { Section } from '../panels/Section.tsx'
import type { PublishChoice, PublishPreview, StepMapping } from './publishQueries.ts'
import { stepsToMove, whyStays, withStep } from './stepMapping.ts'

/** No step may be called so. */
const STAYS = 'end'

/** Whether those who are in the journey stay with their version or go on in the new one, and where. */
export function RunsChoice({
  runs,
  choice,
  onChoice,
  onMapping,
}: {
  runs: PublishPreview['runs']
  choice: PublishChoice['runs']
  onChoice: (choice: PublishChoice['runs']) => void
  onMapping: (mapping: StepMapping) => void
}) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { definition } = useJourneyEditing()
  const steps = stepsToMove(runs)
  const all = steps.reduce((sum, one) => sum + one.runs, 0)
  const moving = steps.reduce((sum, one) => sum + (one.to === null ? 0 : one.runs), 0)
  const moves = choice !== 'stay'
  return (
    <Section title={t('publish.runs.title', { count: all, number: number(all) })}>
      <Radio.Group
        aria-label={t('publish.runs.title', { count: all, number: number(all) })}
        value={moves ? 'move' : 'stay'}
        onChange={(value) => onChoice(value === 'move' ? 'move' : 'stay')}
      >
        <Stack gap="xs">
          <Radio value="stay" label={t('publish.runs.stay')} description={t('publish.runs.stayText')} />
          <Radio value="move" label={t('publish.runs.move')} description={t('publish.runs.moveText')} />
        </Stack>
      </Radio.Group>
      {moves ? (
        <>
          <Table mt="xs" verticalSpacing={6} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('publish.runs.at')}</Table.Th>
                <Table.Th scope="col" ta="right">
                  {t('publish.runs.people')}
                </Table.Th>
                <Table.Th scope="col">{t('publish.runs.to')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps.map((one) => {
                const { step } = one
                const why = whyStays(one, definition)
                return (
                  <Table.Tr key={step ?? ''}>
                    <Table.Td>
                      <Text size="sm" fw={600} className="any-text">
                        {step ?? t('publish.runs.through')}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {t('publish.runs.versions', { versions: one.versions.join(', ') })}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {number(one.runs)}
                    </Table.Td>
                    <Table.Td>
                      {step === null ? (
                        <Text size="sm">{t('publish.runs.why.through')}</Text>
                      ) : (
                        <Select
                          size="xs"
                          aria-label={t('publish.runs.goesOn', { step })}
                          value={one.to ?? STAYS}
                          allowDeselect={false}
                          searchable={definition.steps.length > 10}
                          data={[
                            { value: STAYS, label: t('publish.runs.stays') },
                            ...definition.steps.map(({ id }) => ({ value: id, label: id })),
                          ]}
                          onChange={(value) => {
                            const mapping = withStep(steps, step, value === STAYS ? null : value)
                            onMapping(mapping)
                            onChoice({ move: mapping })
                          }}
                          inputWrapperOrder={['label', 'error', 'input', 'description']}
                          {...(why === null ? {} : { description: t(`publish.runs.why.${why}`) })}
                        />
                      )}
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
          <Text size="sm" role="status">
            {t('publish.runs.sum', { moving: number(moving), staying: number(all - moving) })}
          </Text>
        </>
      ) : null}
    </Section>
  )
}
