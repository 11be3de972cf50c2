import { Stack } from '@mantine/core'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import { useMayChange } from '../useMayChange.ts'
import { BackupPanel } from './BackupPanel.tsx'
import { ErasePanel } from './ErasePanel.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import { MoveInPanel } from './moveIn/MoveInPanel.tsx'
import { ParkedPanel } from './ParkedPanel.tsx'

/** What comes in, what goes out, and what is forgotten. */
export default function DataPart() {
  const mayImport = useMayChange('import')
  const mayExport = useMayChange('export')
  const mayErase = useMayChange('erase')
  return (
    <Stack gap="md">
      {mayErase ? null : <ReadOnlyNote />}
      {mayImport ? <MoveInPanel /> : null}
      {mayImport ? <ImportPanel /> : null}
      {mayExport ? <ExportPanel /> : null}
      {mayErase ? <ErasePanel /> : null}
      <ParkedPanel />
      <BackupPanel />
    </Stack>
  )
}
