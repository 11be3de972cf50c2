import { Alert, Button, Group, NativeSelect, SegmentedControl, Text } from '@mantine/core'
import { useDebouncedValue, useElementSize } from '@mantine/hooks'
import type { OnsiteMessage } from '@ciclo/engine'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import { shownQuery } from '../onsiteQueries.ts'
import classes from './OnsitePreview.module.css'

/** Pixels that a visitor's window has. */
const SCREENS = { phone: { width: 375, height: 667 }, desktop: { width: 1040, height: 720 } } as const
type Screen = keyof typeof SCREENS

/** While somebody writes. */
const AFTER = 300

/** A message on a shop's page, made by the script that shops load. It is a page of nobody's origin. */
export function OnsitePreview({
  message,
  isComplete,
}: {
  message: OnsiteMessage
  /** Whether it could be shown as it is. */
  isComplete: boolean
}) {
  const { t } = useTranslation('onsite')
  const nameOf = useLanguageNames()
  const frame = useRef<HTMLIFrameElement>(null)
  const place = useElementSize()
  const [readiness, setReadiness] = useState<'waiting' | 'ready' | 'failed'>('waiting')
  const [times, setTimes] = useState(0)
  const [screen, setScreen] = useState<Screen>('desktop')
  const [scheme, setScheme] = useState('light')
  const [chosen, setChosen] = useState<string>()
  const complete = useLastComplete(message, isComplete)
  const [shown] = useDebouncedValue(complete, AFTER)
  const locales = Object.keys(shown.texts)
  const locale = chosen !== undefined && locales.includes(chosen) ? chosen : (locales[0] ?? 'en')
  const { data, error } = useQuery(shownQuery(shown, locale))
  useEffect(() => {
    const onMessage = ({ source, data: said }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow) return
      if (said === 'ready' || said === 'failed') setReadiness(said)
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [])
  useEffect(() => {
    if (readiness !== 'ready' || !data) return
    // Nobody's origin has no name. What is said to it is what every visitor may see.
    frame.current?.contentWindow?.postMessage({ message: data, scheme }, '*')
  }, [readiness, data, scheme, times])
  const { width, height } = SCREENS[screen]
  const scale = place.width > 0 ? Math.min(1, place.width / width) : 0.5
  return (
    <Panel
      title={t('preview.title')}
      actions={
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconRefresh size={14} stroke={1.6} aria-hidden />}
          onClick={() => setTimes(times + 1)}
        >
          {t('preview.again')}
        </Button>
      }
    >
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('preview.width')}
          value={screen}
          onChange={setScreen}
          data={[
            { value: 'desktop', label: t('preview.desktop') },
            { value: 'phone', label: t('preview.phone') },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('preview.scheme')}
          value={scheme}
          onChange={setScheme}
          data={[
            { value: 'light', label: t('preview.light') },
            { value: 'dark', label: t('preview.dark') },
          ]}
        />
        {locales.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('preview.language')}
            value={locale}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={locales.map((value) => ({ value, label: nameOf(value) }))}
          />
        ) : null}
      </Group>
      {readiness === 'failed' || error ? (
        <Alert color="red" role="alert">
          {error ? messageOf(error) : t('preview.failed')}
        </Alert>
      ) : null}
      {isComplete ? null : (
        <Text size="xs" c="dimmed" role="status">
          {t('preview.unfinished')}
        </Text>
      )}
      <div
        ref={place.ref}
        className={classes['place']}
        style={{ height: Math.round(height * scale) }}
        data-screen={screen}
      >
        <iframe
          ref={frame}
          className={classes['frame']}
          title={t('preview.frame')}
          src="/onsite-preview"
          sandbox="allow-scripts allow-forms"
          referrerPolicy="no-referrer"
          style={{
            width,
            height,
            transform: `scale(${scale})`,
            marginInlineStart: Math.max(0, (place.width - width * scale) / 2),
          }}
        />
      </div>
      <Text size="xs" c="dimmed">
        {t('preview.inert')}
      </Text>
    </Panel>
  )
}

/** The message, or as it was when it was complete the last time. */
function useLastComplete(message: OnsiteMessage, isComplete: boolean): OnsiteMessage {
  const [last, setLast] = useState(message)
  // While React renders: the one before is never shown.
  if (isComplete && last !== message) setLast(message)
  return isComplete ? message : last
}
