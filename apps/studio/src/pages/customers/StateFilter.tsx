import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Region } from '@ciclo/engine'
import { useTranslation } from 'react-i18next'
import { REGION_STATES } from './regionStates.ts'

/** Which states of one region are looked for: any of those that are ticked. */
export function StateFilter({
  region,
  chosen,
  onChange,
}: {
  region: Region
  chosen: readonly string[]
  onChange: (states: readonly string[]) => void
}) {
  const { t } = useTranslation('states')
  const states: readonly string[] = REGION_STATES[region]
  const nameOf = (state: string) => t(`${region}.${state}` as 'stage.new')
  const [first] = chosen
  const shown =
    first === undefined ? '' : `: ${nameOf(first)}${chosen.length > 1 ? ` +${chosen.length - 1}` : ''}`
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={chosen.length > 0 ? 'light' : 'default'}
          size="xs"
          fw={500}
          rightSection={<IconChevronDown size={14} stroke={1.6} aria-hidden />}
        >
          {t(`region.${region}`)}
          {shown}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group
          aria-label={t(`region.${region}`)}
          value={[...chosen]}
          onChange={(given) => onChange(given)}
        >
          <Stack gap="xs">
            {states.map((state) => (
              <Checkbox key={state} value={state} label={nameOf(state)} size="sm" />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
