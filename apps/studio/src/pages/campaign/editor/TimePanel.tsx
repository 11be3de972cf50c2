import { Radio, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'
import { instantOf, shownAt } from '../../../formats/zoneTime.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useSession } from '../../../session/useSession.ts'
import { DurationField } from '../../segments/fields/DurationField.tsx'
import { Fields } from '../../settings/form/Fields.tsx'
import { useCampaignEditing } from './campaignEditing.ts'

const DAY = 86_400_000
const KINDS = ['now', 'at', 'local'] as const

type Schedule = Campaign['schedule']

/** Tomorrow at nine by the shop's clocks. */
function tomorrow(timeZone: string): string {
  const [day = ''] = shownAt(Date.now() + DAY, timeZone).split('T')
  return `${day}T09:00`
}

/** When it goes, how late it may still go, and what the frequency cap does to it. */
export function TimePanel() {
  const { t } = useTranslation('campaigns')
  const { timeZone } = useSession().workspace
  const { campaign, change, problemAt, isReadOnly } = useCampaignEditing()
  const { schedule, expiresAfter, onCap } = campaign
  const turn = (kind: (typeof KINDS)[number]) => {
    const next = tomorrow(timeZone)
    const starts: Record<(typeof KINDS)[number], Schedule> = {
      now: { kind: 'now' },
      at: { kind: 'at', at: instantOf(next, timeZone) },
      local: { kind: 'local', time: '09:00', date: next.slice(0, 10), past: 'at-once' },
    }
    change({ schedule: starts[kind] })
  }
  return (
    <Panel title={t('time.title')}>
      <Radio.Group
        label={t('time.kind')}
        value={schedule.kind}
        onChange={(kind) => isReadOnly || turn(KINDS.find((one) => one === kind) ?? 'now')}
      >
        <Stack gap="xs" mt="xs">
          {KINDS.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`time.${kind}`)}
              description={t(`time.${kind}Text`)}
              disabled={isReadOnly && kind !== schedule.kind}
            />
          ))}
        </Stack>
      </Radio.Group>
      {schedule.kind === 'at' ? (
        <TextInput
          type="datetime-local"
          label={t('time.instant', { zone: timeZone })}
          readOnly={isReadOnly}
          value={shownAt(Date.parse(schedule.at), timeZone)}
          onChange={({ currentTarget }) =>
            currentTarget.value !== '' &&
            change({ schedule: { kind: 'at', at: instantOf(currentTarget.value, timeZone) } }, 'at')
          }
          error={problemAt('schedule')}
        />
      ) : null}
      {schedule.kind === 'local' ? <LocalFields schedule={schedule} zone={timeZone} /> : null}
      <Radio.Group
        label={t('time.expires')}
        description={t('time.expiresText')}
        value={expiresAfter === null ? 'settings' : 'own'}
        onChange={(kind) => isReadOnly || change({ expiresAfter: kind === 'own' ? DAY : null })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="settings" label={t('time.expiresSettings')} />
          <Radio value="own" label={t('time.expiresOwn')} />
        </Stack>
      </Radio.Group>
      {expiresAfter === null || isReadOnly ? null : (
        <DurationField
          value={expiresAfter}
          onChange={(value) => change({ expiresAfter: value }, 'expiresAfter')}
          fault={{ error: false }}
        />
      )}
      <Radio.Group
        label={t('time.cap')}
        description={t('time.capText')}
        value={onCap}
        onChange={(value) => isReadOnly || change({ onCap: value === 'skip' ? 'skip' : 'postpone' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="postpone" label={t('time.capPostpone')} disabled={isReadOnly && onCap === 'skip'} />
          <Radio value="skip" label={t('time.capSkip')} disabled={isReadOnly && onCap === 'postpone'} />
        </Stack>
      </Radio.Group>
    </Panel>
  )
}

function LocalFields({ schedule, zone }: { schedule: Extract<Schedule, { kind: 'local' }>; zone: string }) {
  const { t } = useTranslation('campaigns')
  const { change, problemAt, isReadOnly } = useCampaignEditing()
  const set = (changes: Partial<typeof schedule>, field: string) =>
    change({ schedule: { ...schedule, ...changes } }, field)
  return (
    <>
      <Fields cols={{ base: 1, sm: 2 }}>
        <TextInput
          type="date"
          label={t('time.date')}
          description={t('time.dateText')}
          readOnly={isReadOnly}
          value={schedule.date ?? ''}
          onChange={({ currentTarget }) => {
            const { date: _before, ...rest } = schedule
            const { value } = currentTarget
            change({ schedule: value === '' ? rest : { ...rest, date: value } }, 'date')
          }}
          error={problemAt('schedule')}
        />
        <TextInput
          type="time"
          label={t('time.clock')}
          description={t('time.zoneText', { zone })}
          readOnly={isReadOnly}
          value={schedule.time}
          onChange={({ currentTarget }) =>
            currentTarget.value !== '' && set({ time: currentTarget.value }, 'time')
          }
        />
      </Fields>
      <Radio.Group
        label={t('time.past')}
        value={schedule.past}
        onChange={(value) =>
          isReadOnly || set({ past: value === 'next-day' ? 'next-day' : 'at-once' }, 'past')
        }
      >
        <Stack gap="xs" mt="xs">
          <Radio value="at-once" label={t('time.pastOnce')} />
          <Radio value="next-day" label={t('time.pastNext')} />
        </Stack>
      </Radio.Group>
    </>
  )
}
