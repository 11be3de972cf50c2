import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { downloadList } from './downloadList.ts'
import type { ListSearch } from './listSearch.ts'

/** Everybody who is looked for as a file, with how far it has come; pressed again it stops. */
export function ExportButton({ search }: { search: ListSearch }) {
  const { t } = useTranslation('customers')
  const { number } = useFormats()
  const running = useRef<AbortController>(undefined)
  const [written, setWritten] = useState<number>()
  const press = async () => {
    if (running.current) {
      running.current.abort()
      return
    }
    const control = new AbortController()
    running.current = control
    setWritten(0)
    try {
      await downloadList(search, { signal: control.signal, onProgress: setWritten })
    } catch (error) {
      if (!control.signal.aborted)
        notifications.show({ color: 'red', title: t('exportFailed'), message: messageOf(error) })
    } finally {
      running.current = undefined
      setWritten(undefined)
    }
  }
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
      onClick={() => void press()}
    >
      {written === undefined ? t('export') : t('exporting', { count: written, number: number(written) })}
    </Button>
  )
}
