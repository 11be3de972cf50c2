import { ActionIcon, NavLink, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { findSteps } from '../model/findSteps.ts'
import { STEP_ICONS } from '../words/stepIcons.ts'
import { useStepWords } from '../words/useStepWords.ts'

/** What a list shows at once. */
const MOST = 8

/** Finds steps by their id, kind or template, and goes there. */
export function FindStep({ isOpen, setOpen }: { isOpen: boolean; setOpen: (isOpen: boolean) => void }) {
  const { t } = useTranslation('journey')
  const { definition, select } = useJourneyEditing()
  const words = useStepWords()
  const [typed, setTyped] = useState('')
  const found = findSteps(definition, typed, (kind) => t(`kinds.${kind}.name`)).slice(0, MOST)
  const go = (id: string | undefined) => {
    if (id === undefined) return
    setOpen(false)
    select(id)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      width={320}
      position="bottom-start"
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={t('tools.find')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('tools.find')}
            onClick={() => setOpen(!isOpen)}
          >
            <IconSearch size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          data-autofocus
          aria-label={t('tools.find')}
          placeholder={t('find.placeholder')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(found[0]?.id)
          }}
        />
        <Stack gap={2} mt="xs">
          {found.length === 0 ? (
            <Text size="sm" c="dimmed" px="xs">
              {t('find.none')}
            </Text>
          ) : null}
          {found.map((step) => {
            const Icon = STEP_ICONS[step.kind]
            return (
              <NavLink
                key={step.id}
                component="button"
                label={words.step(step)}
                description={step.id}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                onClick={() => go(step.id)}
              />
            )
          })}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
