import { AuditPanel } from '../access/AuditPanel.tsx'

/** Who did what to whose data. */
export default function AuditPart() {
  return <AuditPanel />
}
