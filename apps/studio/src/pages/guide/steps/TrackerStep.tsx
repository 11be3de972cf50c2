import { Stack, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { useSession } from '../../../session/useSession.ts'
import type { Guide } from '../guideQuery.ts'
import { Snippet } from '../Snippet.tsx'
import { TrackerLight } from '../TrackerLight.tsx'
import { SNIPPET_KINDS, trackerSnippet } from '../trackerSnippets.ts'
import { WriteKeyMissing } from '../WriteKeyMissing.tsx'

/** Stands in the snippet until there is a key to show. */
const UNKNOWN = 'WRITE_KEY'

/** The tracker for the shop's pages, with the shop's own key, and a light that tells when it has arrived. */
export function TrackerStep({ guide }: { guide: Guide }) {
  const { t } = useTranslation('guide')
  const { publicUrl } = useSession()
  const [made, keep] = useState<string>()
  const writeKey = guide.writeKey ?? made
  return (
    <Stack gap="md">
      {writeKey === undefined ? <WriteKeyMissing onMade={keep} /> : null}
      <Tabs defaultValue="script" keepMounted={false}>
        <Tabs.List>
          {SNIPPET_KINDS.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {t(`snippets.${kind}.title`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SNIPPET_KINDS.map((kind) => (
          <Tabs.Panel key={kind} value={kind} pt="sm">
            <Stack gap="xs">
              <Text size="sm">{t(`snippets.${kind}.text`)}</Text>
              <Snippet
                label={t(`snippets.${kind}.title`)}
                code={trackerSnippet(kind, { host: publicUrl, writeKey: writeKey ?? UNKNOWN })}
              />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
      <Text size="sm" c="dimmed" maw={640}>
        <Trans ns="guide" i18nKey="consent" t={t} components={{ code: <code /> }} />
      </Text>
      <TrackerLight guide={guide} />
    </Stack>
  )
}
