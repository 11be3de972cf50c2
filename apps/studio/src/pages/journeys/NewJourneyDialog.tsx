import {
  Alert,
  Button,
  FileButton,
  Group,
  List,
  Modal,
  Radio,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { segmentIdOf } from '../segments/rule/segmentIdOf.ts'
import { makeJourney } from './makeJourney.ts'
import type { JourneyListed } from './journeysQuery.ts'
import { TAKEN_IDS } from './newJourney.ts'
import { textProblems } from './textProblems.ts'

const WAYS = ['empty', 'copy', 'text'] as const
type Way = (typeof WAYS)[number]

/** Begins a journey: empty, as a copy of another one, or from a text as git holds it. */
export function NewJourneyDialog({
  journeys,
  copied,
  onClose,
}: {
  journeys: readonly JourneyListed[]
  /** The id of the one that is to be copied. */
  copied?: string
  onClose: () => void
}) {
  const { t } = useTranslation('journeys')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const original = journeys.find(({ id }) => id === copied)
  const [way, setWay] = useState<Way>(copied === undefined ? 'empty' : 'copy')
  const [name, setName] = useState(original ? t('make.copyOf', { name: original.name }).slice(0, 200) : '')
  const [from, setFrom] = useState<string | null>(copied ?? null)
  const [text, setText] = useState('')
  const id = segmentIdOf(name, new Set([...journeys.map((one) => one.id), ...TAKEN_IDS]), 'journey')
  const make = useMutation({
    mutationFn: () => makeJourney({ way, id, name: name.trim(), from, text }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['journeys'] })
      onClose()
      await navigate({ to: '/journeys/$journeyId', params: { journeyId: made.id }, search: {} })
    },
  })
  const isReady =
    way === 'text' ? text.trim() !== '' : name.trim() !== '' && (way !== 'copy' || from !== null)
  const problems = textProblems(make.error)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('make.title')}
      closeButtonProps={{ 'aria-label': t('actions.cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) make.mutate()
        }}
      >
        <Stack gap="sm">
          <Radio.Group
            label={t('make.way')}
            value={way}
            onChange={(value) => {
              make.reset()
              setWay(WAYS.find((one) => one === value) ?? 'empty')
            }}
          >
            <Stack gap="xs" mt="xs">
              {WAYS.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`make.ways.${one}.title`)}
                  description={t(`make.ways.${one}.text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {way === 'text' ? (
            <>
              <Group justify="space-between" align="flex-end">
                <Text size="sm" fw={500} component="label" htmlFor="journey-text">
                  {t('make.text')}
                </Text>
                <FileButton
                  accept=".yaml,.yml,.json,application/yaml,text/yaml"
                  onChange={(file) => {
                    make.reset()
                    if (file) void file.text().then(setText)
                  }}
                >
                  {(props) => (
                    <Button
                      {...props}
                      size="xs"
                      variant="default"
                      leftSection={<IconUpload size={14} stroke={1.6} aria-hidden />}
                    >
                      {t('make.file')}
                    </Button>
                  )}
                </FileButton>
              </Group>
              <Textarea
                id="journey-text"
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                autosize
                minRows={8}
                maxRows={18}
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                placeholder={'id: win-back\nname: Win back\ntrigger: …'}
              />
            </>
          ) : (
            <>
              {way === 'copy' ? (
                <Select
                  label={t('make.from')}
                  searchable
                  required
                  data={journeys.map((one) => ({ value: one.id, label: one.name }))}
                  value={from}
                  onChange={setFrom}
                  nothingFoundMessage={t('list.noneFound')}
                />
              ) : null}
              <TextInput
                label={t('make.name')}
                required
                maxLength={200}
                data-autofocus
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                description={t('make.id', { id })}
              />
            </>
          )}
          {make.error ? (
            <Alert color="red" role="alert">
              {problems.length === 0 ? (
                <span className="any-text">{messageOf(make.error)}</span>
              ) : (
                <List size="sm" className="any-text">
                  {problems.map((problem) => (
                    <List.Item key={problem}>{problem}</List.Item>
                  ))}
                </List>
              )}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('actions.cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={!isReady}>
              {t('make.begin')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
