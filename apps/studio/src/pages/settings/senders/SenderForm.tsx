import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Fields } from '../form/Fields.tsx'
import { problemIn } from '../form/problemIn.ts'
import type { Sender } from './sendersQuery.ts'
import { ServerFields } from './ServerFields.tsx'
import { isPreset, PRESETS, serverOf, type PresetId, type ServerValues } from './serverFields.ts'

/** `none`: the installation's own server. */
type Chosen = PresetId | 'none'

const chosenOf = (sender: Sender | undefined): Chosen =>
  sender?.server && isPreset(sender.server.preset) ? sender.server.preset : 'none'

/** What of a server can be shown again: never its secret. */
function valuesOf(sender: Sender | undefined): ServerValues {
  if (!sender?.server) return {}
  const { host, port, tls, user, preset } = sender.server
  const stream = sender.headers['X-PM-Message-Stream']
  const region =
    preset === 'ses' ? /^email-smtp\.([\w-]+)\./.exec(host)?.[1] : host.includes('.eu.') ? 'eu' : 'us'
  return {
    host,
    port: String(port),
    tls,
    ...(user === null ? {} : { user }),
    ...(region === undefined ? {} : { region }),
    ...(stream === undefined ? {} : { stream }),
  }
}

/** Who mails come from, and by which server they go. */
export function SenderForm({
  sender,
  problem,
  isSaving,
  isReadOnly = false,
  top,
  onSave,
}: {
  sender?: Sender
  problem: unknown
  isSaving: boolean
  isReadOnly?: boolean
  top?: ReactNode
  onSave: (change: Record<string, unknown>) => void
}) {
  const { t } = useTranslation('settings')
  const [name, setName] = useState(sender?.from.name ?? '')
  const [address, setAddress] = useState(sender?.from.address ?? '')
  const [replyTo, setReplyTo] = useState(sender?.replyTo ?? '')
  const [preset, setPreset] = useState<Chosen>(sender ? chosenOf(sender) : 'smtp')
  const [values, setValues] = useState<ServerValues>(valuesOf(sender))
  const wrong = problemIn(problem)
  const errorAt = (path: string) => (wrong?.path === path ? wrong.message : undefined)
  const errorOf = (path: string) => {
    const error = errorAt(path)
    return error === undefined ? {} : { error }
  }
  const isServerChanged =
    !sender ||
    preset !== chosenOf(sender) ||
    JSON.stringify(serverOf(preset === 'none' ? 'smtp' : preset, values)) !==
      JSON.stringify(serverOf(preset === 'none' ? 'smtp' : preset, valuesOf(sender)))
  const submit = () => {
    const change: Record<string, unknown> = {}
    if (name !== (sender?.from.name ?? '') || address !== (sender?.from.address ?? ''))
      change['from'] = { name: name.trim(), address: address.trim() }
    if (replyTo !== (sender?.replyTo ?? '')) change['replyTo'] = replyTo.trim() === '' ? null : replyTo.trim()
    if (isServerChanged) change['server'] = preset === 'none' ? null : serverOf(preset, values)
    onSave(change)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="md">
        {top}
        <Fields cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('senders.fromName')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            readOnly={isReadOnly}
            {...errorOf('from.name')}
          />
          <TextInput
            type="email"
            required
            label={t('senders.fromAddress')}
            placeholder="news@shop.example"
            value={address}
            onChange={({ currentTarget }) => setAddress(currentTarget.value)}
            readOnly={isReadOnly}
            {...errorOf('from.address')}
          />
          <TextInput
            type="email"
            label={t('senders.replyTo')}
            description={t('senders.replyToText')}
            value={replyTo}
            onChange={({ currentTarget }) => setReplyTo(currentTarget.value)}
            readOnly={isReadOnly}
            {...errorOf('replyTo')}
          />
          <NativeSelect
            label={t('senders.provider')}
            description={t('senders.providerText')}
            value={preset}
            disabled={isReadOnly}
            onChange={({ currentTarget: { value } }) => {
              setPreset(isPreset(value) ? value : 'none')
              setValues({})
            }}
            data={[
              ...Object.entries(PRESETS).map(([value, one]) => ({ value, label: one.name })),
              { value: 'none', label: t('senders.installation') },
            ]}
          />
        </Fields>
        {preset === 'none' || isReadOnly ? null : (
          <ServerFields
            preset={preset}
            values={values}
            isKept={preset === chosenOf(sender) && (preset === 'postmark' || sender?.server?.user !== null)}
            errorAt={errorAt}
            onChange={setValues}
          />
        )}
        {wrong ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {wrong.path === '' ? wrong.message : `${wrong.path}: ${wrong.message}`}
          </Alert>
        ) : null}
        {isReadOnly ? (
          <Text size="sm" c="dimmed">
            {t('senders.stopToChange')}
          </Text>
        ) : (
          <Group justify="flex-end">
            <Button type="submit" size="xs" loading={isSaving}>
              {t(sender ? 'form.save' : 'senders.create')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
